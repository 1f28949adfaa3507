package io.longline.host.work;

import io.longline.api.HookWarning;
import io.longline.host.isolation.Connection;
import io.longline.host.isolation.Message;
import io.longline.host.ledger.Batch;
import io.longline.host.ledger.Claim;
import io.longline.host.output.StagedOutputs;
import io.longline.host.plugins.HookDescription;
import io.longline.host.plugins.InstalledHook;
import io.longline.host.plugins.PluginCatalog;
import io.longline.host.settings.SecretMask;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingSpec;
import io.longline.zeek.ReadReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker: a process with the hooks of one plugin, which makes the calls that the host asks for,
 * by the same code that makes them in the host. It ends when the host closes the socket, or is
 * gone.
 */
public final class IsolatedWorker {

  private static final Logger LOG = LoggerFactory.getLogger(IsolatedWorker.class);

  /** So many threads are a flood, which would drown other programs on the machine too. */
  private static final int MAX_THREADS = 2_000;

  private static final int EXIT_BROKEN = 96;
  private static final int EXIT_FLOODED = 97;
  private static final int EXIT_NOT_CONNECTED = 98;
  private static final long ALIVE_MILLIS = 1_000;
  private static final long LOOK_MILLIS = 50;

  private final Connection connection;
  private final Message.Hello hello;
  private final Map<String, InstalledHook> hooks = new LinkedHashMap<>();

  /** The numbers of calls at EXIT, which have no batch that says it. */
  private final Map<OpenAssignment, Long> exits = new ConcurrentHashMap<>();

  private final AtomicReference<@Nullable HookRunner> runner = new AtomicReference<>();
  private final AtomicReference<@Nullable PluginCatalog> catalog = new AtomicReference<>();
  private final AtomicBoolean isCancelled = new AtomicBoolean();

  /** As many threads as there are calls at once, and some that hang. */
  private final ExecutorService calls = Executors.newCachedThreadPool(task -> daemon(task, "call"));

  private IsolatedWorker(Connection connection, Message.Hello hello) {
    this.connection = connection;
    this.hello = hello;
  }

