package io.longline.plugins.beacons;

import java.util.Arrays;

/** Numbers that grow. Confined to one thread. */
final class LongList {

  private long[] numbers = new long[64];
  private int size;

  /** Adds a number. */
  void add(long number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size++] = number;
  }

  /** A number by its index. */
  long get(int index) {
    return numbers[index];
  }

  /** Changes a number. */
  void set(int index, long number) {
    numbers[index] = number;
  }

  /** How many there are. */
  int size() {
    return size;
  }

  /** Removes all. */
  void clear() {
    size = 0;
  }

  /** A sorted copy. */
  long[] sorted() {
    var copy = Arrays.copyOf(numbers, size);
    Arrays.sort(copy);
    return copy;
  }
}
