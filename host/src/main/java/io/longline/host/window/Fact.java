package io.longline.host.window;

import java.util.Arrays;
import java.util.Comparator;

/**
 * A fact that a hook has put into a part. The arrays belong to the fact and are not changed.
 *
 * @param pane the start of its pane, in microseconds since 1970 UTC
 * @param key the key
 * @param time the event time, in microseconds since 1970 UTC
 * @param value the value
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by ORDER only.
record Fact(long pane, byte[] key, long time, byte[] value) {

  /** The order in a pane: by key, then by time, then by value; never by where a fact came from. */
  static final Comparator<Fact> IN_PANE =
      (one, other) -> {
        int order = one.key == other.key ? 0 : Arrays.compareUnsigned(one.key, other.key);
        order = order != 0 ? order : Long.compare(one.time, other.time);
        return order != 0 ? order : Arrays.compareUnsigned(one.value, other.value);
      };

  /** About how many bytes of memory it takes. */
  int memory() {
    return 136 + key.length + value.length;
  }

  boolean hasKeyOf(Fact other) {
    return key == other.key || Arrays.equals(key, other.key);
  }
}
