package io.longline.plugins.dnsanomalies;

import io.longline.api.WindowFacts;
import java.io.IOException;
import java.util.function.Predicate;

/** The facts of a key in a window, summed up. Confined to one thread. */
final class WindowSum {

  private static final int LAST_STEP = Hours.A_WINDOW / Hours.A_STEP - 1;

  private final long start;
  private final Facts facts;
  private final long[] hours = new long[Hours.A_WINDOW];
  private final long[] before = new long[Hours.A_STEP];
  private boolean isFinding;
  private boolean isNew;

  private WindowSum(byte kind, long start) {
    this.start = start;
    this.facts = Facts.none(kind);
  }

  /**
   * Sums up the facts of the present key.
   *
   * @param start of the window, in microseconds since 1970 UTC
   * @param isFinding whether facts are a finding
   */
  static WindowSum of(byte kind, WindowFacts values, long start, Predicate<Facts> isFinding)
      throws IOException {
    var sum = new WindowSum(kind, start);
    boolean wasFinding = false;
    boolean isInLastStep = false;
    // They come in order of time.
    while (values.next()) {
      int step = (int) (Hours.step(values.time()) - Hours.step(start));
      if (step == LAST_STEP && !isInLastStep) {
        isInLastStep = true;
        wasFinding = isFinding.test(sum.facts);
      }
      sum.add(step, values.value());
    }
    sum.isFinding = isFinding.test(sum.facts);
    sum.isNew = sum.isFinding && isInLastStep && !wasFinding;
    return sum;
  }

  private void add(int step, byte[] value) {
    facts.add(value);
    for (int i = 0; i < before.length; i++) {
      long now = facts.inHour(i);
      hours[step * Hours.A_STEP + i] += now - before[i];
      before[i] = now;
    }
  }

  /** The start of the window, in microseconds since 1970 UTC. */
  long start() {
    return start;
  }

  /** The sum. */
  Facts facts() {
    return facts;
  }

  /** Whether it is a finding. */
  boolean isFinding() {
    return isFinding;
  }

  /** Whether it is a finding by what came in the last step of the window. */
  boolean isNew() {
    return isNew;
  }

  /** What is counted by hours, in each hour of the window. */
  long[] hours() {
    return hours.clone();
  }

  /** The start of the first hour that has something, in microseconds since 1970 UTC. */
  long firstHour() {
    int hour = 0;
    while (hour < hours.length - 1 && hours[hour] == 0) {
      hour++;
    }
    return start + hour * Hours.HOUR_MICROS;
  }
}
