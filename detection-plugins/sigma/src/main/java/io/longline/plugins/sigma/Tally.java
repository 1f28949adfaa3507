package io.longline.plugins.sigma;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;

/**
 * What happened within the timespan of a correlation up to a moment, as hits of one group come in
 * order of time. Confined to one thread.
 */
abstract sealed class Tally {

  /** Before any event. */
  static final long NEVER = Long.MIN_VALUE;

  private final Correlation correlation;

  private Tally(Correlation correlation) {
    this.correlation = correlation;
  }

  /** A tally for a correlation, of nothing so far. */
  static Tally of(Correlation correlation) {
    return switch (correlation.kind()) {
      case EVENT_COUNT -> new Events(correlation);
      case VALUE_COUNT -> new DistinctValues(correlation);
      case TEMPORAL -> new Rules(correlation);
      case TEMPORAL_ORDERED -> new Sequence(correlation);
    };
  }

  /** Adds a hit, not earlier than those before. */
  abstract void add(long micros, Occurrence hit);

  /** Forgets what was before a moment. */
  abstract void forgetBefore(long micros);

  /** The count. */
  abstract int count();

  /** The time of the first hit that counts; {@link #NEVER} if there is none. */
  abstract long first();

  /** Whether the condition is fulfilled. */
  boolean holds() {
    return correlation.condition().count().holds(count());
  }

  final Correlation correlation() {
    return correlation;
  }

  /** Counts hits; no more of them than make a difference. */
  private static final class Events extends Tally {

    private final int most;
    private final ArrayDeque<Long> times = new ArrayDeque<>();

    Events(Correlation correlation) {
      super(correlation);
      most = correlation.condition().count().most();
    }

    @Override
    void add(long micros, Occurrence hit) {
      if (times.size() == most) {
        times.removeFirst();
      }
      times.add(micros);
    }

    @Override
    void forgetBefore(long micros) {
      while (!times.isEmpty() && times.getFirst() < micros) {
        times.removeFirst();
      }
    }

    @Override
    int count() {
      return times.size();
    }

    @Override
    long first() {
      return times.isEmpty() ? NEVER : times.getFirst();
    }
  }

  /** Counts different values; no more of them than make a difference. */
  private static final class DistinctValues extends Tally {

    private final int most;

    /** The last time of each value, in order of time. */
    private final LinkedHashMap<Long, Long> lastTimes = new LinkedHashMap<>();

    DistinctValues(Correlation correlation) {
      super(correlation);
      most = correlation.condition().count().most();
    }

    @Override
    void add(long micros, Occurrence hit) {
      if (!hit.hasValue()) {
        return;
      }
      lastTimes.remove(hit.value());
      if (lastTimes.size() == most) {
        removeFirst();
      }
      lastTimes.put(hit.value(), micros);
    }

    private void removeFirst() {
      var first = lastTimes.keySet().iterator();
      first.next();
      first.remove();
    }

    @Override
    void forgetBefore(long micros) {
      while (!lastTimes.isEmpty() && first() < micros) {
        removeFirst();
      }
    }

    @Override
    int count() {
      return lastTimes.size();
    }

    @Override
    long first() {
      return lastTimes.isEmpty() ? NEVER : lastTimes.values().iterator().next();
    }
  }

  /** Counts rules that had hits. */
  private static final class Rules extends Tally {

    private final long[] last;

    Rules(Correlation correlation) {
      super(correlation);
      last = new long[correlation.rules().size()];
      Arrays.fill(last, NEVER);
    }

    @Override
    void add(long micros, Occurrence hit) {
      last[hit.rule()] = micros;
    }

    @Override
    void forgetBefore(long micros) {
      for (int i = 0; i < last.length; i++) {
        last[i] = last[i] < micros ? NEVER : last[i];
      }
    }

    @Override
    int count() {
      return (int) Arrays.stream(last).filter(micros -> micros != NEVER).count();
    }

    @Override
    long first() {
      return Arrays.stream(last).filter(micros -> micros != NEVER).min().orElse(NEVER);
    }

    @Override
    boolean holds() {
      var condition = correlation().condition().rules();
      return condition == null ? super.holds() : holds(condition);
    }

    private boolean holds(Condition condition) {
      if (condition instanceof Condition.Name name) {
        int position = correlation().rules().indexOf(name.name());
        return position >= 0 && last[position] != NEVER;
      }
      if (condition instanceof Condition.Not not) {
        return !holds(not.negated());
      }
      if (condition instanceof Condition.And and) {
        return and.all().stream().allMatch(this::holds);
      }
      return condition instanceof Condition.Or or && or.any().stream().anyMatch(this::holds);
    }
  }

  /** Counts rules that had hits in their order, from the first one on. */
  private static final class Sequence extends Tally {

    /** For each rule, the latest start of a sequence that has come as far as this rule. */
    private final long[] starts;

    Sequence(Correlation correlation) {
      super(correlation);
      starts = new long[correlation.rules().size()];
      Arrays.fill(starts, NEVER);
    }

    @Override
    void add(long micros, Occurrence hit) {
      int rule = hit.rule();
      starts[rule] = Math.max(starts[rule], rule == 0 ? micros : starts[rule - 1]);
    }

    @Override
    void forgetBefore(long micros) {
      for (int i = 0; i < starts.length; i++) {
        starts[i] = starts[i] < micros ? NEVER : starts[i];
      }
    }

    @Override
    int count() {
      int count = 0;
      while (count < starts.length && starts[count] != NEVER) {
        count++;
      }
      return count;
    }

    @Override
    long first() {
      return starts[Math.max(count() - 1, 0)];
    }
  }
}
