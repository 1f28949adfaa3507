package io.longline.plugins.sigma;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

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
      case EVENT_COUNT -> new Events(correlation, false);
      case VALUE_COUNT -> new Events(correlation, true);
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

  /** Counts hits, or their different values. */
  private static final class Events extends Tally {

    private final boolean countsValues;
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private final Map<Long, Integer> values = new HashMap<>();

    private record Event(long micros, long value) {}

    Events(Correlation correlation, boolean countsValues) {
      super(correlation);
      this.countsValues = countsValues;
    }

    @Override
    void add(long micros, Occurrence hit) {
      if (countsValues && !hit.hasValue()) {
        return;
      }
      if (events.size() == CountCondition.MAX_COUNT) {
        removeFirst();
      }
      events.add(new Event(micros, hit.value()));
      if (countsValues) {
        values.merge(hit.value(), 1, Integer::sum);
      }
    }

    @Override
    void forgetBefore(long micros) {
      while (!events.isEmpty() && events.getFirst().micros() < micros) {
        removeFirst();
      }
    }

    private void removeFirst() {
      var event = events.removeFirst();
      if (countsValues) {
        values.computeIfPresent(event.value(), (value, count) -> count == 1 ? null : count - 1);
      }
    }

    @Override
    int count() {
      return countsValues ? values.size() : events.size();
    }

    @Override
    long first() {
      return events.isEmpty() ? NEVER : events.getFirst().micros();
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
