package io.longline.plugins.sigma;

import io.longline.api.WindowFacts;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Goes through the hits of a group in order of time, and reports each moment at which the condition
 * of a correlation begins to be fulfilled. It goes on being fulfilled while there are hits at which
 * it is, with no more than the timespan between two. Confined to one thread.
 */
final class GroupHistory {

  /** The number of groups of an inner correlation; hits of others do not count. */
  private static final int MAX_INNER_GROUPS = 100_000;

  private final LinkedCorrelation linked;
  private final Correlation correlation;
  private final GroupKey key;
  private final long fromMicros;
  private final Tally tally;
  private final Map<String, Tally> inner = new HashMap<>();
  private boolean wasFulfilled;
  private long before = Tally.NEVER;

  /**
   * The history of a group.
   *
   * @param fromMicros the first moment that is reported
   */
  GroupHistory(LinkedCorrelation linked, GroupKey key, long fromMicros) {
    this.linked = linked;
    this.correlation = linked.outer();
    this.key = key;
    this.fromMicros = fromMicros;
    this.tally = Tally.of(correlation);
  }

  /** Goes through the values of the present key. Hits at the same moment count together. */
  void read(WindowFacts facts, CorrelationRows rows) throws IOException {
    long micros = Tally.NEVER;
    Occurrence last = null;
    while (facts.next()) {
      if (last != null && facts.time() != micros) {
        complete(micros, last, rows);
        last = null;
      }
      micros = facts.time();
      var hit = facts.value(Occurrence.class);
      if (counts(micros, hit)) {
        tally.forgetBefore(micros - correlation.timespanMicros());
        tally.add(micros, hit);
        last = hit;
      }
    }
    if (last != null) {
      complete(micros, last, rows);
    }
  }

  /** Whether a hit counts: that of an inner correlation does if its condition is fulfilled then. */
  private boolean counts(long micros, Occurrence hit) {
    if (hit.rule() >= correlation.rules().size()) {
      // The correlation had more rules when the hit was found.
      return false;
    }
    var counting = linked.inner().get(hit.rule());
    if (counting == null || hit.inner() < 0 || hit.inner() >= counting.rules().size()) {
      return counting == null && hit.inner() < 0;
    }
    var group = hit.rule() + " " + hit.innerGroup();
    if (inner.size() >= MAX_INNER_GROUPS && !inner.containsKey(group)) {
      return false;
    }
    var innerTally = inner.computeIfAbsent(group, any -> Tally.of(counting));
    innerTally.forgetBefore(micros - counting.timespanMicros());
    innerTally.add(micros, hit.asInner());
    return innerTally.holds();
  }

  /** All hits of a moment are there. */
  private void complete(long micros, Occurrence last, CorrelationRows rows) throws IOException {
    boolean isFulfilled = tally.holds();
    boolean goesOn =
        wasFulfilled && before != Tally.NEVER && micros - before <= correlation.timespanMicros();
    if (isFulfilled && !goesOn && micros >= fromMicros) {
      rows.write(correlation, key, tally, micros, last);
    }
    wasFulfilled = isFulfilled;
    before = micros;
  }
}
