package io.longline.plugins.beacons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HostSetTest {

  private static long hash(int host) {
    return Hash.of(host, 7);
  }

  private static HostSet of(int from, int to) {
    var set = new HostSet();
    for (int host = from; host < to; host++) {
      set.add(hash(host));
      set.add(hash(host));
    }
    return set;
  }

  private static byte[] bytes(HostSet set) {
    var sink = new ByteSink();
    set.writeTo(sink);
    return sink.copy();
  }

  @Test
  void countsAThousandHostsExactly() {
    assertThat(of(0, 0).size()).isZero();
    assertThat(of(0, 1).size()).isEqualTo(1);
    assertThat(of(0, HostSet.MOST_EXACT).size()).isEqualTo(HostSet.MOST_EXACT);
  }

  @Test
  void countsManyHostsRoughly() {
    for (int count : new int[] {2_000, 10_000, 100_000, 1_000_000}) {
      assertThat(of(0, count).size()).isCloseTo(count, within(count / 20L));
    }
  }

  @Test
  void setsThatAreAddedAreOneSetInAnyOrder() {
    var parts = new HostSet[] {of(0, 900), of(500, 1500), of(1400, 9000), of(3, 4)};
    var one = new HostSet();
    var other = new HostSet();
    for (int i = 0; i < parts.length; i++) {
      one.addAll(parts[i]);
      other.addAll(parts[parts.length - 1 - i]);
    }
    assertThat(bytes(one)).isEqualTo(bytes(other)).isEqualTo(bytes(of(0, 9000)));
  }

  @Test
  void hostsThatAreExactStaySo() {
    var sum = of(0, 600);
    sum.addAll(of(300, 1000));
    assertThat(sum.size()).isEqualTo(1000);
    assertThat(bytes(sum)).isEqualTo(bytes(of(0, 1000)));
  }

  @Test
  void theHashZeroIsAHost() {
    var set = new HostSet();
    set.add(0);
    set.add(0);
    assertThat(set.size()).isEqualTo(1);
  }
}
