package io.longline.plugins.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TrafficTableTest {

  @Test
  void cutsLongNames() {
    var table = new TrafficTable();
    table.add("x".repeat(1_000_000), new Traffic(1, 1, 0));
    table.add("x".repeat(101), new Traffic(1, 1, 0));
    table.add("y".repeat(100), new Traffic(1, 1, 0));
    assertThat(table.largest(10))
        .extracting(Map.Entry::getKey)
        .containsExactly("x".repeat(100) + "…", "y".repeat(100));
  }

  @Test
  void keepsTheLargestNamesWhenItIsFull() {
    var table = new TrafficTable();
    for (int i = 0; i < 250_000; i++) {
      table.add("small-" + i, new Traffic(1, 1, 0));
      table.add("large", new Traffic(1, 10, 0));
    }
    assertThat(table.isApproximate()).isTrue();
    assertThat(table.largest(1).get(0))
        .hasToString("large=Traffic[connections=250000, sent=2500000, received=0]");
    assertThat(table.largest(Integer.MAX_VALUE)).hasSizeLessThanOrEqualTo(100_000);
  }
}
