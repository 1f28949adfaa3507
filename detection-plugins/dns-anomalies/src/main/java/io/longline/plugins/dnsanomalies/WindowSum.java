package io.longline.plugins.dnsanomalies;

import io.longline.api.WindowFacts;
import java.io.IOException;

/** The facts of a key in a window, summed up. Confined to one thread. */
final class WindowSum {

  private final long start;
  private final Facts facts;
  private final long[] hours = new long[Hours.A_WINDOW];
  private final long[] before = new long[Hours.A_STEP];
  private boolean isRecent;

  /**
   * Sums up the facts of the present key.
   *
   * @param start of the window, in microseconds since 1970 UTC
   */
  WindowSum(byte kind, WindowFacts values, long start) throws IOException {
    this.start = start;
    this.facts = Facts.none(kind);
    while (values.next()) {
      facts.add(values.value());
      addHours((int) (Hours.step(values.time()) - Hours.step(start)));
    }
  }

  private void addHours(int step) {
    isRecent |= step == Hours.A_WINDOW / Hours.A_STEP - 1;
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

  /**
   * Whether there are facts in the last step of the window. Otherwise an earlier window, which ends
   * with a step that has some, has all that this one has, and reports it.
   */
  boolean isRecent() {
    return isRecent;
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
