package io.longline.host.isolation;

import io.longline.host.plugins.PluginProcesses.NoProcessException;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running worker: a JVM with the hooks of one plugin, and the socket to it. Thread-safe. It ends
 * when the socket does, so also when this process is killed.
 */
final class WorkerProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

  /** A worker says every second that it is there; without that it is taken for stuck. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private static final File NOTHING = new File("/dev/null");

  /** Starting a process takes some ten descriptors; others may open files meanwhile. */
  private static final int DESCRIPTORS = 32;

  /** Held while a process is started. */
  private static final Object STARTING = new Object();

  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final String plugin;
  private final Process process;
  private final Connection connection;
  private final LastWords words;
  private final Thread printing;
  private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
  private final CompletableFuture<Message.Ready> ready = new CompletableFuture<>();
  private volatile long heardNanos = System.nanoTime();
  private volatile boolean isSpent;
  private volatile boolean isDead;

  /** Whether all calls that it was asked for have been told of its death. */
  private volatile boolean hasEnded;

  private volatile @Nullable String killedFor;

  /** A call that is being made. */
  private static final class Pending {
    final CallListener listener;
    final List<Message.Ended> ended = new ArrayList<>();
    final CompletableFuture<List<Message.Ended>> over = new CompletableFuture<>();

    /** Whether another call was being made at some time of it. */
    volatile boolean hadCompany;

    Pending(CallListener listener) {
      this.listener = listener;
    }
  }

  private WorkerProcess(
      String plugin, Process process, Connection connection, LastWords words, Thread printing) {
    this.plugin = plugin;
    this.process = process;
    this.connection = connection;
    this.words = words;
    this.printing = printing;
  }

  /**
   * Starts a worker and waits until it has made its hooks.
   *
   * @param command the JVM's command line, to which the socket is added
   * @param socket where to make the socket
   * @param log takes the lines that it prints
   * @throws IOException if it does not get so far; the message says why, with its last words
   */
  static WorkerProcess start(
      List<String> command,
      Path socket,
      Message.Hello hello,
      Consumer<String> log,
      UnaryOperator<String> mask)
      throws IOException {
    var full = new ArrayList<>(command);
    full.add(socket.toString());
    var words = new LastWords(log, mask);
    try (var server = listen(socket)) {
      var process = start(full);
      var printing =
          new Thread(
              () -> words.readAll(process.getInputStream()), "worker-" + hello.plugin() + "-log");
      printing.setDaemon(true);
      printing.start();
      try {
        var unused = process.onExit().thenRun(() -> close(server));
        unused =
            new CompletableFuture<@Nullable Void>()
                .completeOnTimeout(null, hello.loadLimit().toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(() -> close(server));
        var channel = server.accept();
        var worker =
            new WorkerProcess(
                hello.plugin(),
                process,
                new Connection(channel, "worker-" + hello.plugin()),
                words,
                printing);
        worker.begin(hello);
        return worker;
      } catch (ClosedChannelException e) {
        process.destroyForcibly();
        join(printing);
        throw new IOException(
            (e instanceof AsynchronousCloseException && process.isAlive()
                    ? "it did not connect in " + hello.loadLimit().toSeconds() + " s"
                    : "it ended")
                + said(words.text()),
            e);
      } catch (IOException | RuntimeException e) {
        process.destroyForcibly();
        throw e;
      }
    } finally {
      Files.deleteIfExists(socket);
    }
  }

  private static ServerSocketChannel listen(Path socket) throws NoProcessException {
    try {
      var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        return server.bind(UnixDomainSocketAddress.of(socket));
      } catch (IOException e) {
        server.close();
        throw e;
      }
    } catch (IOException e) {
      throw NoProcessException.noRoom(e);
    }
  }

  private static Process start(List<String> command) throws NoProcessException {
    synchronized (STARTING) {
      try {
        checkDescriptors();
        return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(NOTHING))
            .start();
      } catch (IOException e) {
        throw NoProcessException.noRoom(e);
      }
    }
  }

  /**
   * Makes sure that there are descriptors for another process. JDK 17 must not find out by itself:
   * if it cannot make the pipes, it closes descriptor 0, whatever that is by then; an output or the
   * ledger, if it happened before (seen with strace).
   */
  private static void checkDescriptors() throws IOException {
    var opened = new ArrayList<InputStream>();
    try {
      for (int i = 0; i < DESCRIPTORS; i++) {
        opened.add(new FileInputStream(NOTHING));
      }
    } finally {
      for (var each : opened) {
        each.close();
      }
    }
  }

  private static void close(ServerSocketChannel server) {
    try {
      server.close();
    } catch (IOException e) {
      // Whoever waits for it finds out.
    }
  }

  private static String said(String words) {
    return words.isEmpty() ? "; it said nothing." : "; its last words:\n" + words;
  }

  private static void join(Thread printing) {
    try {
      // A process that it has left behind may hold its output open.
      printing.join(LAST_WORDS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin(Message.Hello hello) throws IOException {
    var reader = new Thread(this::listen, "worker-" + plugin + "-reader");
    reader.setDaemon(true);
    reader.start();
    connection.send(hello);
    try {
      ready.get(hello.loadLimit().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      close();
      throw new IOException(
          "its hooks were not made after "
              + hello.loadLimit().toSeconds()
              + " s. Move slow work from static initialisers and constructors into process().",
          e);
    } catch (ExecutionException e) {
      close();
      var cause = e.getCause();
      throw new IOException(String.valueOf(cause == null ? e : cause.getMessage()), e);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new IOException("waiting for it was interrupted.", e);
    }
  }

  /** What it has said of itself. */
  Message.Ready ready() {
    return ready.join();
  }

  /** Whether it should get no more calls. */
  boolean isSpent() {
    return isSpent || isDead;
  }

  private void listen() {
    String reason = null;
    try {
      connection.readAll(this::take);
    } catch (IOException | RuntimeException | Error e) {
      reason = "it did not keep to the protocol: " + e.getMessage();
      LOG.debug("What the worker of {} sent was not understood.", plugin, e);
    }
    isDead = true;
    connection.close();
    if (reason != null && killedFor == null) {
      killedFor = reason;
    }
    var end = describeEnd();
    ready.completeExceptionally(new IOException(end));
    boolean wasAlone = pending.size() == 1;
    pending
        .values()
        .forEach(
            each ->
                each.over.completeExceptionally(
                    new WorkerDiedException(end, true, wasAlone && !each.hadCompany)));
    hasEnded = true;
  }

  private String describeEnd() {
    var reason = killedFor;
    try {
      if (!process.waitFor(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        process.waitFor(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    join(printing);
    var how =
        reason != null
            ? "The plugin's process was ended, since " + reason
            : process.isAlive()
                ? "The plugin's process closed its connection"
                : "The plugin's process ended with exit code " + process.exitValue();
    return how + said(words.text());
  }

  private void take(Message message) {
    heardNanos = System.nanoTime();
    if (message instanceof Message.Ready hooks) {
      ready.complete(hooks);
    } else if (message instanceof Message.Written written) {
      var call = pending.get(written.assignment());
      if (call != null) {
        call.listener.wrote(written.hook(), written.part());
      }
    } else if (message instanceof Message.Remarked remark) {
      pending.values().stream()
          .findFirst()
          .ifPresent(call -> call.listener.remarked(remark.warning()));
    } else if (message instanceof Message.Damaged damaged) {
      pending.values().stream()
          .findFirst()
          .ifPresent(call -> call.listener.damaged(damaged.report(), damaged.hooks()));
    } else if (message instanceof Message.Ended ended) {
      var call = pending.get(ended.assignment());
      if (call != null) {
        call.ended.add(ended);
      }
    } else if (message instanceof Message.Over over) {
      isSpent |= !over.hungIn().isEmpty();
      var call = pending.remove(over.assignment());
      if (call != null) {
        if (!over.hungIn().isEmpty()) {
          call.listener.hung(over.hungIn());
        }
        call.over.complete(call.ended);
      }
    }
  }

  /**
   * Makes a call.
   *
   * @return the results, one for each hook
   * @throws WorkerDiedException if the process ends meanwhile
   */
  List<Message.Ended> call(Message.Assigned call, CallListener listener)
      throws WorkerDiedException {
    var made = new Pending(listener);
    pending.put(call.number(), made);
    if (isSpent) {
      pending.remove(call.number());
      throw new WorkerDiedException("The plugin's process was about to end.", false, false);
    }
    if (pending.size() > 1) {
      pending.values().forEach(each -> each.hadCompany = true);
    }
    try {
      connection.send(call);
      return await(made);
    } catch (IOException e) {
      throw new WorkerDiedException(describeEnd(), false, false);
    } finally {
      pending.remove(call.number());
    }
  }

  private List<Message.Ended> await(Pending made) throws WorkerDiedException {
    boolean wasInterrupted = false;
    long heardBefore = heardNanos;
    int silent = 0;
    try {
      for (; ; ) {
        try {
          return made.over.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
          if (hasEnded && !made.over.isDone()) {
            // It had died when it was asked.
            throw new WorkerDiedException(describeEnd(), false, false);
          }
          // Counted, not measured: this process may have been stopped for a while itself.
          silent = heardNanos == heardBefore ? silent + 1 : 0;
          heardBefore = heardNanos;
          if (silent > SILENCE.toSeconds()) {
            kill("it gave no sign of life for " + SILENCE.toSeconds() + " s");
          }
        } catch (ExecutionException e) {
          if (e.getCause() instanceof WorkerDiedException died) {
            throw died;
          }
          throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
          wasInterrupted = true;
        }
      }
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Asks the hooks that run to end soon. */
  void cancel() {
    try {
      connection.send(new Message.Cancel());
    } catch (IOException e) {
      // Then nothing runs.
    }
  }

  private void kill(String reason) {
    killedFor = reason;
    var left = process.descendants().toList();
    process.destroyForcibly();
    left.forEach(ProcessHandle::destroyForcibly);
  }

  /** Ends the process when no call is made in it any more, or after this time. */
  void closeWhenIdle(Duration limit) {
    long start = System.nanoTime();
    try {
      // Calls that have just got it are still to be made known.
      if (process.waitFor(1, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      close();
      return;
    }
    while (!pending.isEmpty() && !isDead && System.nanoTime() - start < limit.toNanos()) {
      for (var call : pending.values()) {
        try {
          call.over.get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
          // It is looked at again.
        } catch (InterruptedException e) {
          close();
          return;
        }
      }
    }
    close();
  }

  /** Ends the process: when it has stopped the plugin, or at once if that takes long. */
  @Override
  public void close() {
    isSpent = true;
    // What its hooks have started; it cannot be told any more once it is gone.
    var left = process.descendants().toList();
    try {
      connection.send(new Message.Bye());
    } catch (IOException e) {
      // It is gone.
    }
    try {
      if (!process.waitFor(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      connection.close();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    left.forEach(ProcessHandle::destroyForcibly);
  }
}
