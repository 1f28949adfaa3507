package io.longline.plugins.dnsanomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientsTest {

  private static final long MAPPED = 0xffff0a000000L;

  /** Client 10.x.y.z with the number {@code i}, which has asked {@code i + 1} times. */
  private static void add(Clients clients, int i) {
    clients.add(0, MAPPED + i, i + 1L);
  }

  private static Clients of(List<Integer> numbers) {
    var clients = new Clients();
    numbers.forEach(i -> add(clients, i));
    return clients;
  }

  private static byte[] bytes(Clients clients) {
    var out = new FactWriter();
    clients.writeTo(out);
    return out.toBytes();
  }

  private static List<Integer> numbers(int count) {
    var numbers = new ArrayList<Integer>();
    for (int i = 0; i < count; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 17, 255, 256})
  void knowsAllOfAFew(int count) {
    var clients = of(numbers(count));
    assertThat(clients.count()).isEqualTo(count);
    assertThat(ClientAddress.text(clients.most()))
        .isEqualTo("10.0.%d.%d".formatted((count - 1) / 256, (count - 1) % 256));
  }

  @ParameterizedTest
  @ValueSource(ints = {257, 600, 10_000})
  void estimatesMany(int count) {
    var clients = of(numbers(count));
    assertThat((double) clients.count()).isCloseTo(count, within(0.2 * count));
    assertThat(clients.most()).isEmpty();
    assertThat(clients.memory()).isLessThanOrEqualTo(2048 * 3 * Long.BYTES);
  }

  @Test
  void thereMayBeNone() {
    var none = new Clients();
    assertThat(none.count()).isZero();
    assertThat(none.most()).isEmpty();
    var other = new Clients();
    other.addFrom(new FactReader(bytes(none)));
    assertThat(other.count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 200, 256, 257, 300, 512, 513, 3000})
  void theOrderDoesNotMatter(int count) {
    var all = of(numbers(count));
    var expected = bytes(all);
    long expectedCount = all.count();
    var random = new Random(2);
    var numbers = numbers(count);
    for (int round = 0; round < 10; round++) {
      Collections.shuffle(numbers, random);
      int cut = random.nextInt(count + 1);
      var one = of(numbers.subList(0, cut));
      one.addFrom(new FactReader(bytes(of(numbers.subList(cut, count)))));
      assertThat(bytes(one)).isEqualTo(expected);
      assertThat(one.count()).isEqualTo(expectedCount);
      var other = of(numbers.subList(cut, count));
      other.addFrom(new FactReader(bytes(of(numbers.subList(0, cut)))));
      assertThat(bytes(other)).isEqualTo(expected);
    }
  }

  @Test
  void ofEqualOnesTheLeastAddressIsFirst() {
    for (var order : List.of(List.of(3, 1, 2), List.of(1, 2, 3), List.of(2, 3, 1))) {
      var clients = new Clients();
      order.forEach(i -> clients.add(0, MAPPED + i, 5));
      assertThat(ClientAddress.text(clients.most())).isEqualTo("10.0.0.1");
    }
  }
}
