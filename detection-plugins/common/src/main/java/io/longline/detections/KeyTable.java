package io.longline.detections;

import java.util.Arrays;

/**
 * A table from {@linkplain Key keys} to small numbers; a key may have several. Immutable. It takes
 * 16 bytes for each entry, and four to six more for searching: a search for a key that is not there
 * mostly looks at one bit.
 */
public final class KeyTable {

  /** How many bits of the filter there are for each entry, at least. */
  private static final int FILTER_BITS = 8;

  private final long[] firsts;
  private final int[] seconds;
  private final int[] values;
  private final int size;

  /** One bit for each entry, by the upper bits of its key. */
  private final long[] filter;

  private final int filterShift;

  /** Where the entries start whose keys have these upper bits, and where they end. */
  private final int[] starts;

  private final int startShift;

  /** Takes over sorted columns, of which the first so many entries count. */
  private KeyTable(long[] firsts, int[] seconds, int[] values, int size) {
    this.firsts = firsts;
    this.seconds = seconds;
    this.values = values;
    this.size = size;
    int bits = bits(size);
    this.startShift = Long.SIZE - Math.max(1, bits - 1);
    this.starts = new int[(1 << (Long.SIZE - startShift)) + 1];
    this.filterShift = Long.SIZE - Math.max(6, bits(size * (long) FILTER_BITS));
    this.filter = new long[1 << (Long.SIZE - filterShift - 6)];
    index();
  }

  /** How many bits number so many things. */
  private static int bits(long count) {
    return Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, count - 1));
  }

  private void index() {
    int bucket = 0;
    for (int i = 0; i < size; i++) {
      int own = (int) (firsts[i] >>> startShift);
      while (bucket < own) {
        starts[++bucket] = i;
      }
      long bit = firsts[i] >>> filterShift;
      filter[(int) (bit >>> 6)] |= 1L << bit;
    }
    Arrays.fill(starts, bucket + 1, starts.length, size);
  }

  /** How many entries there are. */
  public int size() {
    return size;
  }

  /**
   * The first entry of a key; the others follow it.
   *
   * @return its number, or -1 if there is none
   */
  public int find(Key key) {
    long first = key.first();
    long bit = first >>> filterShift;
    return (filter[(int) (bit >>> 6)] & 1L << bit) == 0 ? -1 : find(first, key.second());
  }

  private int find(long first, int second) {
    int bucket = (int) (first >>> startShift);
    int end = starts[bucket + 1];
    for (int i = starts[bucket]; i < end; i++) {
      if (firsts[i] == first && seconds[i] == second) {
        return i;
      }
    }
    return -1;
  }

  /** The value of an entry. */
  public int value(int entry) {
    return values[entry];
  }

  /** Whether the entry after this one has the same key. */
  public boolean hasNext(int entry) {
    return entry + 1 < size
        && firsts[entry + 1] == firsts[entry]
        && seconds[entry + 1] == seconds[entry];
  }

  /** Collects entries, in arrays that become those of the table. Confined to one thread. */
  public static final class Builder {

    private long[] firsts;
    private int[] seconds;
    private int[] values;
    private int size;

    /**
     * Makes room.
     *
     * @param expected how many entries there will be; more make it grow
     */
    public Builder(int expected) {
      this.firsts = new long[expected];
      this.seconds = new int[expected];
      this.values = new int[expected];
    }

    /** How many entries were added. */
    public int size() {
      return size;
    }

    /** Adds an entry. One that is there already, with the same value, is kept once. */
    public void add(Key key, int value) {
      if (size == firsts.length) {
        resize(Math.addExact(size, (size >> 1) + 16));
      }
      firsts[size] = key.first();
      seconds[size] = key.second();
      values[size++] = value;
    }

    private void resize(int capacity) {
      firsts = Arrays.copyOf(firsts, capacity);
      seconds = Arrays.copyOf(seconds, capacity);
      values = Arrays.copyOf(values, capacity);
    }

    /** The table; the builder is empty afterwards. */
    public KeyTable build() {
      sort(0, size - 1);
      dropRepeated();
      if (firsts.length - size > size >> 3) {
        resize(size);
      }
      var table = new KeyTable(firsts, seconds, values, size);
      size = 0;
      resize(0);
      return table;
    }

    private void dropRepeated() {
      int kept = 0;
      for (int i = 0; i < size; i++) {
        if (kept == 0 || compare(i, firsts[kept - 1], seconds[kept - 1], values[kept - 1]) != 0) {
          firsts[kept] = firsts[i];
          seconds[kept] = seconds[i];
          values[kept++] = values[i];
        }
      }
      size = kept;
    }

    /** Quicksort of three columns in place; the smaller part first, so that it is never deep. */
    private void sort(int start, int end) {
      int from = start;
      int to = end;
      while (from < to) {
        int middle = (from + to) >>> 1;
        int split = partition(from, to, firsts[middle], seconds[middle], values[middle]);
        if (split - from < to - split) {
          sort(from, split);
          from = split + 1;
        } else {
          sort(split + 1, to);
          to = split;
        }
      }
    }

    private int partition(int from, int to, long first, int second, int value) {
      int left = from - 1;
      int right = to + 1;
      while (true) {
        do {
          left++;
        } while (compare(left, first, second, value) < 0);
        do {
          right--;
        } while (compare(right, first, second, value) > 0);
        if (left >= right) {
          return right;
        }
        swap(left, right);
      }
    }

    private int compare(int entry, long first, int second, int value) {
      int order = Long.compareUnsigned(firsts[entry], first);
      if (order == 0) {
        order = Integer.compare(seconds[entry], second);
      }
      return order != 0 ? order : Integer.compare(values[entry], value);
    }

    private void swap(int one, int other) {
      long first = firsts[one];
      firsts[one] = firsts[other];
      firsts[other] = first;
      int second = seconds[one];
      seconds[one] = seconds[other];
      seconds[other] = second;
      int value = values[one];
      values[one] = values[other];
      values[other] = value;
    }
  }
}
