package io.longline.plugins.dnsanomalies;

import io.longline.api.WindowFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The facts of a key in a window, summed up. Confined to one thread. */
final class WindowSum {

  private static final int LAST_STEP = Hours.A_WINDOW / Hours.A_STEP - 1;

  private final long start;
  private final Facts facts;
  private final long[] hours = new long[Hours.A_WINDOW];
  private final long[] before = new long[Hours.A_STEP];
  private boolean isInLastStep;
  private boolean wasFinding;
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
    // They come in order of time.
    while (values.next()) {
      sum.add(values.time(), values.value(), isFinding);
    }
    sum.end(isFinding);
    return sum;
  }

  /**
   * Sums up the facts of the present key, a domain.
   *
   * @param leastQueries without which it is no finding
   * @return null if it has fewer queries
   */
  static @Nullable WindowSum ofDomain(
      WindowFacts values, long start, long leastQueries, Predicate<Facts> isFinding)
      throws IOException {
    var times = new ArrayList<Long>();
    var first = new ArrayList<byte[]>();
    long queries = 0;
    // There may be millions of domains with few queries, which are not looked at any further.
    while (queries < leastQueries) {
      if (!values.next()) {
        return null;
      }
      times.add(values.time());
      first.add(values.value());
      queries += DomainFacts.queries(first.get(first.size() - 1));
    }
    var sum = new WindowSum(Facts.DOMAIN, start);
    for (int i = 0; i < first.size(); i++) {
      sum.add(times.get(i), first.get(i), isFinding);
    }
    while (values.next()) {
      sum.add(values.time(), values.value(), isFinding);
    }
    sum.end(isFinding);
    return sum;
  }

  private void add(long time, byte[] value, Predicate<Facts> isFindingBefore) {
    int step = (int) (Hours.step(time) - Hours.step(start));
    if (step == LAST_STEP && !isInLastStep) {
      isInLastStep = true;
      wasFinding = isFindingBefore.test(facts);
    }
    add(step, value);
  }

  private void end(Predicate<Facts> test) {
    isFinding = test.test(facts);
    isNew = isFinding && isInLastStep && !wasFinding;
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