  /**
   * Serves until the host is gone.
   *
   * @param args the socket
   */
  public static void main(String[] args) {
    int code = 0;
    ignoreSignals();
    try {
      var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel.connect(UnixDomainSocketAddress.of(Path.of(args[0])));
      var connection = new Connection(channel, "host");
      if (connection.read() instanceof Message.Hello hello) {
        var worker = new IsolatedWorker(connection, hello);
        worker.start("loader", worker::load);
        worker.start("alive", worker::sayAlive);
        connection.readAll(worker::take);
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("The host cannot be understood: {}", e.toString());
      code = EXIT_NOT_CONNECTED;
    }
    // Whatever hooks have left running ends too.
    Runtime.getRuntime().halt(code);
  }

  /**
   * A signal to the whole group, Ctrl-C say, is for the host to heed. By reflection, since the
   * compiler warns of {@code sun.misc.Signal} without a way to say that it is meant.
   */
  private static void ignoreSignals() {
    try {
      var signalType = Class.forName("sun.misc.Signal");
      var handlerType = Class.forName("sun.misc.SignalHandler");
      var ignore = handlerType.getField("SIG_IGN").get(null);
      for (var name : List.of("INT", "TERM", "HUP")) {
        var signal = signalType.getConstructor(String.class).newInstance(name);
        signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, ignore);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.debug("Signals cannot be ignored here.", e);
    }
  }

  private Thread start(String name, Runnable work) {
    var thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void send(Message message) {
    try {
      connection.send(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sayAlive() {
    var group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    try {
      for (long at = 0; ; at += LOOK_MILLIS) {
        if (group.activeCount() > MAX_THREADS) {
          LOG.error("There are more than {} threads; the process ends itself.", MAX_THREADS);
          Runtime.getRuntime().halt(EXIT_FLOODED);
        }
        if (at % ALIVE_MILLIS == 0) {
          send(new Message.Alive());
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void load() {
    var loaded = PluginCatalog.load(hello.jars(), hello.loadLimit());
    catalog.set(loaded);
    var reader = new SettingReader(SettingSources.found(hello.written(), hello.environment()));
    var secrets = new ArrayList<String>();
    var descriptions = new ArrayList<HookDescription>();
    var options = hello.options();
    for (var hook : loaded.hooks()) {
      if (!hook.pluginId().equals(hello.plugin())) {
        continue;
      }
      descriptions.add(
          new HookDescription(
              hook.id(),
              hook.pluginVersion(),
              hook.sites(),
              hook.maxConcurrency(),
              hook.interest(),
              hook.declared().settings().stream().map(SettingSpec::key).toList()));
      var made = hook.declared().bind("plugins." + hello.plugin() + ".settings", reader, secrets);
      if (made != null) {
        hooks.put(
            hook.id(),
            hook.configured(
                options.concurrency(), made, options.outputFolder(), options.timeout()));
      }
    }
    var made =
        new HookRunner(
            () -> StagedOutputs.in(hello.staging()),
            options.extracted(),
            new Reports(),
            Clock.system(ZoneId.of(options.zone())),
            System::nanoTime,
            isCancelled::get,
            new SecretMask(secrets),
            options.workers(),
            task -> daemon(task, "scan-helper"));
    runner.set(made);
    var watchdog = new Watchdog(made::active, this::replace);
    watchdog.setTick(Watchdog.tick(hooks.values()));
    watchdog.start(task -> daemon(task, "watchdog"));
    send(
        new Message.Ready(
            descriptions,
            loaded.problems().stream()
                .filter(problem -> problem.plugin().equals(hello.plugin()))
                .toList(),
            reader.problems(),
            secrets));
  }

  private static Thread daemon(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private HookRunner runner() {
    return Objects.requireNonNull(runner.get(), "a call before the hooks were made");
  }

  /** Sends what calls report before they end. */
  private final class Reports implements CallReports {

    @Override
    public void remarked(HookWarning remark) {
      send(new Message.Remarked(remark));
    }

    @Override
    public void damaged(ReadReport report, List<String> hookIds) {
      send(new Message.Damaged(report, hookIds));
    }

    @Override
    public void hung(String hook, @Nullable Path directory) {
      // The message that ends the assignment says so.
    }
  }

  private void take(Message message) {
    if (message instanceof Message.Assigned assigned) {
      calls.execute(() -> make(assigned));
    } else if (message instanceof Message.Cancel) {
      isCancelled.set(true);
    } else if (message instanceof Message.Bye) {
      start("end", this::end);
    }
  }

  private void end() {
    var loaded = catalog.get();
    if (loaded != null) {
      loaded.close();
    }
    // The main thread ends the process then. Halting while it waits in the system's code would take
    // the JVM 300 ms longer.
    connection.close();
  }

  private void make(Message.Assigned assigned) {
    long number = assigned.number();
    var directory = assigned.directory();
    try {
      if (directory == null) {
        var open = OpenAssignment.atExit();
        exits.put(open, number);
        finish(number, runner().exit(open, hook(assigned.calls().get(0).id())));
      } else {
        runner().process(assignment(assigned, directory)).forEach(ended -> finish(number, ended));
      }
      send(new Message.Over(number, ""));
    } catch (GivenUpError e) {
      // Another thread reports its calls.
    } catch (Throwable e) {
      fail(e);
    }
  }

  private Assignment assignment(Message.Assigned assigned, Path directory) {
    var attempts = new LinkedHashMap<String, Integer>();
    assigned.calls().forEach(each -> attempts.put(each.id(), each.attempt()));
    var batch = Batch.of(assigned.batch(), directory, assigned.generation(), assigned.names());
    var hooks = assigned.calls().stream().map(each -> hook(each.id())).toList();
    return new Assignment(hooks, new Claim(batch, assigned.number(), attempts));
  }

  /** The host waits for what cannot be told any more: it finds out by the end of the process. */
  private static void fail(Throwable e) {
    LOG.error("A call ended without being told.", e);
    Runtime.getRuntime().halt(EXIT_BROKEN);
  }

  private InstalledHook hook(String id) {
    return Objects.requireNonNull(hooks.get(id), id);
  }

  /** A thread hangs in a hook: its calls are told by another, and this process is spent. */
  private void replace(OpenAssignment given, OpenCall hung) {
    var assignment = given.assignment();
    long number =
        assignment == null ? Objects.requireNonNull(exits.get(given)) : assignment.claim().token();
    calls.execute(
        () -> {
          try {
            runner().continueAfter(given, hung, finished -> finish(number, finished));
            send(new Message.Over(number, hung.call().hook().id()));
          } catch (GivenUpError e) {
            // The next one tells of it.
          } catch (Throwable e) {
            fail(e);
          }
        });
  }

  private void finish(long number, EndedCall call) {
    var hook = call.call().hook().id();
    try {
      if (call.hasSucceeded()) {
        call.staged().forEachPart(part -> send(new Message.Written(number, hook, part)));
      }
      call.staged().discard();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    send(new Message.Ended(number, hook, call.ending()));
  }
}
