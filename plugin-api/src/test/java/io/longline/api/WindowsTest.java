package io.longline.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  @ParameterizedTest
  @CsvSource({
    "PT0S, PT0S",
    "PT-1H, PT-1H",
    "PT1.5S, PT1.5S",
    "PT1H, PT1.5S",
    "PT24H, PT7H",
    "PT1H, PT24H",
    "PT1H, PT0S",
    "PT1H, PT-1H",
    "PT87841H, PT87841H",
    "PT1001S, PT1S",
  })
  void refusesLengthsThatCannotBeDivided(Duration size, Duration every) {
    assertThatThrownBy(() -> Windows.sliding(size, every))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(size + " every " + every);
  }

  @ParameterizedTest
  @CsvSource({"PT1S, PT1S", "PT1000S, PT1S", "PT87840H, PT87840H", "PT24H, PT1H", "PT24H, PT24H"})
  void takesLengthsThatCanBeDivided(Duration size, Duration every) {
    var windows = Windows.sliding(size, every);
    assertThat(windows.size()).isEqualTo(size);
    assertThat(windows.every()).isEqualTo(every);
    assertThat(windows.isWholeRun()).isFalse();
  }

  @Test
  void refusesALatenessThatIsNegativeOrLongerThanTenYears() {
    var days = Windows.days(ZoneOffset.UTC);
    assertThat(days.allowedLateness(HOUR).lateness()).isEqualTo(HOUR);
    assertThat(days.lateness()).isZero();
    for (var bad : List.of(Duration.ofNanos(-1), Duration.ofDays(3661))) {
      assertThatThrownBy(() -> days.allowedLateness(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(bad.toString());
    }
  }

  @Test
  void itsTextSaysAllOfIt() {
    assertThat(Windows.sliding(DAY, HOUR).allowedLateness(Duration.ofHours(2)))
        .hasToString("PT24H every PT1H, late PT2H");
    assertThat(Windows.tumbling(HOUR)).hasToString("PT1H every PT1H");
    assertThat(Windows.days(ZoneId.of("Europe/Berlin"))).hasToString("days Europe/Berlin");
    assertThat(Windows.days(ZoneOffset.ofHours(2))).hasToString("days +02:00");
    assertThat(Windows.wholeRun()).hasToString("run");
  }

  @Test
  void equalOnesDivideTimeInTheSameWay() {
    assertThat(Windows.tumbling(HOUR))
        .isEqualTo(Windows.sliding(HOUR, HOUR))
        .hasSameHashCodeAs(Windows.sliding(HOUR, HOUR))
        .isNotEqualTo(Windows.sliding(HOUR, Duration.ofMinutes(30)))
        .isNotEqualTo(Windows.tumbling(HOUR).allowedLateness(HOUR));
    assertThat(Windows.days(ZoneOffset.UTC)).isNotEqualTo(Windows.tumbling(DAY));
    // The same days, whatever their zone is called.
    for (var name : List.of("Z", "UTC", "Etc/UTC", "GMT")) {
      assertThat(Windows.days(ZoneId.of(name)))
          .isEqualTo(Windows.days(ZoneOffset.UTC))
          .hasToString("days UTC");
    }
    assertThat(Windows.days(ZoneId.of("Europe/London"))).isNotEqualTo(Windows.days(ZoneOffset.UTC));
  }

  @Test
  void aWindowHasBothEndsOrNone() {
    var later = Instant.EPOCH.plus(HOUR);
    assertThat(new Window("run", null, null).isWholeRun()).isTrue();
    assertThat(new Window("1970-01-01T00-1h", Instant.EPOCH, later).isWholeRun()).isFalse();
    for (var bad :
        List.<Runnable>of(
            () -> new Window("w", Instant.EPOCH, null),
            () -> new Window("w", null, Instant.EPOCH),
            () -> new Window("w", later, Instant.EPOCH),
            () -> new Window("w", later, later))) {
      assertThatThrownBy(bad::run).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatCode(() -> new Window("w", Instant.MIN, Instant.MAX)).doesNotThrowAnyException();
  }
}
