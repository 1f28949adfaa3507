package io.longline.plugins.beacons;

import java.util.Arrays;

/** The ports of a block, each of which is written once. Confined to one thread. */
final class BlockLabels {

  private static final int SMALL = 64;

  private final Labels labels;

  /** The index of each port in the block, from 1; 0 for none. */
  private int[] indexes = new int[SMALL];

  private int[] ids = new int[SMALL];
  private int count;

  /** Some of these. */
  BlockLabels(Labels labels) {
    this.labels = labels;
  }

  /** The index of a port. */
  int index(int id) {
    if (id >= indexes.length) {
      indexes = Arrays.copyOf(indexes, Math.max(2 * indexes.length, id + 1));
    }
    if (indexes[id] == 0) {
      if (count == ids.length) {
        ids = Arrays.copyOf(ids, 2 * count);
      }
      ids[count++] = id;
      indexes[id] = count;
    }
    return indexes[id] - 1;
  }

  /** Writes their texts. */
  void writeTo(ByteSink sink) {
    sink.number(count);
    for (int i = 0; i < count; i++) {
      sink.counted(labels.text(ids[i]));
    }
  }

  /** Removes all. */
  void clear() {
    for (int i = 0; i < count; i++) {
      indexes[ids[i]] = 0;
    }
    count = 0;
  }
}
