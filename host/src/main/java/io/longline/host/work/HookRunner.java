package io.longline.host.work;

import io.longline.api.ExitHook;
import io.longline.api.ExtractedFiles;
import io.longline.api.HookWarning;
import io.longline.api.LogDirectory;
import io.longline.api.LogHook;
import io.longline.api.RecordHook;
import io.longline.api.Site;
import io.longline.host.event.Ending;
import io.longline.host.isolation.CallListener;
import io.longline.host.isolation.IsolatedPlugins;
import io.longline.host.isolation.Message;
import io.longline.host.isolation.WorkerDiedException;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.RunningCall;
import io.longline.host.output.OutputPart;
import io.longline.host.output.StagedOutputs;
import io.longline.host.plugins.InstalledHook;
import io.longline.host.settings.SecretMask;
import io.longline.zeek.ReadReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes guarded calls of hooks, at any site: the context class loader is the plugin's, whatever is
 * thrown becomes the call's outcome, and each call has exactly one. Thread-safe.
 */
public final class HookRunner {

  /** Where Zeek puts extracted files unless told otherwise, in the directory it runs in. */
  private static final String ZEEK_EXTRACT_FOLDER = "extract_files";

  /** A file of twice this can be read by several threads; each opens a reader for so much. */
  static final long SEGMENT_BYTES = 16L * 1024 * 1024;

  private final Supplier<StagedOutputs> outputs;
  private final @Nullable Path extracted;
  private final CallReports reports;
  private final DamagedLogs damagedLogs;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final BooleanSupplier isCancelled;
  private final SecretMask secrets;
  private final SpareThreads spare;
  private final long segmentBytes;
  private final @Nullable IsolatedPlugins isolated;
  private final Set<OpenAssignment> active = ConcurrentHashMap.newKeySet();

  /** How many more sinks of a hook may be opened at once, by the hook's id. */
  private final Map<String, Semaphore> openings = new ConcurrentHashMap<>();

  /**
   * A runner.
   *
   * @param outputs makes what takes what a call writes
   * @param extracted where Zeek put extracted files; null for {@code extract_files} in each
   *     directory
   * @param reports takes what calls report before they end
   * @param clock for hooks and warnings
   * @param nanoTime measures how long calls take, as {@link System#nanoTime()} does
   * @param isCancelled whether hooks should end soon
   * @param secrets are taken out of what hooks say
   * @param workers how many threads are to be at work at once
   * @param factory makes threads that help with a very large log
   */
  public HookRunner(
      Supplier<StagedOutputs> outputs,
      @Nullable Path extracted,
      CallReports reports,
      Clock clock,
      LongSupplier nanoTime,
      BooleanSupplier isCancelled,
      SecretMask secrets,
      int workers,
      ThreadFactory factory) {
    this(
        outputs, extracted, reports, clock, nanoTime, isCancelled, secrets, workers, factory, null);
  }

  /** The same with plugins that run in processes of their own. */
  public HookRunner(
      Supplier<StagedOutputs> outputs,
      @Nullable Path extracted,
      CallReports reports,
      Clock clock,
      LongSupplier nanoTime,
      BooleanSupplier isCancelled,
      SecretMask secrets,
      int workers,
      ThreadFactory factory,
      @Nullable IsolatedPlugins isolated) {
    this(
        outputs,
        extracted,
        reports,
        clock,
        nanoTime,
        isCancelled,
        secrets,
        new SpareThreads(workers, factory),
        SEGMENT_BYTES,
        isolated);
  }

  HookRunner(
      Supplier<StagedOutputs> outputs,
      @Nullable Path extracted,
      CallReports reports,
      Clock clock,
      LongSupplier nanoTime,
      BooleanSupplier isCancelled,
      SecretMask secrets,
      SpareThreads spare,
      long segmentBytes,
      @Nullable IsolatedPlugins isolated) {
    this.isolated = isolated;
    this.outputs = outputs;
    this.extracted = extracted;
    this.reports = reports;
    this.damagedLogs = new DamagedLogs(reports);
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.isCancelled = isCancelled;
    this.secrets = secrets;
    this.spare = spare;
    this.segmentBytes = segmentBytes;
  }

  /** Makes the calls of an assignment on this thread; each has an end. */
  List<EndedCall> process(Assignment assignment) {
    return process(OpenAssignment.of(assignment), assignment);
  }

  private List<EndedCall> process(OpenAssignment current, Assignment assignment) {
    active.add(current);
    spare.begin();
    try {
      var first = assignment.hooks().get(0);
      if (first.isIsolated()) {
        return processElsewhere(current, assignment, false);
      }
      return first.interest() == null
          ? List.of(processLogs(current, first, assignment))
          : scan(current, assignment, true);
    } finally {
      if (!current.isGivenUp()) {
        spare.end();
      }
      active.remove(current);
    }
  }

