package io.longline.detections;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A map from {@linkplain Key keys} to objects, to which a search adds nothing. Confined to one
 * thread.
 *
 * @param <V> the objects
 */
public final class KeyMap<V> {

  private static final int LEAST = 64;

  private long[] firsts = new long[LEAST];
  private int[] seconds = new int[LEAST];
  private @Nullable Object[] values = new @Nullable Object[LEAST];
  private int size;

  /** How many objects there are. */
  public int size() {
    return size;
  }

  /** The object of a key; null if there is none. */
  @SuppressWarnings("unchecked") // Only put() writes there.
  public @Nullable V get(Key key) {
    return (V) values[slot(key.first(), key.second())];
  }

  /** Adds the object of a key, or replaces it. */
  public void put(Key key, V value) {
    long first = key.first();
    int second = key.second();
    int slot = slot(first, second);
    if (values[slot] == null) {
      if (size >= values.length / 2) {
        grow();
        slot = slot(first, second);
      }
      size++;
    }
    firsts[slot] = first;
    seconds[slot] = second;
    values[slot] = Objects.requireNonNull(value);
  }

  /** The place of a key, or the free one where it belongs. */
  private int slot(long first, int second) {
    int mask = values.length - 1;
    int slot = (int) first & mask;
    while (values[slot] != null && (firsts[slot] != first || seconds[slot] != second)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    var oldFirsts = firsts;
    var oldSeconds = seconds;
    var oldValues = values;
    firsts = new long[oldFirsts.length * 2];
    seconds = new int[firsts.length];
    values = new @Nullable Object[firsts.length];
    for (int i = 0; i < oldValues.length; i++) {
      if (oldValues[i] != null) {
        int slot = slot(oldFirsts[i], oldSeconds[i]);
        firsts[slot] = oldFirsts[i];
        seconds[slot] = oldSeconds[i];
        values[slot] = oldValues[i];
      }
    }
  }

  /** All objects, in no particular order. */
  @SuppressWarnings("unchecked") // Only put() writes there.
  public List<V> values() {
    var all = new ArrayList<V>(size);
    for (var value : values) {
      if (value != null) {
        all.add((V) value);
      }
    }
    return all;
  }

  /** Removes all objects. */
  public void clear() {
    Arrays.fill(values, null);
    size = 0;
  }
}
