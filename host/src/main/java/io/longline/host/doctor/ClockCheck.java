package io.longline.host.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Whether the clock is set, is kept right, and was left alone since this check was created.
 * Confined to one thread.
 */
final class ClockCheck implements Check {

  /** This program was not there before. */
  private static final int FIRST_YEAR = 2026;

  private static final int LAST_YEAR = 2100;
  private static final Duration JUMP = Duration.ofMillis(500);

  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Path timesync;
  private final long startMillis;
  private final long startNanos;

  /**
   * Begins to watch the clock.
   *
   * @param nanoTime as {@link System#nanoTime()}
   * @param timesync {@code /run/systemd/timesync}, see systemd-timesyncd.service(8)
   */
  ClockCheck(Clock clock, LongSupplier nanoTime, Path timesync) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.timesync = timesync;
    this.startMillis = clock.millis();
    this.startNanos = nanoTime.getAsLong();
  }

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public List<Diagnosis> make() {
    var found = new ArrayList<Diagnosis>();
    var now = clock.instant();
    int year = now.atOffset(ZoneOffset.UTC).getYear();
    if (year < FIRST_YEAR || year > LAST_YEAR) {
      found.add(
          Diagnosis.fault(
              name(), "it is the year " + year, "Set the clock: daily outputs are named by it."));
    }
    var step =
        Duration.ofMillis(now.toEpochMilli() - startMillis)
            .minusNanos(nanoTime.getAsLong() - startNanos);
    if (step.abs().compareTo(JUMP) > 0) {
      found.add(
          Diagnosis.warning(
              name(),
              "it was changed by %d ms while this ran".formatted(step.toMillis()),
              "Have one program keep it right, by small steps: systemd-timesyncd or chrony."));
    }
    found.add(synchronisation(now.truncatedTo(ChronoUnit.SECONDS).toString()));
    return found;
  }

  private Diagnosis synchronisation(String now) {
    if (Files.exists(timesync.resolve("synchronized"))) {
      return Diagnosis.ok(name(), now + ", kept right by systemd-timesyncd");
    }
    if (Files.exists(timesync)) {
      return Diagnosis.warning(
          name(),
          now + ", and systemd-timesyncd has not reached a server",
          "See timedatectl timesync-status.");
    }
    return Diagnosis.ok(name(), now + "; whether a program keeps it right is not known");
  }
}
