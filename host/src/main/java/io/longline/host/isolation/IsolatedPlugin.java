package io.longline.host.isolation;

import io.longline.host.plugins.PluginProcesses.JarCopy;
import io.longline.host.plugins.PluginProcesses.NoProcessException;
import io.longline.host.settings.WrittenValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin in a process of its own. The process is started when the plugin is loaded, used for all
 * calls, and replaced by a fresh one when it dies or a hook hangs in it. Thread-safe.
 */
public final class IsolatedPlugin implements AutoCloseable {

  /** The host's folder for copies of jars and sockets; made anew if somebody has removed it. */
  @FunctionalInterface
  interface PrivateFolder {
    Path get() throws IOException;
  }

  /** How a plugin's process is started. */
  public record Launch(
      List<String> command,
      PrivateFolder folder,
      Map<String, WrittenValue> written,
      Map<String, String> environment,
      Message.CallOptions options,
      Path staging,
      Duration loadLimit,
      UnaryOperator<String> mask) {}

  /** A process may die between two calls, more than once with bad luck. */
  private static final int MAX_TRIES = 3;

  /** Of all plugins, since each socket has a name of its own. */
  private static final AtomicLong STARTS = new AtomicLong();

  private final String id;
  private final List<JarCopy> jars;
  private final Launch launch;
  private final Logger log;
  private final AtomicLong calls = new AtomicLong();

  /** Calls hold it to read; one that must be alone in the process, to write. */
  private final ReentrantReadWriteLock company = new ReentrantReadWriteLock();

  private @Nullable WorkerProcess current;
  private boolean isClosed;

  IsolatedPlugin(String id, List<JarCopy> jars, Launch launch) {
    this.id = id;
    this.jars = List.copyOf(jars);
    this.launch = launch;
    // What a hook prints in a thread of the host goes to such a logger too.
    this.log = LoggerFactory.getLogger("hook." + id);
  }

  /**
   * Starts the process.
   *
   * @throws IOException if it does not get ready; the message says why
   */
  Message.Ready start() throws IOException {
    return worker().ready();
  }

  /** The process that takes calls; a fresh one if the last is not to be used any more. */
  private synchronized WorkerProcess worker() throws IOException {
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
    var hello =
        new Message.Hello(
            Message.VERSION,
            id,
            jars,
            launch.written(),
            launch.environment(),
            launch.options(),
            launch.staging(),
            launch.loadLimit());
    var socket = folder().resolve("worker-" + STARTS.incrementAndGet());
    var fresh = WorkerProcess.start(launch.command(), socket, hello, log::info, launch.mask());
    current = fresh;
    return fresh;
  }

  /** The host's folder, with the copies of the jars in it. */
  private Path folder() throws NoProcessException {
    try {
      var folder = launch.folder().get();
      for (var jar : jars) {
        jar.restore();
      }
      return folder;
    } catch (IOException e) {
      throw NoProcessException.noFolder(e);
    }
  }

  /** Calls that are being made in it end first, unless they take too long. */
  private void retire(WorkerProcess spent) {
    var thread = new Thread(() -> spent.closeWhenIdle(launch.options().timeout()), "worker-end");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Has hooks called.
   *
   * @param hooks which, together
   * @param isAlone whether no other call may be made in the process meanwhile
   * @throws WorkerDiedException if the process ends meanwhile, or cannot be started
   */
  public List<Message.Ended> call(
      List<Message.HookCall> hooks,
      long batch,
      @Nullable Path directory,
      int generation,
      List<String> names,
      boolean isAlone,
      CallListener listener)
      throws WorkerDiedException {
    var call =
        new Message.Assigned(
            calls.incrementAndGet(), new ArrayList<>(hooks), batch, directory, generation, names);
    var lock = isAlone ? company.writeLock() : company.readLock();
    lock.lock();
    try {
      for (int tries = 1; ; tries++) {
        try {
          return worker().call(call, listener);
        } catch (WorkerDiedException e) {
          if (e.wasAsked() || tries == MAX_TRIES) {
            throw e;
          }
        }
      }
    } catch (IOException e) {
      throw WorkerDiedException.notStarted(e);
    } finally {
      lock.unlock();
    }
  }

  /** Asks the hooks that run to end soon. */
  public synchronized void cancel() {
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
  }
}
