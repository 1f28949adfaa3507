package io.longline.api;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A span of event time. Immutable.
 *
 * @param name distinguishes it from the other windows of its hook, such as {@code 2024-01-31},
 *     {@code 2024-01-31T05-24h} or {@code run}; its outputs have this name
 * @param start its first moment; null for the whole run
 * @param end the first moment after it; null for the whole run
 * @since 0.1.0
 */
public record Window(String name, @Nullable Instant start, @Nullable Instant end) {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if there is a start without an end after it, or an end alone
   */
  public Window {
    Objects.requireNonNull(name, "name");
    boolean isSpan = start != null && end != null && start.isBefore(end);
    if (!isSpan && (start != null || end != null)) {
      throw new IllegalArgumentException(
          "The window %s cannot be from %s to %s.".formatted(name, start, end));
    }
  }

  /** Whether it is that of the whole run. */
  public boolean isWholeRun() {
    return start == null;
  }
}
