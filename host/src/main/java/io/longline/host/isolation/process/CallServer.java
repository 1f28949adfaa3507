package io.longline.host.isolation.process;

import io.longline.api.HookWarning;
import io.longline.api.internal.FindingRows;
import io.longline.host.call.Assignment;
import io.longline.host.call.Call;
import io.longline.host.call.CallEnvironment;
import io.longline.host.call.CallReports;
import io.longline.host.call.Calls;
import io.longline.host.call.EndedCall;
import io.longline.host.call.GivenUpError;
import io.longline.host.call.LogSighting;
import io.longline.host.call.OpenAssignment;
import io.longline.host.call.OpenCall;
import io.longline.host.call.ProcessCalls;
import io.longline.host.call.SpareThreads;
import io.longline.host.call.Watchdog;
import io.longline.host.concurrent.HostLoops;
import io.longline.host.concurrent.HostThread;
import io.longline.host.isolation.wire.Connection;
import io.longline.host.isolation.wire.HostMessage;
import io.longline.host.isolation.wire.HostMessage.AssignedCall;
import io.longline.host.isolation.wire.Message;
import io.longline.host.isolation.wire.ProcessMessage;
import io.longline.host.ledger.Batch;
import io.longline.host.ledger.Claim;
import io.longline.host.output.StagedOutputs;
import io.longline.host.plugins.CalledHook;
import io.longline.host.settings.SecretMask;
import io.longline.zeek.ReadReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the calls that the host asks for, and sends how they ended. Thread-safe. */
final class CallServer {

  private static final Logger LOG = LoggerFactory.getLogger(CallServer.class);

  private static final int EXIT_BROKEN = 96;

  private final Connection connection;
  private final HostMessage.Hello hello;

  /** The numbers of assignments at EXIT, which have no claim. */
  private final Map<OpenAssignment, Long> exits = new ConcurrentHashMap<>();

  private final AtomicReference<@Nullable LoadedHooks> loaded = new AtomicReference<>();
  private final AtomicReference<@Nullable Calls> calls = new AtomicReference<>();
  private final AtomicBoolean isCancelled = new AtomicBoolean();

  /** Enough threads for the calls at once, and for some that hang. */
  private final ExecutorService threads =
      Executors.newCachedThreadPool(task -> daemon(task, "call"));

  CallServer(Connection connection, HostMessage.Hello hello) {
    this.connection = connection;
    this.hello = hello;
  }

  private static Thread daemon(Runnable task, String name) {
    return new HostThread(task, name);
  }

  /** Begins to load the hooks, and reports to the host when they are loaded. */
  void start() {
    daemon(this::load, "loader").start();
  }

  private void load() {
    try {
      makeHooks();
    } catch (Throwable e) {
      fail(e);
    }
  }

  private void makeHooks() {
    var hooks = LoadedHooks.load(hello);
    loaded.set(hooks);
    var options = hello.options();
    var environment =
        new CallEnvironment(
            () -> StagedOutputs.in(hello.staging()),
            options.extracted(),
            Clock.system(ZoneId.of(options.zone())),
            System::nanoTime,
            isCancelled::get,
            new SecretMask(hooks.ready().secrets()),
            options.windows(),
            FindingRows.format(options.isFindingsJson()));
    var made =
        new Calls(
            environment,
            new Reports(),
            new SpareThreads(options.workers(), task -> daemon(task, "scan-helper")),
            ProcessCalls.none());
    calls.set(made);
    var watchdog = new Watchdog(made::active, this::replace);
    watchdog.setTick(Watchdog.tick(hooks.hooks().values()));
    var loops = new HostLoops();
    daemon(() -> endWith(loops), "end-of-loops").start();
    watchdog.start(loops);
    send(hooks.ready());
  }

  /** Sends the reports of calls that have not ended. */
  private final class Reports implements CallReports {

    @Override
    public void remarked(HookWarning remark) {
      send(new ProcessMessage.Remarked(remark));
    }

