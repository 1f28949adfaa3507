package io.longline.host.isolation;

import io.longline.host.call.Call;
import io.longline.host.call.CallListener;
import io.longline.host.call.ProcessDiedException;
import io.longline.host.concurrent.HostThread;
import io.longline.host.event.Ending;
import io.longline.host.event.Ending.Blame;
import io.longline.host.files.FileAccess;
import io.longline.host.isolation.wire.HostMessage;
import io.longline.host.isolation.wire.HostMessage.AssignedCall;
import io.longline.host.isolation.wire.Message;
import io.longline.host.isolation.wire.ProcessMessage;
import io.longline.host.ledger.Batch;
import io.longline.host.plugins.HookThread;
import io.longline.host.plugins.PluginCatalog;
import io.longline.host.plugins.PluginProcesses.JarCopy;
import io.longline.host.plugins.PluginProcesses.NoProcessException;
import io.longline.host.plugins.PrivateFolder;
import io.longline.host.settings.SecretMask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A plugin in a process of its own. The process is started when the plugin is loaded, used for all
 * calls, and replaced by a fresh one when it dies or a hook hangs in it. Thread-safe.
 */
final class IsolatedPlugin implements AutoCloseable {

  /** A process may die between two calls, more than once with bad luck. */
  private static final int MAX_TRIES = 3;

  /** Counts the starts of all plugins, since each socket has a name of its own. */
  private static final AtomicLong STARTS = new AtomicLong();

  private final String id;

  /** Names its files in the private folder. */
  private final String name;

  private final List<JarCopy> jars;
  private final ProcessLaunch launch;
  private final PrivateFolder folder;
  private final SecretMask secrets;
  private final AtomicLong assignments = new AtomicLong();

  /** Calls hold the read lock; a call that must be alone in the process holds the write lock. */
  private final ReentrantReadWriteLock company = new ReentrantReadWriteLock();

  private @Nullable RunningProcess current;
  private boolean isClosed;

  IsolatedPlugin(
      String id,
      long number,
      List<JarCopy> jars,
      ProcessLaunch launch,
      PrivateFolder folder,
      SecretMask secrets) {
    this.id = id;
    this.name = id + "-" + number;
    this.jars = List.copyOf(jars);
    this.launch = launch;
    this.folder = folder;
    this.secrets = secrets;
  }

  /**
   * Starts the process.
   *
   * @throws IOException if it does not get ready; the message says why
   */
  ProcessMessage.Ready start() throws IOException {
    var ready = process().ready();
    secrets.add(ready.secrets());
    return ready;
  }

  /** The process that takes calls; a fresh one if the last one must no longer be used. */
  private synchronized RunningProcess process() throws IOException {
    if (isClosed) {
      throw new IOException("the host is closing.");
    }
    var known = current;
    if (known != null && !known.isSpent()) {
      return known;
    }
    if (known != null) {
      current = null;
      retire(known);
    }
    var socket = restoredFolder().resolve("process-" + STARTS.incrementAndGet());
    var fresh =
        RunningProcess.start(
            command(),
            new ProcessVariables(launch.variables()),
            socket,
            hello(),
            (printing, line) -> HookThread.logger(printing).info(line),
            secrets::masked);
    current = fresh;
    return fresh;
  }

  private HostMessage.Hello hello() {
    return new HostMessage.Hello(
        Message.VERSION,
        id,
        jars,
        launch.written(),
        launch.environment(),
        launch.options(),
        folder.resolve(staging()),
        PluginCatalog.LOAD_LIMIT);
  }

  private List<String> command() {
    var command = new ArrayList<>(launch.command());
    // The JVM's crash report; its first lines are printed as well.
    command.add(1, "-XX:ErrorFile=" + folder.resolve(name + ".crash"));
    return command;
  }

  private String staging() {
    return name + ".staging";
  }

  /** The host's folder, with the copies of the jars in it. */
  private Path restoredFolder() throws NoProcessException {
    try {
      var path = folder.path();
      for (var jar : jars) {
        jar.restore();
      }
      // Whatever the umask of the process is.
      FileAccess.OWNER.makeFolders(path.resolve(staging()));
      return path;
    } catch (IOException e) {
      throw NoProcessException.noFolder(e);
    }
  }

  /** Ends the process; calls that are being made in it end first, unless they take too long. */
  private void retire(RunningProcess spent) {
    new HostThread(() -> spent.closeWhenIdle(launch.options().timeout()), "process-end").start();
  }

  /** Makes calls beside others. */
  Map<String, Ending> make(List<Call> calls, @Nullable Batch batch, CallListener listener)
      throws ProcessDiedException {
    company.readLock().lock();
    try {
      return makeNow(assigned(calls, batch), listener);
    } finally {
      company.readLock().unlock();
    }
  }

  /** Makes calls while no others are made. */
  Map<String, Ending> makeAlone(List<Call> calls, @Nullable Batch batch, CallListener listener)
      throws ProcessDiedException {
    company.writeLock().lock();
    try {
      return makeNow(assigned(calls, batch), listener);
    } finally {
      company.writeLock().unlock();
    }
  }

  private HostMessage.Assigned assigned(List<Call> calls, @Nullable Batch batch) {
    var assigned =
        calls.stream().map(call -> new AssignedCall(call.hook().id(), call.attempt())).toList();
    long number = assignments.incrementAndGet();
    return batch == null
        ? new HostMessage.Assigned(number, assigned, 0, null, 0, List.of())
        : new HostMessage.Assigned(
            number,
            assigned,
            batch.number(),
            batch.directory(),
            batch.generation(),
            batch.names(),
            batch.window());
  }

  private Map<String, Ending> makeNow(HostMessage.Assigned assigned, CallListener listener)
      throws ProcessDiedException {
    for (int tries = 1; ; tries++) {
      try {
        return process().make(assigned, listener);
      } catch (CallNotBegunException e) {
        if (tries == MAX_TRIES) {
          throw e;
        }
      } catch (IOException e) {
        throw new ProcessDiedException(
            "The plugin's process cannot be started: " + e.getMessage(),
            true,
            e instanceof NoProcessException ? Blame.HOST : Blame.HOOK);
      }
    }
  }

  /** Asks the calls that are being made to end soon. */
  synchronized void cancel() {
    if (current != null) {
      current.cancel();
    }
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    if (current != null) {
      current.close();
    }
    folder.removeNow(staging());
  }
}
