package io.longline.plugins.beacons;

import io.longline.api.Part;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Writes the hashes of connections by hour, all of an hour together, as far as they fit in memory.
 * Confined to one thread.
 */
final class UidFacts {

  private static final int MOST = 1 << 14;
  private static final long HOUR = TimeUnit.HOURS.toMicros(1);

  private final Part part;
  private final byte[] key;

  /** Hours, and the hash at the same index. */
  private int[] hours = new int[64];

  private long[] hashes = new long[64];
  private int count;

  /** Facts of a key. */
  UidFacts(Part part, byte[] key) {
    this.part = part;
    this.key = key;
  }

  /** Adds a connection to an hour. */
  void add(int hour, long hash) throws IOException {
    if (count == MOST) {
      flush();
    }
    if (count == hours.length) {
      hours = Arrays.copyOf(hours, 2 * count);
      hashes = Arrays.copyOf(hashes, 2 * count);
    }
    hours[count] = hour;
    hashes[count++] = hash;
  }

  /** Puts them into the part. */
  void flush() throws IOException {
    var order = new long[count];
    for (int i = 0; i < count; i++) {
      order[i] = (long) hours[i] << Integer.SIZE | i;
    }
    Arrays.sort(order);
    var sink = new ByteSink();
    for (int i = 0; i < count; i++) {
      sink.eight(hashes[(int) order[i]]);
      int hour = (int) (order[i] >>> Integer.SIZE);
      if (i + 1 == count || (int) (order[i + 1] >>> Integer.SIZE) != hour) {
        part.put(hour * HOUR, key, sink.copy());
        sink.clear();
      }
    }
    count = 0;
  }
}
