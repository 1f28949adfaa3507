package io.longline.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class CombinerTest {

  private record Traffic(long connections, long bytes) {
    Traffic plus(Traffic other) {
      return new Traffic(connections + other.connections, bytes + other.bytes);
    }
  }

  private record Price(BigDecimal price) {}

  @Test
  void combinesRecords() {
    var sum = Combiner.of(Traffic.class, Traffic::plus);
    assertThat(
            sum.combine(
                RecordBytes.bytes(new Traffic(1, 20)), RecordBytes.bytes(new Traffic(2, 5))))
        .isEqualTo(RecordBytes.bytes(new Traffic(3, 25)));
  }

  @Test
  void refusesRecordsThatAreNoValues() {
    assertThatThrownBy(() -> Combiner.of(Price.class, (one, other) -> one))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.math.BigDecimal");
  }

  @Test
  void refusesBytesOfAnotherRecordAndNull() {
    var none = Combiner.of(Traffic.class, (one, other) -> null);
    var good = RecordBytes.bytes(new Traffic(1, 20));
    assertThatThrownBy(() -> none.combine(good, new byte[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("partVersion()");
    assertThatThrownBy(() -> none.combine(good, good))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("The combiner of " + Traffic.class.getName());
  }
}
