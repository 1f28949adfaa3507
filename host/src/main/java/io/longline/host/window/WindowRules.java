package io.longline.host.window;

import io.longline.api.Windows;
import io.longline.api.internal.Panes;
import java.time.Duration;
import java.util.List;

/**
 * The windows of a hook, as it has declared them. Immutable.
 *
 * @param windows its windows
 * @param partVersion the version of its parts
 */
public record WindowRules(List<Windows> windows, int partVersion) {

  /**
   * Checks the windows and makes a copy.
   *
   * @throws IllegalArgumentException if a hook cannot have them together
   */
  public WindowRules {
    // Refuses what is null with a sentence.
    new Panes(windows).text();
    windows = List.copyOf(windows);
  }

  /** How the windows divide event time; for one thread. */
  public Panes panes() {
    return new Panes(windows);
  }

  /** What parts depend on: those of another format cannot be used. */
  public String format() {
    return partVersion + ": " + panes().text();
  }

  /** The longest of the windows, in microseconds; at least a day. */
  public long longestMicros() {
    long longest = Duration.ofDays(1).toSeconds();
    for (var each : windows) {
      longest = Math.max(longest, each.size().toSeconds());
    }
    return longest * 1_000_000;
  }
}
