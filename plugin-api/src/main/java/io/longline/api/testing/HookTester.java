package io.longline.api.testing;

import io.longline.api.ExitHook;
import io.longline.api.ExtractedFiles;
import io.longline.api.Finding;
import io.longline.api.Hook;
import io.longline.api.LogDirectory;
import io.longline.api.LogHook;
import io.longline.api.ObservedLogs;
import io.longline.api.RecordHook;
import io.longline.api.Window;
import io.longline.api.WindowHook;
import io.longline.api.internal.HookName;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls a hook in a unit test, as the host does and under the same rules, only stricter. Confined
 * to one thread.
 *
 * <pre>{@code
 * var tester = HookTester.of(new Queries());
 * tester.process(folder);
 * assertEquals(List.of("10.0.0.1 example.org"), tester.written("queries"));
 * }</pre>
 *
 * <p>The facts that a {@link WindowHook} puts are kept until {@link #closeWindows()}, which calls
 * it with each window:
 *
 * <pre>{@code
 * tester.process(monday).process(tuesday).closeWindows();
 * assertEquals(List.of("10.0.0.1 2"), tester.written("logins/2024-01-31"));
 * }</pre>
 *
 * <p>What a call has written is kept if the call succeeds, and dropped if it fails. What the host
 * would only report fails the test: a bad line, unless {@link #allowBadLines()} was called; a
 * required log or field that is missing, unless {@link #allowMissing()} was called. Each record is
 * made unusable when {@code accept} returns, so that a hook that keeps one fails.
 *
 * @since 0.1.0
 */
public final class HookTester {

  private final Hook hook;
  private final @Nullable TestWindows windows;
  private final TestOptions options = new TestOptions();
  private final WrittenFiles written = new WrittenFiles();
  private final List<String> remarks = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  /** By the window's name. */
  private final Map<String, List<Finding>> findingsOfWindows = new LinkedHashMap<>();

  private int attempt = 1;

  private HookTester(Hook hook) {
    this.hook = hook;
    this.windows = hook instanceof WindowHook windowHook ? TestWindows.of(windowHook) : null;
  }

  /**
   * Calls this hook.
   *
   * @throws AssertionError if the host would not load it for its name, its concurrency or its
   *     windows
   */
  public static HookTester of(Hook hook) {
    var type = hook.getClass();
    // A lambda or an anonymous class has no name that a hook of a plugin could have.
    boolean hasOwnName = !type.isHidden() && !type.isAnonymousClass();
    if (hasOwnName && !HookName.isValid(hook.name())) {
      throw new AssertionError(
          "%s.name() returned \"%s\"; use letters, digits, '.', '_' and '-'."
              .formatted(type.getName(), hook.name()));
    }
    if (hook.maxConcurrency() < 1) {
      throw new AssertionError(
          "%s.maxConcurrency() returned %d; it must be 1 or more."
              .formatted(type.getName(), hook.maxConcurrency()));
    }
    return new HookTester(hook);
  }

  /**
   * Gives the hook these settings.
   *
   * @throws IllegalArgumentException if the hook declares others
   */
  public HookTester settings(Record settings) {
    if (settings.getClass() != hook.settings()) {
      throw new IllegalArgumentException(
          "%s declares the settings %s, not %s."
              .formatted(hook.name(), hook.settings().getName(), settings.getClass().getName()));
    }
    options.settings(settings);
    return this;
  }

  /** Gives the hook this clock; the system's clock in UTC otherwise. */
  public HookTester clock(Clock clock) {
    options.clock(clock);
    return this;
  }

  /** Makes the next calls with this attempt number, from 1. */
  public HookTester attempt(int number) {
    attempt = number;
    return this;
  }

  /** Lets the hook find the files of this folder as extracted ones; it finds none otherwise. */
  public HookTester extractedFiles(Path folder) {
    options.extractedFiles(ExtractedFiles.in(folder));
    return this;
  }

  /** Lets {@code isCancelled()} be true in the next calls. */
  public HookTester cancelled() {
    options.cancel();
    return this;
  }

  /** Counts bad lines as the host does; without this they fail the test. */
  public HookTester allowBadLines() {
    options.allowBadLines();
    return this;
  }

  /** Ignores required logs and fields that are missing; without this they fail the test. */
  public HookTester allowMissing() {
    options.allowMissing();
    return this;
  }

  /**
   * Calls the hook with the logs of a folder.
   *
   * @throws Exception if the hook throws it
   * @throws AssertionError if the host would report something
   */
  public HookTester process(Path folder) throws Exception {
    return process(LogDirectory.of(folder));
  }

  /**
   * Calls the hook with a batch of logs.
   *
   * @throws Exception if the hook throws it
   * @throws AssertionError if the host would report something
   */
  public HookTester process(LogDirectory logs) throws Exception {
    var reading = new TestReading(hook.name(), options);
    var observed = ObservedLogs.of(logs, reading::accept);
    if (hook instanceof RecordHook recordHook) {
      return processBatch(
          context -> {
            new TestScan(recordHook, options, context).run(logs, observed);
            reading.check();
          });
    }
    if (hook instanceof LogHook logHook) {
      return processBatch(
          context -> {
            logHook.process(observed, context);
            reading.check();
          });
    }
    throw new IllegalStateException(hook.name() + " is not called with logs.");
  }

  private HookTester processBatch(Body body) throws Exception {
    var part = windows == null ? null : windows.part();
    var context =
        new TestContext(hook, options, attempt, new TestOutputs(options.clock(), null), part);
    var lines = call(context, body);
    findings.addAll(context.findings());
    if (windows != null && part != null) {
      windows.add(part);
    }
    written.add(lines);
    return this;
  }

  /**
   * Closes every window in which facts lie, in order of their starts: calls the hook with the facts
   * of all batches so far. What it writes to an output {@code NAME} is that of {@code NAME/WINDOW},
   * such as {@code written("logins/2024-01-31")}. If windows are closed again, after more batches,
   * what they write takes the place of what they wrote before.
   *
   * @throws Exception if the hook throws it; windows that were closed before stay closed
   * @throws IllegalStateException if the hook is not a {@link WindowHook}
   */
  public HookTester closeWindows() throws Exception {
    if (windows == null) {
      throw new IllegalStateException(hook.name() + " has no windows.");
    }
    for (var span : windows.spans()) {
      close(windows.hook(), span.window(), windows.facts(span));
    }
    return this;
  }

  private void close(WindowHook windowHook, Window window, TestFacts facts) throws Exception {
    var context =
        new TestContext(hook, options, attempt, new TestOutputs(options.clock(), window), null);
    try {
      written.replace(window, call(context, each -> windowHook.close(window, facts, each)));
      findingsOfWindows.put(window.name(), List.copyOf(context.findings()));
    } finally {
      facts.end();
    }
  }

  /**
   * Calls the hook at EXIT.
   *
   * @throws Exception if the hook throws it
   */
  public HookTester exit() throws Exception {
    if (!(hook instanceof ExitHook exitHook)) {
      throw new IllegalStateException(hook.name() + " is not called at EXIT.");
    }
    var context = new TestContext(hook, options, 1, new TestOutputs(options.clock(), null), null);
    written.add(call(context, exitHook::exit));
    findings.addAll(context.findings());
    return this;
  }

  @FunctionalInterface
  private interface Body {
    void call(TestContext context) throws Exception;
  }

  private Map<TestOutputs.Key, List<String>> call(TestContext context, Body body) throws Exception {
    try {
      body.call(context);
      return context.complete();
    } finally {
      context.end();
      remarks.addAll(context.remarks());
    }
  }

  /**
   * The lines, or the rows without header, that all calls so far have written to the output of this
   * name: to {@code NAME.log}, or else to its files of all days. {@code NAME/YYYY-MM-DD} is the
   * file of one day; that of {@code daily()} is the day of the clock. The outputs of windows have
   * names such as {@code logins/2024-01-31} too.
   */
  public List<String> written(String output) {
    return written.lines(output);
  }

  /**
   * The names of the outputs that calls have written to, in the order of the first time, then those
   * of windows.
   */
  public List<String> outputs() {
    return written.names();
  }

  /**
   * The findings of all calls so far: those of calls on batches and at EXIT in order, then those of
   * windows, each as its last call left them.
   */
  public List<Finding> findings() {
    var all = new ArrayList<>(findings);
    findingsOfWindows.values().forEach(all::addAll);
    return List.copyOf(all);
  }

  /** The remarks of all calls so far, in order. */
  public List<String> remarks() {
    return List.copyOf(remarks);
  }
}