  /**
   * Has the calls made in the process of their plugin. If that dies, and it cannot be told whose
   * doing that was, each is made again alone in a fresh one.
   */
  private List<EndedCall> processElsewhere(
      OpenAssignment current, Assignment assignment, boolean isAlone) {
    var calls = assignment.hooks().stream().map(hook -> open(current, hook, assignment)).toList();
    try {
      callElsewhere(calls, assignment, isAlone);
    } catch (WorkerDiedException e) {
      boolean isBlamed = calls.size() == 1 && (isAlone || e.wasAlone());
      if (!isBlamed) {
        calls.forEach(call -> forget(current, call));
        var finished = new ArrayList<EndedCall>();
        for (var hook : assignment.hooks()) {
          finished.addAll(processElsewhere(current, assignment.of(List.of(hook)), true));
        }
        return finished;
      }
      calls.get(0).fail(e);
    }
    return calls.stream().map(call -> end(current, call)).toList();
  }

  private void callElsewhere(List<OpenCall> calls, @Nullable Assignment assignment, boolean isAlone)
      throws WorkerDiedException {
    var byHook = new HashMap<String, OpenCall>();
    calls.forEach(call -> byHook.put(call.call().hook().id(), call));
    var batch = assignment == null ? null : assignment.batch();
    var ended =
        Objects.requireNonNull(isolated)
            .get(calls.get(0).call().hook().process())
            .call(
                calls.stream()
                    .map(OpenCall::call)
                    .map(call -> new Message.HookCall(call.hook().id(), call.attempt()))
                    .toList(),
                batch == null ? 0 : batch.number(),
                batch == null ? null : batch.directory(),
                batch == null ? 0 : batch.generation(),
                batch == null ? List.of() : batch.names(),
                isAlone,
                new CallListener() {
                  @Override
                  public void wrote(String hook, OutputPart part) {
                    Objects.requireNonNull(byHook.get(hook), hook).append(part);
                  }

                  @Override
                  public void hung(String hook) {
                    reports.hung(hook, batch == null ? null : batch.directory());
                  }

                  @Override
                  public void remarked(HookWarning warning) {
                    reports.remarked(warning);
                  }

                  @Override
                  public void damaged(ReadReport report, List<String> hooks) {
                    damagedLogs.accept(report, hooks);
                  }
                });
    for (var end : ended) {
      Objects.requireNonNull(byHook.remove(end.hook()), end.hook()).take(end.ending());
    }
    for (var call : byHook.values()) {
      call.fail(new IllegalStateException("The plugin's process returned no result."));
    }
  }

  private EndedCall processLogs(OpenAssignment current, InstalledHook hook, Assignment assignment) {
    var call = open(current, hook, assignment);
    call.make(
        context ->
            ((LogHook) hook.object())
                .process(files(assignment).withReports(reports(assignment)), context));
    return end(current, call);
  }

  /** Has several hooks take the records of one scan. */
  private List<EndedCall> scan(OpenAssignment current, Assignment assignment, boolean inSegments) {
    var scan = new SharedScan(ScanPlan.of(assignment.hooks()), current, spare, segmentBytes);
    current.setScan(scan);
    var calls = assignment.hooks().stream().map(hook -> open(current, hook, assignment)).toList();
    for (var call : calls) {
      openSink(call, scan, assignment);
    }
    if (calls.stream().anyMatch(call -> !call.hasFailed())) {
      try {
        if (!scan.run(files(assignment).withReports(reports(assignment)), inSegments)) {
          calls.forEach(call -> forget(current, call));
          return scan(current, assignment, false);
        }
      } catch (GivenUpError e) {
        throw e;
      } catch (Throwable thrown) {
        calls.forEach(call -> call.fail(thrown));
      }
    }
    return calls.stream().map(call -> end(current, call)).toList();
  }

  /** Opens a sink, with as many others of the hook at once as it allows. */
  private void openSink(OpenCall call, SharedScan scan, Assignment assignment) {
    var hook = call.call().hook();
    var room = openings.computeIfAbsent(hook.id(), id -> new Semaphore(hook.maxConcurrency()));
    room.acquireUninterruptibly();
    call.onceOver(room::release);
    try {
      call.make(
          context -> {
            var logs = files(assignment).withReports(reports(assignment));
            var sink = ((RecordHook) hook.object()).open(logs, context);
            scan.add(call, Objects.requireNonNull(sink, "open() returned null"));
          });
    } finally {
      call.over();
    }
  }

