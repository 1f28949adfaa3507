package io.longline.host.work;

import io.longline.api.ExitHook;
import io.longline.api.ExtractedFiles;
import io.longline.api.HookWarning;
import io.longline.api.LogDirectory;
import io.longline.api.LogHook;
import io.longline.api.PermanentFailureException;
import io.longline.api.Site;
import io.longline.host.event.EventSink;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.RunningCall;
import io.longline.host.output.OutputFolder;
import io.longline.host.output.StagingFailedException;
import io.longline.host.plugins.InstalledHook;
import io.longline.host.settings.SecretMask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes guarded calls of hooks, at any site: the context class loader is the plugin's, whatever is
 * thrown becomes the call's outcome, and each call has exactly one. Thread-safe.
 */
public final class HookRunner {

  /** Where Zeek puts extracted files unless told otherwise, in the directory it runs in. */
  private static final String ZEEK_EXTRACT_FOLDER = "extract_files";

  private static final int MAX_CAUSES = 10;

  private final OutputFolder outputs;
  private final @Nullable Path extracted;
  private final EventSink events;
  private final DamagedLogs damagedLogs;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final BooleanSupplier isCancelled;
  private final SecretMask secrets;
  private final Map<RunContext.Subject, Long> running = new ConcurrentHashMap<>();

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
   * @param secrets are taken out of what hooks say
   */
  public HookRunner(
      OutputFolder outputs,
      @Nullable Path extracted,
      EventSink events,
      Clock clock,
      LongSupplier nanoTime,
      BooleanSupplier isCancelled,
      SecretMask secrets) {
    this.outputs = outputs;
    this.extracted = extracted;
    this.events = events;
    this.damagedLogs = new DamagedLogs(events);
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.isCancelled = isCancelled;
    this.secrets = secrets;
  }

  /** What a call does once its context is ready. */
  @FunctionalInterface
  private interface Call {
    void make(RunContext context) throws Exception;
  }

  /** Calls a hook on a batch. */
  FinishedCall process(Run run) {
    var hook = run.hook();
    var directory = run.batch().directory();
    return run(
        new RunContext.Subject(hook, Site.HOOK, directory, run.attempt()),
        run.claim(),
        context -> {
          var logs = files(run).withReports(report -> damagedLogs.accept(report, hook.id()));
          ((LogHook) hook.object()).process(logs, context);
        });
  }

  private static LogDirectory files(Run run) throws IOException {
    try {
      return run.batch().files();
    } catch (NoSuchFileException e) {
      throw new IOException(
          "A log of this batch is gone: " + e.getFile() + ". The hook was not called.", e);
    }
  }

  /** Calls a hook at EXIT. */
  FinishedCall exit(InstalledHook hook) {
    return run(
        new RunContext.Subject(hook, Site.EXIT, null, 1),
        null,
        context -> ((ExitHook) hook.object()).exit(context));
  }

  /** The calls that run. */
  List<RunningCall> running() {
    long now = nanoTime.getAsLong();
    var calls = new ArrayList<RunningCall>();
    running.forEach(
        (subject, start) ->
            calls.add(
                new RunningCall(
                    subject.hook().id(), subject.directory(), Duration.ofNanos(now - start))));
    return calls;
  }

  private FinishedCall run(RunContext.Subject subject, @Nullable Claim claim, Call call) {
    long start = nanoTime.getAsLong();
    running.put(subject, start);
    var staged = outputs.begin();
    var context =
        new RunContext(
            subject,
            staged,
            extractedFiles(subject.directory()),
            events,
            clock,
            subject.site() == Site.EXIT ? () -> false : isCancelled,
            secrets);
    var thread = Thread.currentThread();
    var loaderBefore = thread.getContextClassLoader();
    HookWarning failure = null;
    boolean isPermanent = false;
    boolean isCharged = true;
    try {
      thread.setContextClassLoader(subject.hook().classLoader());
      call.make(context);
      // An interrupt that the hook left behind is meant neither for the outputs nor for the next
      // hook.
      Thread.interrupted();
      staged.complete();
    } catch (Throwable thrown) {
      failure = failure(subject, thrown);
      isPermanent = thrown instanceof PermanentFailureException;
      isCharged = !isOfStaging(thrown);
      discard(context);
    } finally {
      thread.setContextClassLoader(loaderBefore);
      Thread.interrupted();
      context.end();
      running.remove(subject);
    }
    var took = Duration.ofNanos(nanoTime.getAsLong() - start);
    return new FinishedCall(subject, claim, staged, failure, isPermanent, isCharged, took);
  }

  /** Whether the host could not keep what the hook wrote, whatever the hook made of that. */
  private static boolean isOfStaging(Throwable thrown) {
    int depth = 0;
    for (var each = thrown; each != null && depth < MAX_CAUSES; depth++) {
      if (each instanceof StagingFailedException) {
        return true;
      }
      try {
        each = each.getCause();
      } catch (RuntimeException | Error e) {
        // A hook's own class.
        return false;
      }
    }
    return false;
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
      var text = ThrownText.of(thrown, secrets::masked);
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
        secrets.masked(message),
        secrets.masked(stackTrace),
        subject.site() == Site.EXIT
            ? "The other EXIT hooks run; what this one wrote is not kept."
            : "");
  }
}
