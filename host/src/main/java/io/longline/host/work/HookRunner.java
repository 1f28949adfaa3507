package io.longline.host.work;

import io.longline.api.ExitHook;
import io.longline.api.ExtractedFiles;
import io.longline.api.HookWarning;
import io.longline.api.LogDirectory;
import io.longline.api.LogHook;
import io.longline.api.Site;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.output.OutputFailedException;
import io.longline.host.output.OutputFolder;
import io.longline.host.plugins.InstalledHook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes guarded calls of hooks, at any site: the context class loader is the plugin's, whatever is
 * thrown becomes the call's outcome, and each call has exactly one, told as {@link
 * HostEvent.RunEnded}. Thread-safe.
 */
public final class HookRunner {

  /** Where Zeek puts extracted files unless told otherwise, in the directory it runs in. */
  private static final String ZEEK_EXTRACT_FOLDER = "extract_files";

  private final OutputFolder outputs;
  private final @Nullable Path extracted;
  private final EventSink events;
  private final DamagedLogs damagedLogs;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final BooleanSupplier isCancelled;

  /**
   * A runner.
   *
   * @param outputs takes what hooks write
   * @param extracted where Zeek put extracted files; null for {@code extract_files} in each
   *     directory
   * @param events is told of outcomes and warnings
   * @param clock for hooks and warnings
   * @param nanoTime measures how long calls take, as {@link System#nanoTime()} does
   * @param isCancelled whether hooks should end soon
   */
  public HookRunner(
      OutputFolder outputs,
      @Nullable Path extracted,
      EventSink events,
      Clock clock,
      LongSupplier nanoTime,
      BooleanSupplier isCancelled) {
    this.outputs = outputs;
    this.extracted = extracted;
    this.events = events;
    this.damagedLogs = new DamagedLogs(events);
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.isCancelled = isCancelled;
  }

  /** What a call does once its context is ready. */
  @FunctionalInterface
  private interface Call {
    void make(RunContext context) throws Exception;
  }

  /** Calls a hook on a batch. */
  void process(Run run) {
    var hook = run.hook();
    var directory = run.batch().directory();
    run(
        new RunContext.Subject(hook, Site.HOOK, directory, run.attempt()),
        context -> {
          LogDirectory logs =
              run.batch().files().withReports(report -> damagedLogs.accept(report, hook.id()));
          ((LogHook) hook.object()).process(logs, context);
        });
  }

  /** Calls a hook at EXIT. */
  public void exit(InstalledHook hook) {
    run(
        new RunContext.Subject(hook, Site.EXIT, null, 1),
        context -> ((ExitHook) hook.object()).exit(context));
  }

  private void run(RunContext.Subject subject, Call call) {
    long start = nanoTime.getAsLong();
    var staged = outputs.begin();
    var context =
        new RunContext(
            subject,
            staged,
            extractedFiles(subject.directory()),
            events,
            clock,
            subject.site() == Site.EXIT ? () -> false : isCancelled);
    var thread = Thread.currentThread();
    var loaderBefore = thread.getContextClassLoader();
    HookWarning failure = null;
    try {
      thread.setContextClassLoader(subject.hook().classLoader());
      call.make(context);
      // An interrupt that the hook left behind is meant neither for the outputs nor for the next
      // hook.
      Thread.interrupted();
      staged.commit();
    } catch (OutputFailedException e) {
      failure = warning(subject, IOException.class.getName(), String.valueOf(e.getMessage()), "");
    } catch (Throwable thrown) {
      failure = failure(subject, thrown);
      discard(context);
    } finally {
      thread.setContextClassLoader(loaderBefore);
      Thread.interrupted();
      context.end();
    }
    var took = Duration.ofNanos(nanoTime.getAsLong() - start);
    if (failure != null) {
      events.accept(new HostEvent.HookWarned(failure));
    }
    events.accept(
        new HostEvent.RunEnded(
            subject.hook().id(),
            subject.site(),
            subject.directory(),
            subject.attempt(),
            failure,
            took));
  }

  private ExtractedFiles extractedFiles(@Nullable Path directory) {
    if (extracted != null) {
      return ExtractedFiles.in(extracted);
    }
    if (directory == null) {
      return ExtractedFiles.none();
    }
    var folder = directory.resolve(ZEEK_EXTRACT_FOLDER);
    return Files.isDirectory(folder) ? ExtractedFiles.in(folder) : ExtractedFiles.none();
  }

  private static void discard(RunContext context) {
    try {
      context.outputs().discard();
    } catch (IOException e) {
      context.logger().warn("What the failed call had staged could not be removed.", e);
    }
  }

  private HookWarning failure(RunContext.Subject subject, Throwable thrown) {
    try {
      var text = ThrownText.of(thrown);
      return warning(subject, text.className(), text.message(), text.stackTrace());
    } catch (Throwable second) {
      // Memory is short, most likely; what the hook held is free by now, so this little should
      // work.
      return warning(subject, thrown.getClass().getName(), "It could not be described.", "");
    }
  }

  private HookWarning warning(
      RunContext.Subject subject, String errorClass, String message, String stackTrace) {
    return subject.warning(
        clock.instant(),
        HookWarning.Kind.FAILED,
        errorClass,
        message,
        stackTrace,
        subject.site() == Site.EXIT
            ? "The other EXIT hooks run; what this one wrote is not kept."
            : "Not tried again in this run, and what it wrote is not kept; the other hooks go on. Mend the cause, then run this directory again.");
  }
}
