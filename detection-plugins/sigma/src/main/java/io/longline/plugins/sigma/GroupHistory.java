package io.longline.plugins.sigma;

import io.longline.api.WindowFacts;
import java.io.IOException;

/**
 * Goes through the hits of a group in order of time, and reports each moment at which the condition
 * of a correlation begins to be fulfilled. It goes on being fulfilled while there are hits at which
 * it is, with no more than the timespan between two. Confined to one thread.
 */
final class GroupHistory {

  private final Correlation correlation;
  private final GroupKey key;
  private final long fromMicros;
  private final Tally tally;
  private boolean wasFulfilled;
  private long before = Tally.NEVER;

  /**
   * The history of a group.
   *
   * @param fromMicros the first moment that is reported
   */
  GroupHistory(Correlation correlation, GroupKey key, long fromMicros) {
    this.correlation = correlation;
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
      }
      micros = facts.time();
      last = facts.value(Occurrence.class);
      if (last.rule() < correlation.rules().size()) {
        tally.forgetBefore(micros - correlation.timespanMicros());
        tally.add(micros, last);
      }
    }
    if (last != null) {
      complete(micros, last, rows);
    }
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
