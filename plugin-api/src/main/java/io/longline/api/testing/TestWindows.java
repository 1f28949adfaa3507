package io.longline.api.testing;

import io.longline.api.Combiner;
import io.longline.api.LogHook;
import io.longline.api.RecordHook;
import io.longline.api.WindowHook;
import io.longline.api.internal.Panes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The windows of a hook, with the facts that its calls have put so far. Confined to one thread. */
final class TestWindows {

  /** By their beginning; the whole run first, and of equal ones the shortest. */
  private static final Comparator<Panes.Span> ORDER =
      Comparator.comparingLong(Panes.Span::start)
          .thenComparingLong(Panes.Span::end)
          .thenComparing(each -> each.window().name());

  private final WindowHook hook;
  private final Panes panes;
  private final @Nullable Combiner combiner;
  private final Map<Panes.Span, List<TestFact>> facts = new TreeMap<>(ORDER);

  private TestWindows(WindowHook hook, Panes panes) {
    this.hook = hook;
    this.panes = panes;
    this.combiner = hook.combiner();
  }

  /**
   * The windows of a hook.
   *
   * @throws AssertionError if the host would not load it for them
   */
  static TestWindows of(WindowHook hook) {
    var type = hook.getClass().getName();
    if (!(hook instanceof RecordHook || hook instanceof LogHook)) {
      throw new AssertionError(
          type + " has windows, but no facts for them: implement RecordHook or LogHook as well.");
    }
    var windows = hook.windows();
    if (windows == null) {
      throw new AssertionError(type + ".windows() returned null; return the windows that it has.");
    }
    try {
      return new TestWindows(hook, new Panes(windows));
    } catch (IllegalArgumentException e) {
      throw new AssertionError(
          "%s.windows() cannot be used: %s".formatted(type, e.getMessage()), e);
    }
  }

  WindowHook hook() {
    return hook;
  }

  /** An empty part, for one call. */
  TestPart part() {
    return new TestPart(hook.name(), panes, combiner);
  }

  /** Takes the facts of a call that has succeeded. */
  void add(TestPart part) {
    part.complete()
        .forEach(
            (pane, put) ->
                panes
                    .windowsOf(pane)
                    .forEach(
                        span ->
                            facts.computeIfAbsent(span, each -> new ArrayList<>()).addAll(put)));
  }

  /** The windows that have facts. */
  List<Panes.Span> spans() {
    return List.copyOf(facts.keySet());
  }

  /** The facts of one of them. */
  TestFacts facts(Panes.Span span) {
    return new TestFacts(facts.getOrDefault(span, List.of()).stream().sorted().toList());
  }
}
