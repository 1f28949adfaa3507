package io.longline.host.ledger;

import io.longline.host.window.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * How far event time has come for a hook, as the parts of committed batches show it. Immutable.
 *
 * <p>A few times that are far ahead do not move it, since one bad clock would close the windows of
 * everybody: of a part, the latest hundredth of the facts is left out; and a time that is more than
 * a step ahead counts only when most of the last batches are there. What is left behind by it is
 * late, and opens its windows again.
 *
 * @param time event time in microseconds since 1970 UTC; {@link Long#MIN_VALUE} before it is known
 * @param recent the times of the last batches, the oldest first
 */
public record Watermark(long time, List<Long> recent) {

  /** Nothing is known yet. */
  public static final Watermark UNKNOWN = new Watermark(Long.MIN_VALUE, List.of());

  /** How many batches are remembered. */
  private static final int REMEMBERED = 8;

  /** So many of them are most of them. */
  private static final int MOST = 5;

  /** Makes a copy. */
  public Watermark {
    recent = List.copyOf(recent);
  }

  /** The time of a part, whose sections are in order; it has facts. */
  public static long timeOf(List<Section> sections) {
    long all = sections.stream().mapToLong(Section::facts).sum();
    long later = 0;
    for (int i = sections.size() - 1; i > 0; i--) {
      var section = sections.get(i);
      later += section.facts();
      if (later * 100 > all) {
        return section.latest();
      }
    }
    return sections.get(0).latest();
  }

  /**
   * The watermark after a batch.
   *
   * @param batchTime the time of its part
   * @param step how far ahead a single batch may move it, in microseconds
   */
  public Watermark with(long batchTime, long step) {
    var times = new ArrayList<>(recent);
    times.add(batchTime);
    if (times.size() > REMEMBERED) {
      times.remove(0);
    }
    return new Watermark(next(batchTime, step, times), times);
  }

  private long next(long batchTime, long step, List<Long> times) {
    if (time != Long.MIN_VALUE && batchTime - time <= step) {
      return Math.max(time, batchTime);
    }
    var ahead =
        times.stream()
            .filter(each -> time == Long.MIN_VALUE || each - time > step)
            .sorted()
            .toList();
    if (ahead.size() < MOST) {
      return time;
    }
    // Before anything is known, the middle; after a gap, where it ends.
    return time == Long.MIN_VALUE ? ahead.get(ahead.size() / 2) : ahead.get(0);
  }
}
