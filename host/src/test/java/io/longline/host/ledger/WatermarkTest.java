package io.longline.host.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.window.Section;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatermarkTest {

  private static final long HOUR = 3_600_000_000L;
  private static final long DAY = 24 * HOUR;

  private static Watermark after(long... hours) {
    var watermark = Watermark.UNKNOWN;
    for (long hour : hours) {
      watermark = watermark.with(hour * HOUR, DAY);
    }
    return watermark;
  }

  private static Section section(long hour, long facts) {
    return new Section(hour * HOUR, 0, 0, facts, hour * HOUR, hour * HOUR + 1, 0);
  }

  @Test
  void isUnknownUntilMostOfTheLastBatchesAreThere() {
    assertThat(after(1, 2, 3, 4).time()).isEqualTo(Watermark.UNKNOWN.time());
    assertThat(after(1, 2, 3, 4, 5).time()).isEqualTo(3 * HOUR);
  }

  @Test
  void followsEventTimeAndNeverGoesBack() {
    assertThat(after(1, 2, 3, 4, 5, 6, 7).time()).isEqualTo(7 * HOUR);
    assertThat(after(1, 2, 3, 4, 5, 6, 7, 2, 3).time()).isEqualTo(7 * HOUR);
  }

  @Test
  void oneBadClockDoesNotMoveIt() {
    assertThat(after(1, 2, 3, 4, 5, 6, 500_000, 7, 500_001, 8, 500_002, 9).time())
        .isEqualTo(9 * HOUR);
    assertThat(after(500_000, 1, 2, 3, 4).time()).isEqualTo(3 * HOUR);
  }

  @Test
  void aGapIsPassedWhenMostOfTheLastBatchesAreBehindIt() {
    assertThat(after(1, 2, 3, 4, 5, 6, 100, 101, 102, 103).time()).isEqualTo(6 * HOUR);
    assertThat(after(1, 2, 3, 4, 5, 6, 100, 101, 102, 103, 104).time()).isEqualTo(100 * HOUR);
    assertThat(after(1, 2, 3, 4, 5, 6, 100, 101, 102, 103, 104, 105).time()).isEqualTo(105 * HOUR);
  }

  @Test
  void theLatestHundredthOfAPartIsLeftOut() {
    assertThat(Watermark.timeOf(List.of(section(1, 1)))).isEqualTo(HOUR + 1);
    assertThat(Watermark.timeOf(List.of(section(1, 1), section(2, 1)))).isEqualTo(2 * HOUR + 1);
    assertThat(Watermark.timeOf(List.of(section(1, 990), section(500_000, 10))))
        .isEqualTo(HOUR + 1);
    assertThat(Watermark.timeOf(List.of(section(1, 989), section(500_000, 11))))
        .isEqualTo(500_000 * HOUR + 1);
  }
}
