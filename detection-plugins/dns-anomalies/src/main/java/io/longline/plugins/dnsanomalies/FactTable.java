package io.longline.plugins.dnsanomalies;

import io.longline.api.Part;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a batch, summed up by step of time, kind and key. When they need more than some
 * megabytes, they go to the part, where those of one key are joined again; so nothing is lost,
 * whatever a log has. Confined to one thread.
 */
final class FactTable {

  private static final long MOST_MEMORY = 32L << 20;
  private static final int FIRST_SLOTS = 1 << 10;

  /** The bytes that an entry needs in memory besides its key and facts. */
  private static final int ENTRY_MEMORY = 64;

  private static final class Entry {
    final long hash;
    final long step;
    final byte[] key;
    final Facts facts;
    long latest;

    Entry(long hash, long step, byte[] key, long time) {
      this.hash = hash;
      this.step = step;
      this.key = key;
      this.facts = Facts.none(key[0]);
      this.latest = time;
    }
  }

  private final Part part;
  private @Nullable Entry[] entries = new @Nullable Entry[FIRST_SLOTS];
  private int size;
  private long memory;

  FactTable(Part part) {
    this.part = part;
  }

  /**
   * The facts of a key, without any if there were none.
   *
   * @param time of what is to be added, in microseconds since 1970 UTC
   * @param hash of the bytes
   * @param bytes the key behind its kind, from a start to an end
   */
  Facts facts(byte kind, long time, long hash, byte[] bytes, int start, int end) {
    long step = Hours.step(time);
    long mixed = (hash + kind) * 31 + step;
    int slot = slot(mixed, step, kind, bytes, start, end);
    var entry = entries[slot];
    if (entry == null) {
      var key = new byte[end - start + 1];
      key[0] = kind;
      System.arraycopy(bytes, start, key, 1, end - start);
      entry = new Entry(mixed, step, key, time);
      entries[slot] = entry;
      memory += ENTRY_MEMORY + key.length + entry.facts.memory();
      if (++size * 2 > entries.length) {
        grow();
      }
    }
    entry.latest = Math.max(entry.latest, time);
    return entry.facts;
  }

  private int slot(long hash, long step, byte kind, byte[] bytes, int start, int end) {
    int mask = entries.length - 1;
    int slot = (int) (hash ^ hash >>> 32) & mask;
    for (var entry = entries[slot]; entry != null; entry = entries[slot]) {
      if (entry.hash == hash
          && entry.step == step
          && entry.key[0] == kind
          && Arrays.equals(entry.key, 1, entry.key.length, bytes, start, end)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    var old = entries;
    entries = new @Nullable Entry[old.length * 2];
    int mask = entries.length - 1;
    for (var entry : old) {
      if (entry != null) {
        int slot = (int) (entry.hash ^ entry.hash >>> 32) & mask;
        while (entries[slot] != null) {
          slot = (slot + 1) & mask;
        }
        entries[slot] = entry;
      }
    }
  }

  /**
   * Takes into account that facts have grown, and puts all into the part if they are too large.
   *
   * @param bytes by which they have grown
   */
  void grown(int bytes) throws IOException {
    memory += bytes;
    if (memory > MOST_MEMORY) {
      flush();
    }
  }

  /** Puts all facts into the part, and starts again without any. */
  void flush() throws IOException {
    var value = new FactWriter();
    for (var entry : entries) {
      if (entry != null) {
        entry.facts.writeTo(value);
        part.put(entry.latest, entry.key, value.take());
      }
    }
    Arrays.fill(entries, null);
    size = 0;
    memory = 0;
  }
}
