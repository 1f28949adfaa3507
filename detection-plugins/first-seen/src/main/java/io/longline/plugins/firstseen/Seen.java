package io.longline.plugins.firstseen;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * When a value was seen. Immutable.
 *
 * @param first the first time, in microseconds since 1970
 * @param last the last time
 * @param host the host that used the value at the first time
 * @param uid the connection of the first time
 */
record Seen(long first, long last, @Nullable String host, @Nullable String uid) {

  private static final Comparator<@Nullable String> TEXTS =
      Comparator.nullsLast(Comparator.naturalOrder());

  /** The earlier first; those of one time in an order that does not depend on logs. */
  static final Comparator<Seen> EARLIEST =
      Comparator.comparingLong(Seen::first)
          .thenComparing(Seen::uid, TEXTS)
          .thenComparing(Seen::host, TEXTS);

  /** Both together. */
  Seen plus(Seen other) {
    var earliest = EARLIEST.compare(this, other) <= 0 ? this : other;
    return new Seen(earliest.first, Math.max(last, other.last), earliest.host, earliest.uid);
  }
}
