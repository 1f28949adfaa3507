package io.longline.host.app;

import io.longline.host.intake.Readiness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a host watches. Immutable.
 *
 * @param roots folders below which log directories appear, absolute; none to work on what other
 *     processes enqueue
 * @param readiness when a directory is complete
 * @param interval how often to look
 */
public record WatchSettings(List<Path> roots, Readiness readiness, Duration interval) {

  /** Makes a copy. */
  public WatchSettings {
    roots = List.copyOf(roots);
  }
}
