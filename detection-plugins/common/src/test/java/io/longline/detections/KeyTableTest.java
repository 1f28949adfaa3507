package io.longline.detections;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KeyTableTest {

  private static Key key(int kind, String text) {
    return new Key().text(kind, text.getBytes(US_ASCII), 0, text.length());
  }

  private static List<Integer> values(KeyTable table, Key key) {
    var values = new ArrayList<Integer>();
    int entry = table.find(key);
    if (entry >= 0) {
      values.add(table.value(entry));
      while (table.hasNext(entry)) {
        values.add(table.value(++entry));
      }
    }
    return values;
  }

  @Test
  void findsWhatWasAddedAndNothingElse() {
    var random = new Random(3);
    for (int size : new int[] {0, 1, 2, 3, 17, 1_000, 20_000}) {
      Map<String, TreeSet<Integer>> expected = new HashMap<>();
      var builder = new KeyTable.Builder(random.nextBoolean() ? size : 0);
      for (int i = 0; i < size; i++) {
        var text = "name" + random.nextInt(size) + ".example";
        int value = random.nextInt(3);
        builder.add(key(i % 2, text), value);
        expected.computeIfAbsent(i % 2 + text, any -> new TreeSet<>()).add(value);
      }
      var table = builder.build();
      assertThat(table.size()).isEqualTo(expected.values().stream().mapToInt(TreeSet::size).sum());
      for (int i = 0; i < size; i++) {
        for (int kind = 0; kind < 3; kind++) {
          var text = "name" + i + ".example";
          assertThat(values(table, key(kind, text)))
              .containsExactlyElementsOf(expected.getOrDefault(kind + text, new TreeSet<>()));
        }
      }
    }
  }

  @Test
  void manyEqualEntriesAreOne() {
    var builder = new KeyTable.Builder(10);
    for (int i = 0; i < 200_000; i++) {
      builder.add(key(1, "same"), 5);
    }
    assertThat(builder.size()).isEqualTo(200_000);
    var table = builder.build();
    assertThat(table.size()).isEqualTo(1);
    assertThat(values(table, key(1, "same"))).containsExactly(5);
  }

  @Test
  void numbersAreKeysToo() {
    var builder = new KeyTable.Builder(0);
    for (int i = 0; i < 10_000; i++) {
      builder.add(new Key().number(1, 0, i), i);
      builder.add(new Key().number(1, i + 1L, 0), -i);
    }
    var table = builder.build();
    assertThat(table.size()).isEqualTo(20_000);
    assertThat(values(table, new Key().number(1, 0, 9_999))).containsExactly(9_999);
    assertThat(values(table, new Key().number(1, 7, 0))).containsExactly(-6);
    assertThat(values(table, new Key().number(1, 7, 7))).isEmpty();
    assertThat(values(table, new Key().number(2, 0, 9_999))).isEmpty();
  }

  @Test
  void upperCaseIsLowerCase() {
    var builder = new KeyTable.Builder(0);
    builder.add(key(1, "EXAMPLE.org[@"), 1);
    var table = builder.build();
    assertThat(values(table, key(1, "example.ORG[@"))).containsExactly(1);
    assertThat(values(table, key(1, "example.org{`"))).isEmpty();
  }

  @Test
  void aTextHasTheKeysOfItsEndsOnTheWay() {
    var builder = new KeyTable.Builder(0);
    builder.add(key(1, "example.org"), 1);
    var table = builder.build();
    var key = new Key().start(1);
    var name = "a.b.example.org";
    var found = new ArrayList<String>();
    for (int i = name.length() - 1; i >= 0; i--) {
      key.prepend((byte) name.charAt(i));
      if (table.find(key) >= 0) {
        found.add(name.substring(i));
      }
    }
    assertThat(found).containsExactly("example.org");
  }
}
