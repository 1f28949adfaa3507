package io.longline.host.window;

import io.longline.api.Combiner;
import io.longline.api.internal.FactBounds;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The facts of several cursors in one order. Confined to one thread. */
final class MergedFacts implements FactCursor {

  private final List<? extends FactCursor> all;
  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(Comparator.comparing(Head::fact, Fact.IN_PANE));
  private boolean isBegun;

  /** The next fact of a cursor. */
  private record Head(Fact fact, FactCursor cursor) {}

  /** Merges these cursors, and closes them in the end. */
  MergedFacts(List<? extends FactCursor> cursors) {
    this.all = List.copyOf(cursors);
  }

  @Override
  public @Nullable Fact next() throws IOException {
    if (!isBegun) {
      isBegun = true;
      for (var cursor : all) {
        add(cursor);
      }
    }
    var first = heads.poll();
    if (first == null) {
      return null;
    }
    add(first.cursor());
    return first.fact();
  }

  private void add(FactCursor cursor) throws IOException {
    var fact = cursor.next();
    if (fact != null) {
      heads.add(new Head(fact, cursor));
    }
  }

  @Override
  public void close() throws IOException {
    for (var cursor : all) {
      cursor.close();
    }
  }

  /** The facts of a cursor, with those of one key combined. */
  static FactCursor combined(FactCursor facts, @Nullable Combiner combiner) {
    return combiner == null ? facts : new Combined(facts, combiner);
  }

  private static final class Combined implements FactCursor {

    private final FactCursor facts;
    private final Combiner combiner;
    private @Nullable Fact ahead;
    private boolean isBegun;

    Combined(FactCursor facts, Combiner combiner) {
      this.facts = facts;
      this.combiner = combiner;
    }

    @Override
    public @Nullable Fact next() throws IOException {
      if (!isBegun) {
        isBegun = true;
        ahead = facts.next();
      }
      var fact = ahead;
      if (fact == null) {
        return null;
      }
      for (ahead = facts.next(); ahead != null && ahead.hasKeyOf(fact); ahead = facts.next()) {
        fact = combine(combiner, fact, ahead);
      }
      return fact;
    }

    @Override
    public void close() throws IOException {
      facts.close();
    }
  }

  /** One fact of two with the same key and pane. */
  static Fact combine(Combiner combiner, Fact one, Fact other) {
    var value = combiner.combine(one.value(), other.value());
    FactBounds.checkValue(value);
    return new Fact(one.pane(), one.key(), Math.max(one.time(), other.time()), value);
  }
}