    @Override
    public void sighted(Call call, long token, LogSighting sighting) {
      // The token of a claim is the number of its assignment here.
      send(new ProcessMessage.Sighted(token, call.hook().id(), sighting));
    }

    @Override
    public void damaged(ReadReport report, List<String> hooks) {
      send(new ProcessMessage.Damaged(report, hooks));
    }

    @Override
    public void hung(String hook, @Nullable Path directory) {
      // The message that ends the assignment reports this.
    }
  }

  /** Sends a message to the host. */
  void send(ProcessMessage message) {
    try {
      connection.send(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a message of the host. */
  void take(Message message) {
    if (message instanceof HostMessage.Assigned assigned) {
      threads.execute(() -> make(assigned));
    } else if (message instanceof HostMessage.Cancel) {
      isCancelled.set(true);
    } else if (message instanceof HostMessage.Bye) {
      daemon(this::end, "end").start();
    }
  }

  private void end() {
    var hooks = loaded.get();
    if (hooks != null) {
      hooks.catalog().close();
    }
    // The main thread ends the process then. Halting while it waits in the system's code would take
    // the JVM 300 ms longer.
    connection.close();
  }

  private void make(HostMessage.Assigned assigned) {
    long number = assigned.number();
    var directory = assigned.directory();
    try {
      if (directory == null) {
        var open = OpenAssignment.atExit();
        exits.put(open, number);
        finish(number, calls().exit(open, hook(assigned.calls().get(0).hook())));
      } else {
        calls().make(assignment(assigned, directory)).forEach(ended -> finish(number, ended));
      }
      send(new ProcessMessage.Over(number, ""));
    } catch (GivenUpError e) {
      // Another thread reports its calls.
    } catch (Throwable e) {
      fail(e);
    }
  }

  private Assignment assignment(HostMessage.Assigned assigned, Path directory) {
    var attempts =
        assigned.calls().stream()
            .collect(Collectors.toMap(AssignedCall::hook, AssignedCall::attempt));
    var window = assigned.window();
    var batch =
        window == null
            ? Batch.of(assigned.batch(), directory, assigned.generation(), assigned.names())
            : Batch.ofWindow(assigned.batch(), directory, window);
    var hooks = assigned.calls().stream().map(each -> hook(each.hook())).toList();
    return new Assignment(hooks, new Claim(batch, assigned.number(), attempts));
  }

  private static void endWith(HostLoops loops) {
    if (loops.awaitFailure()) {
      Runtime.getRuntime().halt(EXIT_BROKEN);
    }
  }

  /** Ends the process, since the host would wait for a result that never comes. */
  private static void fail(Throwable e) {
    try {
      LOG.error("A call ended without a result.", e);
    } finally {
      Runtime.getRuntime().halt(EXIT_BROKEN);
    }
  }

  private Calls calls() {
    return Objects.requireNonNull(calls.get(), "a call before the hooks were made");
  }

  private CalledHook hook(String id) {
    var hooks = Objects.requireNonNull(loaded.get(), "a call before the hooks were made");
    return Objects.requireNonNull(hooks.hooks().get(id), id);
  }

  /** A thread hangs in a hook: another one reports its calls, and this process takes no more. */
  private void replace(OpenAssignment given, OpenCall hung) {
    var assignment = given.assignment();
    long number =
        assignment == null ? Objects.requireNonNull(exits.get(given)) : assignment.claim().token();
    threads.execute(
        () -> {
          try {
            calls().continueAfter(given, hung, ended -> finish(number, ended));
            send(new ProcessMessage.Over(number, hung.call().hook().id()));
          } catch (GivenUpError e) {
            // The next thread reports them.
          } catch (Throwable e) {
            fail(e);
          }
        });
  }

  private void finish(long number, EndedCall ended) {
    var hook = ended.call().hook().id();
    try {
      if (ended.hasSucceeded()) {
        ended.staged().forEachPart(part -> send(new ProcessMessage.Written(number, hook, part)));
      }
      ended.staged().discard();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    send(new ProcessMessage.Ended(number, hook, ended.ending()));
  }
}
