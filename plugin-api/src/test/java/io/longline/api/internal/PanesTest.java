package io.longline.api.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.Window;
import io.longline.api.Windows;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PanesTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private static long micros(String time) {
    var instant = OffsetDateTime.parse(time).toInstant();
    return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1_000;
  }

  private static List<Panes.Span> spans(Panes panes, String time) {
    return panes.windowsOf(panes.start(micros(time)));
  }

  private static List<String> names(Panes panes, String time) {
    return spans(panes, time).stream().map(span -> span.window().name()).toList();
  }

  private static Panes of(Windows... windows) {
    return new Panes(List.of(windows));
  }

  @Test
  void aTumblingWindowHasItsStartAndNotItsEnd() {
    var panes = of(Windows.tumbling(HOUR));
    assertThat(names(panes, "2024-01-31T05:00:00Z")).containsExactly("2024-01-31T05-1h");
    assertThat(names(panes, "2024-01-31T05:59:59.999999Z")).containsExactly("2024-01-31T05-1h");
    assertThat(names(panes, "2024-01-31T06:00:00Z")).containsExactly("2024-01-31T06-1h");
    var window = spans(panes, "2024-01-31T05:30:00Z").get(0).window();
    assertThat(window)
        .isEqualTo(
            new Window(
                "2024-01-31T05-1h",
                Instant.parse("2024-01-31T05:00:00Z"),
                Instant.parse("2024-01-31T06:00:00Z")));
  }

  @Test
  void timesBefore1970LieInTheWindowThatBeganBeforeThem() {
    var panes = of(Windows.tumbling(HOUR), Windows.days(ZoneOffset.UTC));
    assertThat(panes.start(-1)).isEqualTo(-TimeUnit.HOURS.toMicros(1));
    assertThat(names(panes, "1969-12-31T23:59:59.999999Z"))
        .containsExactly("1969-12-31T23-1h", "1969-12-31");
    assertThat(names(panes, "1970-01-01T00:00:00Z"))
        .containsExactly("1970-01-01T00-1h", "1970-01-01");
    assertThat(Panes.instant(-1)).isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
  }

  @Test
  void aMomentLiesInTheTwentyFourWindowsOfADayEveryHour() {
    var panes = of(Windows.sliding(DAY, HOUR));
    var spans = spans(panes, "2024-03-01T05:12:00Z");
    assertThat(spans.stream().map(span -> span.window().name()))
        .hasSize(24)
        .doesNotHaveDuplicates()
        .startsWith("2024-03-01T05-24h", "2024-03-01T04-24h")
        .endsWith("2024-02-29T06-24h");
    assertThat(spans)
        .allSatisfy(
            span -> {
              assertThat(span.start()).isLessThanOrEqualTo(micros("2024-03-01T05:12:00Z"));
              assertThat(span.end()).isGreaterThan(micros("2024-03-01T05:12:00Z"));
              assertThat(span.end() - span.start()).isEqualTo(TimeUnit.DAYS.toMicros(1));
            });
  }

  @ParameterizedTest
  @CsvSource({
    // Length in seconds, a time, the name of its window.
    "900, 2024-01-31T05:20:00Z, 2024-01-31T0515-15m",
    "3600, 2024-01-31T00:20:00Z, 2024-01-31T00-1h",
    "86400, 2024-01-31T05:20:00Z, 2024-01-31T00-24h",
    "5400, 2024-01-31T02:00:00Z, 2024-01-31T0130-90m",
    "30, 2024-01-31T05:20:40Z, 2024-01-31T052030-30s",
    "30, 2024-01-31T05:00:10Z, 2024-01-31T05-30s",
    "3600, 0001-01-01T00:00:00Z, 0001-01-01T00-1h",
    "604800, 0001-01-01T00:00:00Z, 0000-12-28T00-168h",
    "3600, 9999-12-31T23:59:59Z, 9999-12-31T23-1h",
  })
  void namesAWindowByItsStartAndLength(long seconds, String time, String name) {
    assertThat(names(of(Windows.tumbling(Duration.ofSeconds(seconds))), time))
        .containsExactly(name);
    assertThatCode(() -> new OutputName("a").ofWindow(name)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    // The day on which clocks are set forward, back, or not; the hours that it has.
    "Europe/Berlin, 2024-03-31, 2024-03-30T23:00:00Z, 23",
    "Europe/Berlin, 2024-10-27, 2024-10-26T22:00:00Z, 25",
    "Europe/Berlin, 2024-07-01, 2024-06-30T22:00:00Z, 24",
    // There is no midnight: the day begins at one o'clock.
    "America/Sao_Paulo, 2017-10-15, 2017-10-15T03:00:00Z, 23",
    // At midnight clocks are set back into the day that ends.
    "America/Sao_Paulo, 2018-02-17, 2018-02-17T02:00:00Z, 25",
    // After midnight clocks are set back into the day before, whose evening comes again.
    "America/St_Johns, 2009-10-31, 2009-10-31T02:30:00Z, 24",
    "America/St_Johns, 2009-11-01, 2009-11-01T02:30:00Z, 25",
    // The day between was left out.
    "Pacific/Apia, 2011-12-29, 2011-12-29T10:00:00Z, 24",
    "Pacific/Apia, 2011-12-31, 2011-12-30T10:00:00Z, 24",
    "Asia/Kolkata, 2024-01-31, 2024-01-30T18:30:00Z, 24",
  })
  void aDayIsThatOfItsZone(String zone, String day, Instant start, long hours) {
    var panes = of(Windows.days(ZoneId.of(zone)));
    var end = start.plus(Duration.ofHours(hours));
    var window = new Window(day, start, end);
    for (var in = start; in.isBefore(end); in = in.plus(Duration.ofMinutes(10))) {
      assertThat(spans(panes, in.toString()))
          .extracting(Panes.Span::window)
          .containsExactly(window);
    }
    assertThat(spans(panes, end.minusNanos(1_000).toString()))
        .extracting(Panes.Span::window)
        .containsExactly(window);
    assertThat(names(panes, end.toString())).doesNotContain(day);
    assertThat(names(panes, start.minusNanos(1_000).toString())).doesNotContain(day);
  }

  @Test
  void thePaneOfATimeDoesNotDependOnThePaneBefore() {
    var zone = ZoneId.of("America/St_Johns");
    // A minute after midnight it is a minute after eleven again.
    var times =
        List.of("2009-11-01T02:30:30Z", "2009-11-01T02:31:30Z", "2009-11-01T03:00:00Z").stream()
            .map(PanesTest::micros)
            .toList();
    var panes = of(Windows.days(zone));
    var there = times.stream().map(panes::start).toList();
    var each = times.stream().map(time -> of(Windows.days(zone)).start(time)).toList();
    assertThat(there).isEqualTo(each).containsOnly(micros("2009-11-01T02:30:00Z"));
  }

  @Test
  void daysAtTheEndsOfTimeHaveNamesThatFilesMayHave() {
    var east = of(Windows.days(ZoneOffset.ofHours(14)));
    var west = of(Windows.days(ZoneOffset.ofHours(-12)));
    assertThat(names(east, "9999-12-31T23:00:00Z")).containsExactly("10000-01-01");
    assertThat(names(west, "0001-01-01T00:00:00Z")).containsExactly("0000-12-31");
    assertThatCode(() -> new OutputName("a").ofWindow("10000-01-01")).doesNotThrowAnyException();
  }

  @Test
  void theWholeRunAloneIsOnePane() {
    var panes = of(Windows.wholeRun());
    assertThat(panes.start(micros("0001-01-01T00:00:00Z"))).isEqualTo(Long.MIN_VALUE);
    assertThat(panes.start(micros("9999-12-31T00:00:00Z"))).isEqualTo(Long.MIN_VALUE);
    assertThat(panes.windowsOf(Long.MIN_VALUE))
        .containsExactly(
            new Panes.Span(
                new Window("run", null, null), Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE));
  }

  @Test
  void aPaneEndsWhereAWindowOfAnyKindBeginsOrEnds() {
    var panes =
        of(
            Windows.tumbling(HOUR),
            Windows.days(ZoneId.of("Asia/Kolkata")),
            Windows.sliding(Duration.ofHours(2), Duration.ofMinutes(40)),
            Windows.wholeRun());
    // Midnight in Kolkata is at half past six in the evening of UTC.
    assertThat(panes.start(micros("2024-01-30T18:20:00Z")))
        .isEqualTo(micros("2024-01-30T18:00:00Z"));
    assertThat(panes.start(micros("2024-01-30T18:35:00Z")))
        .isEqualTo(micros("2024-01-30T18:30:00Z"));
    assertThat(panes.start(micros("2024-01-30T18:45:00Z")))
        .isEqualTo(micros("2024-01-30T18:40:00Z"));
    assertThat(names(panes, "2024-01-30T18:35:00Z"))
        .containsExactly(
            "2024-01-30T18-1h",
            "2024-01-31",
            "2024-01-30T18-2h",
            "2024-01-30T1720-2h",
            "2024-01-30T1640-2h",
            "run");
  }

  @RepeatedTest(50)
  void allTimesOfAPaneLieInTheSameWindows(RepetitionInfo repetition) {
    var random = new SplittableRandom(repetition.getCurrentRepetition());
    var zones = List.of("Europe/Berlin", "America/St_Johns", "America/Sao_Paulo", "Pacific/Apia");
    var windows =
        List.of(
            Windows.days(ZoneId.of(zones.get(random.nextInt(zones.size())))),
            Windows.sliding(Duration.ofMinutes(7 * 11), Duration.ofMinutes(7)),
            Windows.tumbling(Duration.ofMinutes(25)));
    var panes = new Panes(windows);
    for (int i = 0; i < 2_000; i++) {
      long time = random.nextLong(micros("1980-01-01T00:00:00Z"), micros("2030-01-01T00:00:00Z"));
      long pane = panes.start(time);
      assertThat(pane).isLessThanOrEqualTo(time).isEqualTo(new Panes(windows).start(time));
      assertThat(new Panes(windows).start(pane)).isEqualTo(pane);
      var spans = panes.windowsOf(pane);
      assertThat(spans).hasSize(13);
      assertThat(spans)
          .allSatisfy(
              span -> {
                assertThat(span.start()).isLessThanOrEqualTo(pane);
                assertThat(span.end()).isGreaterThan(time);
              });
    }
  }

  @Test
  void aWindowClosesWhenItsLatenessIsOver() {
    var late = Duration.ofHours(2).plusMillis(500);
    var span =
        spans(of(Windows.tumbling(HOUR).allowedLateness(late)), "2024-01-31T05:30:00Z").get(0);
    assertThat(span.closesAt()).isEqualTo(micros("2024-01-31T08:00:00.500Z"));
    assertThat(spans(of(Windows.tumbling(HOUR)), "2024-01-31T05:30:00Z").get(0).closesAt())
        .isEqualTo(micros("2024-01-31T06:00:00Z"));
  }

  @Test
  void theTextOfPartsLeavesOutTheLateness() {
    var panes = of(Windows.tumbling(HOUR), Windows.days(ZoneId.of("Asia/Kolkata")));
    var late =
        of(
            Windows.tumbling(HOUR).allowedLateness(DAY),
            Windows.days(ZoneId.of("Asia/Kolkata")).allowedLateness(HOUR));
    assertThat(late.text()).isEqualTo(panes.text()).isEqualTo("PT1H every PT1H; days Asia/Kolkata");
    assertThat(of(Windows.wholeRun()).text()).isEqualTo("run");
  }

  @Test
  void refusesWindowsThatAHookCannotHaveTogether() {
    for (var bad :
        List.of(
            List.<Windows>of(),
            Collections.nCopies(11, Windows.wholeRun()),
            Arrays.asList(Windows.wholeRun(), null),
            List.of(Windows.wholeRun(), Windows.wholeRun()),
            List.of(Windows.tumbling(DAY), Windows.sliding(DAY, HOUR)),
            List.of(Windows.days(ZoneOffset.UTC), Windows.days(ZoneId.of("Asia/Kolkata"))))) {
      assertThatThrownBy(() -> new Panes(bad)).isInstanceOf(IllegalArgumentException.class);
    }
    var ten = IntStream.rangeClosed(1, 10).mapToObj(i -> Windows.tumbling(HOUR.multipliedBy(i)));
    assertThatCode(() -> new Panes(ten.toList())).doesNotThrowAnyException();
    // A day and 24 hours have different names.
    assertThat(names(of(Windows.days(ZoneOffset.UTC), Windows.tumbling(DAY)), "2024-01-31T05:00Z"))
        .containsExactly("2024-01-31", "2024-01-31T00-24h");
  }

  @Test
  void refusesTimesBeforeYear1AndAfter9999() {
    assertThatCode(() -> Panes.check(micros("0001-01-01T00:00:00Z"))).doesNotThrowAnyException();
    assertThatCode(() -> Panes.check(micros("9999-12-31T23:59:59.999999Z")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Panes.check(micros("0001-01-01T00:00:00Z") - 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the years 1 to 9999");
    assertThatThrownBy(() -> Panes.check(micros("9999-12-31T23:59:59.999999Z") + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Panes.check(Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
