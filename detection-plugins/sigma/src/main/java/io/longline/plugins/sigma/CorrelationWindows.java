package io.longline.plugins.sigma;

import io.longline.api.Window;
import io.longline.api.Windows;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The windows in which correlations are looked for. A window is three steps long, and a step at
 * least as long as the timespans that are looked for in it. What is complete in the last step is
 * reported: its first events are in the step before, and whether it had been complete already is
 * decided by events of the first step. So each event is in the last step of one window, and the
 * result is the same as if there were no windows.
 */
final class CorrelationWindows {

  /** The steps of the kinds of windows, ascending. */
  private static final List<Duration> STEPS =
      List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(30));

  /** The longest timespan. */
  static final Duration LONGEST = Duration.ofDays(30);

  static final long LONGEST_MICROS = TimeUnit.DAYS.toMicros(LONGEST.toDays());

  private static final int STEPS_OF_WINDOW = 3;

  private CorrelationWindows() {}

  /** All kinds of windows. */
  static List<Windows> all() {
    return STEPS.stream()
        .map(step -> Windows.sliding(step.multipliedBy(STEPS_OF_WINDOW), step))
        .toList();
  }

  /** The step of the windows in which a timespan is looked for. */
  static Duration step(long timespanMicros) {
    var timespan = Duration.of(timespanMicros, ChronoUnit.MICROS);
    return STEPS.stream().filter(step -> step.compareTo(timespan) >= 0).findFirst().orElse(LONGEST);
  }

  /** The step of a window. */
  static Duration step(Window window) {
    return Duration.between(
            Objects.requireNonNull(window.start()), Objects.requireNonNull(window.end()))
        .dividedBy(STEPS_OF_WINDOW);
  }

  /** The first microsecond of the last step of a window. */
  static long lastStepMicros(Window window) {
    return ChronoUnit.MICROS.between(
        Instant.EPOCH, Objects.requireNonNull(window.end()).minus(step(window)));
  }
}
