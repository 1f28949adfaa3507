package io.longline.plugins.firstseen;

import java.util.ArrayList;
import java.util.List;

/**
 * The times at which a value was seen, joined to episodes: between two of them it was not seen for
 * a while. Confined to one thread.
 */
final class Episodes {

  /** How many times are kept before they are joined. */
  private static final int MOST = 20_000;

  private final long gap;
  private List<Seen> times = new ArrayList<>();

  /**
   * No times so far.
   *
   * @param gap the least time between two episodes, in microseconds
   */
  Episodes(long gap) {
    this.gap = gap;
  }

  void add(Seen seen) {
    times.add(seen);
    if (times.size() >= MOST) {
      times = joined();
    }
  }

  /** Begins with another value. */
  void clear() {
    times = new ArrayList<>();
  }

  /** The episodes, the earliest first. */
  List<Seen> joined() {
    times.sort(Seen.EARLIEST);
    var joined = new ArrayList<Seen>();
    for (var next : times) {
      int last = joined.size() - 1;
      if (last >= 0 && next.first() - joined.get(last).last() < gap) {
        joined.set(last, joined.get(last).plus(next));
      } else if (last + 1 < MOST / 2) {
        joined.add(next);
      }
    }
    return joined;
  }
}
