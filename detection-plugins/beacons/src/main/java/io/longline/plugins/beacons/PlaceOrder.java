package io.longline.plugins.beacons;

import java.util.Arrays;

/**
 * Sorts the entries of a {@link PairTable} by their places, with a radix sort where they are of few
 * hours. Confined to one thread; it is used again for each full table.
 */
final class PlaceOrder {

  /** How many values a digit of the sort may have. */
  private static final int MOST = 1 << 12;

  /** The bits of a number that are the index of an entry. */
  private static final int INDEX_BITS = 20;

  private int[] sorted = {};
  private int[] other = {};
  private int[] ends = {};

  /** The indexes of entries in the order of their places; valid until the next call. */
  int[] of(PairTable table) {
    int count = table.count();
    if (count == 0) {
      return sorted;
    }
    if (sorted.length < count) {
      sorted = new int[count];
      other = new int[count];
      ends = new int[MOST];
    }
    int firstHour = Integer.MAX_VALUE;
    int lastHour = 0;
    for (int entry = 0; entry < count; entry++) {
      int hour = Places.hour(table.get(entry, PairTable.PLACE));
      firstHour = Math.min(firstHour, hour);
      lastHour = Math.max(lastHour, hour);
      other[entry] = entry;
    }
    if (lastHour - firstHour >= MOST) {
      return compared(table);
    }
    sort(table, count, -1);
    if (lastHour > firstHour) {
      var once = sorted;
      sorted = other;
      other = once;
      sort(table, count, firstHour);
    }
    return sorted;
  }

  /** Of very many hours. */
  private static int[] compared(PairTable table) {
    var places = new long[table.count()];
    for (int entry = 0; entry < places.length; entry++) {
      places[entry] = table.get(entry, PairTable.PLACE) >>> Places.RANK_SHIFT << INDEX_BITS | entry;
    }
    Arrays.sort(places);
    var indexes = new int[places.length];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = (int) places[i] & ((1 << INDEX_BITS) - 1);
    }
    return indexes;
  }

  /** Sorts the other indexes into these, stable, by the hour since the first one, or the bucket. */
  private void sort(PairTable table, int count, int firstHour) {
    Arrays.fill(ends, 0);
    for (int entry = 0; entry < count; entry++) {
      ends[digit(table.get(entry, PairTable.PLACE), firstHour)]++;
    }
    int end = 0;
    for (int digit = 0; digit < MOST; digit++) {
      end += ends[digit];
      ends[digit] = end;
    }
    for (int i = count - 1; i >= 0; i--) {
      int digit = digit(table.get(other[i], PairTable.PLACE), firstHour);
      sorted[--ends[digit]] = other[i];
    }
  }

  private static int digit(long place, int firstHour) {
    return firstHour < 0 ? Places.rankInHour(place) : Places.hour(place) - firstHour;
  }
}