  /**
   * Continues an assignment whose thread was given up, on this thread: ends the calls that have
   * failed, and makes the others again.
   *
   * @param hung the call that the thread hangs in
   * @param finished takes the calls as they end
   * @throws GivenUpError if this thread was given up too
   */
  void continueAfter(OpenAssignment given, OpenCall hung, Consumer<EndedCall> finished) {
    reports.hung(hung.call().hook().id(), hung.call().directory());
    active.remove(given);
    spare.end();
    var scan = given.scan();
    var hanging = scan == null ? List.<OpenCall>of() : scan.abandon(hung);
    hanging.forEach(call -> call.giveUp(given::setGivenUp));
    var again = new ArrayList<InstalledHook>();
    for (var call : given.calls()) {
      call.over();
      var hook = call.call().hook();
      if (call == hung || hanging.contains(call)) {
        hook.renew();
      }
      if (call.hasFailed()) {
        finished.accept(end(given, call));
      } else {
        forget(given, call);
        again.add(hook);
      }
    }
    var assignment = given.assignment();
    if (assignment != null && !again.isEmpty()) {
      process(assignment.of(again)).forEach(finished);
    }
  }

  private Consumer<ReadReport> reports(Assignment assignment) {
    return report -> damagedLogs.accept(report, assignment.hookIds());
  }

  private static LogDirectory files(Assignment assignment) throws IOException {
    try {
      return assignment.batch().files();
    } catch (NoSuchFileException e) {
      throw new IOException(
          "A log of this batch is gone: " + e.getFile() + ". The hook was not called.", e);
    }
  }

  /** Calls a hook at EXIT, on this thread. */
  EndedCall exit(InstalledHook hook) {
    return exit(OpenAssignment.atExit(), hook);
  }

  EndedCall exit(OpenAssignment current, InstalledHook hook) {
    active.add(current);
    spare.begin();
    try {
      var call = open(current, Call.atExit(hook), null);
      if (hook.isIsolated()) {
        exitElsewhere(call);
      } else {
        call.make(context -> ((ExitHook) hook.object()).exit(context));
      }
      return end(current, call);
    } finally {
      if (!current.isGivenUp()) {
        spare.end();
      }
      active.remove(current);
    }
  }

  private void exitElsewhere(OpenCall call) {
    try {
      callElsewhere(List.of(call), null, true);
    } catch (WorkerDiedException e) {
      call.fail(e);
    }
  }

  /** A call that is not made, since its hook is paused. */
  EndedCall postponed(InstalledHook hook, Assignment assignment) {
    return new EndedCall(
        assignment.call(hook), assignment.claim(), outputs.get(), new Ending.Postponed());
  }

  /** Forgets a hook that is not called any more; another of the same id may be, from now on. */
  void forget(InstalledHook hook) {
    openings.remove(hook.id());
  }

  /** The assignments that are being worked on. */
  Set<OpenAssignment> active() {
    return active;
  }

  /** The calls that assignment. */
  public List<RunningCall> running() {
    var calls = new ArrayList<RunningCall>();
    for (var open : active) {
      for (var call : open.calls()) {
        calls.add(new RunningCall(call.call().hook().id(), call.call().directory(), call.age()));
      }
    }
    return calls;
  }

  private OpenCall open(OpenAssignment current, InstalledHook hook, Assignment assignment) {
    return open(current, assignment.call(hook), assignment.claim());
  }

  private OpenCall open(OpenAssignment current, Call call, @Nullable Claim claim) {
    var context =
        new CallContext(
            call,
            outputs.get(),
            extractedFiles(call.directory()),
            reports,
            clock,
            call.site() == Site.EXIT ? () -> false : isCancelled,
            secrets);
    var opened = new OpenCall(call, claim, context, nanoTime, this::failure);
    current.add(opened);
    return opened;
  }

  private static EndedCall end(OpenAssignment current, OpenCall call) {
    current.remove(call);
    return call.end();
  }

  private static void forget(OpenAssignment current, OpenCall call) {
    current.remove(call);
    call.forget();
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

  private HookWarning failure(Call call, Throwable thrown) {
    try {
      var text = ThrownText.of(thrown, secrets::masked);
      return call.failure(
          clock.instant(),
          text.className(),
          secrets.masked(text.message()),
          secrets.masked(text.stackTrace()));
    } catch (Throwable second) {
      // Memory is short, most likely; what the hook held is free by now, so this little should
      // work.
      return call.failure(
          clock.instant(), thrown.getClass().getName(), "It could not be described.", "");
    }
  }
}
