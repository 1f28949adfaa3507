package io.longline.host.configuration;

import io.longline.host.intake.Readiness;
import io.longline.host.intake.WatchedRoot;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a host watches. Immutable; made by {@link #of}, since there may be more components one day.
 *
 * @param roots folders below which log directories appear; none to process only what is enqueued by
 *     others
 * @param interval how often to look
 * @param rotatedQuiet the files that Zeek has reported as rotated are taken when it has reported no
 *     more of their rotation for this long
 * @param keep what ended longer ago is removed from the ledger once a day; null to keep all
 */
public record WatchSettings(
    List<WatchedRoot> roots, Duration interval, Duration rotatedQuiet, @Nullable Duration keep) {

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  /** Makes a copy of the roots. */
  public WatchSettings {
    roots = List.copyOf(roots);
    Objects.requireNonNull(interval, "interval");
    Objects.requireNonNull(rotatedQuiet, "rotatedQuiet");
  }

  /**
   * Watches these folders, looks every ten seconds, and keeps all in the ledger. Rotations are
   * taken after the time for which the first root whose directories must be unchanged says so, or
   * else after a minute.
   */
  public static WatchSettings of(List<WatchedRoot> roots) {
    var quiet =
        roots.stream()
            .map(WatchedRoot::readiness)
            .filter(Readiness.Quiet.class::isInstance)
            .map(readiness -> ((Readiness.Quiet) readiness).duration())
            .findFirst()
            .orElse(Readiness.QUIET);
    return new WatchSettings(roots, INTERVAL, quiet, null);
  }

  /** These settings with another time between two looks. */
  public WatchSettings withInterval(Duration other) {
    return new WatchSettings(roots, other, rotatedQuiet, keep);
  }

  /**
   * These settings with another time after which what has ended is removed from the ledger; null to
   * keep all.
   */
  public WatchSettings withKeep(@Nullable Duration other) {
    return new WatchSettings(roots, interval, rotatedQuiet, other);
  }

  /** These settings with another time after which a rotation is taken. */
  public WatchSettings withRotatedQuiet(Duration other) {
    return new WatchSettings(roots, interval, other, keep);
  }
}
