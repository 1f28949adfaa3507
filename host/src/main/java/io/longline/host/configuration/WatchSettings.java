package io.longline.host.configuration;

import io.longline.host.intake.WatchedRoot;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host watches. Immutable.
 *
 * @param roots folders below which log directories appear; none to process only what is enqueued by
 *     others
 * @param interval how often to look
 * @param keep what ended longer ago is removed from the ledger once a day; null to keep all
 */
public record WatchSettings(List<WatchedRoot> roots, Duration interval, @Nullable Duration keep) {

  /** Makes a copy of the roots. */
  public WatchSettings {
    roots = List.copyOf(roots);
  }
}
