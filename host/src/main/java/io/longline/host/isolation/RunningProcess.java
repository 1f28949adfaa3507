package io.longline.host.isolation;

import io.longline.host.call.CallListener;
import io.longline.host.call.ProcessDiedException;
import io.longline.host.concurrent.HostThread;
import io.longline.host.event.Ending;
import io.longline.host.isolation.wire.Connection;
import io.longline.host.isolation.wire.HostMessage;
import io.longline.host.isolation.wire.Message;
import io.longline.host.isolation.wire.ProcessMessage;
import io.longline.host.plugins.PluginProcesses.NoProcessException;
import java.io.IOException;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running process of a plugin: a JVM with its hooks, and the socket to it. Thread-safe. It ends
 * when the socket does, so also when this process is killed.
 */
final class RunningProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunningProcess.class);

  /**
   * A process sends a sign of life every second; without one for this long it is considered hung.
   */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final String plugin;
  private final ChildJvm jvm;
  private final Connection connection;
  private final PendingAssignments pending = new PendingAssignments();
  private final CompletableFuture<ProcessMessage.Ready> ready = new CompletableFuture<>();
  private volatile long heardNanos = System.nanoTime();
  private volatile boolean isSpent;
  private volatile boolean isDead;

  /** Whether its death has been reported to everybody who waits for a call. */
  private volatile boolean hasEnded;

  private volatile @Nullable String killedFor;

  private RunningProcess(String plugin, ChildJvm jvm, Connection connection) {
    this.plugin = plugin;
    this.jvm = jvm;
    this.connection = connection;
  }

  /**
   * Starts a process and waits until it has made its hooks.
   *
   * @param command the JVM's command line, to which the socket is added
   * @param variables the environment variables that it gets
   * @param socket where to make the socket
   * @param log receives the lines that it prints, each after the id of the hook or plugin
   * @param mask masks secrets in them
   * @throws IOException if it does not get ready; the message says why, with its last words
   */
  static RunningProcess start(
      List<String> command,
      ProcessVariables variables,
      Path socket,
      HostMessage.Hello hello,
      BiConsumer<String, String> log,
      UnaryOperator<String> mask)
      throws IOException {
    var full = new ArrayList<>(command);
    full.add(socket.toString());
    try (var server = listen(socket)) {
      var jvm =
          ChildJvm.start(
              full,
              variables,
              "process-" + hello.plugin() + "-log",
              new LastWords(hello.plugin(), log, mask));
      try {
        var running = new RunningProcess(hello.plugin(), jvm, accept(server, jvm, hello));
        running.begin(hello);
        return running;
      } catch (ClosedChannelException e) {
        boolean isLate = e instanceof AsynchronousCloseException && jvm.isAlive();
        jvm.kill();
        jvm.awaitOutput();
        throw new IOException(
            (isLate ? "it did not connect in " + hello.loadLimit().toSeconds() + " s" : "it ended")
                + jvm.said(),
            e);
      } catch (IOException | RuntimeException e) {
        jvm.kill();
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

  /** Waits until the process connects, ends, or has taken too long. */
  private static Connection accept(
      ServerSocketChannel server, ChildJvm jvm, HostMessage.Hello hello) throws IOException {
    jvm.onExit(() -> close(server));
    var unused =
        new CompletableFuture<@Nullable Void>()
            .completeOnTimeout(null, hello.loadLimit().toMillis(), TimeUnit.MILLISECONDS)
            .thenRun(() -> close(server));
    return new Connection(server.accept(), "process-" + hello.plugin());
  }

  private static void close(ServerSocketChannel server) {
    try {
      server.close();
    } catch (IOException e) {
      // The thread that waits for it finds out.
    }
  }

  private void begin(HostMessage.Hello hello) throws IOException {
    new HostThread(this::listen, "process-" + plugin + "-reader").start();
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

  /** The answer of the process about its hooks. */
  ProcessMessage.Ready ready() {
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
      reason = "it violated the protocol: " + e.getMessage();
      LOG.debug("A message of the process of {} was not understood.", plugin, e);
    }
    try {
      isDead = true;
      connection.close();
      if (reason != null && killedFor == null) {
        killedFor = reason;
      }
      var end = describeEnd();
      ready.completeExceptionally(new IOException(end));
      pending.fail(end);
    } finally {
      // Also when memory is short: whoever waits for a call must not wait for this thread.
      hasEnded = true;
    }
  }

  private String describeEnd() {
    var reason = killedFor;
    if (!jvm.awaitExit(GOODBYE)) {
      jvm.kill();
      jvm.awaitExit(GOODBYE);
    }
    jvm.awaitOutput();
    var how =
        reason != null
            ? "The plugin's process was ended, since " + reason
            : jvm.isAlive()
                ? "The plugin's process closed its connection"
                : "The plugin's process ended with exit code " + jvm.exitCode();
    return how + jvm.said();
  }

  private void take(Message message) {
    heardNanos = System.nanoTime();
    if (message instanceof ProcessMessage.Ready hooks) {
      ready.complete(hooks);
    } else if (message instanceof ProcessMessage sent) {
      isSpent |= sent instanceof ProcessMessage.Over over && !over.hungIn().isEmpty();
      pending.take(sent);
    }
  }

  /**
   * Makes the calls of an assignment.
   *
   * @return how each call ended, by the hook's id
   * @throws CallNotBegunException if the process ends before
   * @throws ProcessDiedException if the process ends meanwhile
   */
  Map<String, Ending> make(HostMessage.Assigned assigned, CallListener listener)
      throws ProcessDiedException {
    var made = pending.add(assigned.number(), listener);
    if (isSpent) {
      pending.remove(assigned.number());
      throw new CallNotBegunException("The plugin's process was about to end.");
    }
    pending.markCompany();
    try {
      connection.send(assigned);
      return await(made);
    } catch (IOException e) {
      throw new CallNotBegunException(describeEnd());
    } finally {
      pending.remove(assigned.number());
    }
  }

  private Map<String, Ending> await(PendingAssignments.Pending made) throws ProcessDiedException {
    boolean wasInterrupted = false;
    long heardBefore = heardNanos;
    int silent = 0;
    try {
      for (; ; ) {
        try {
          return made.over().get(1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
          if (hasEnded && !made.over().isDone()) {
            // It died before it was asked.
            throw new CallNotBegunException(describeEnd());
          }
          // Counted, not measured: the host itself may have been stopped for a while.
          silent = heardNanos == heardBefore ? silent + 1 : 0;
          heardBefore = heardNanos;
          if (silent > SILENCE.toSeconds()) {
            kill("it gave no sign of life for " + SILENCE.toSeconds() + " s");
          }
        } catch (ExecutionException e) {
          if (e.getCause() instanceof ProcessDiedException died) {
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
      connection.send(new HostMessage.Cancel());
    } catch (IOException e) {
      // No call runs in that case.
    }
  }

  private void kill(String reason) {
    killedFor = reason;
    jvm.killWithDescendants();
  }

  /** Ends the process when no more calls are made in it, or after this time. */
  void closeWhenIdle(Duration limit) {
    long start = System.nanoTime();
    // Calls that have just received the process are not registered yet.
    if (jvm.awaitExit(Duration.ofSeconds(1))) {
      return;
    }
    try {
      while (!pending.isEmpty() && !isDead && System.nanoTime() - start < limit.toNanos()) {
        pending.awaitAWhile();
      }
    } catch (InterruptedException e) {
      LOG.debug("The process of {} is ended immediately.", plugin);
    }
    close();
  }

  /** Ends the process after it has stopped the plugin, or immediately if that takes long. */
  @Override
  public void close() {
    isSpent = true;
    // The processes that its hooks have started; they cannot be found once it is gone.
    var left = jvm.descendants();
    try {
      connection.send(new HostMessage.Bye());
    } catch (IOException e) {
      // The process has ended already.
    }
    if (!jvm.awaitExit(GOODBYE)) {
      jvm.kill();
    }
    connection.close();
    left.forEach(ProcessHandle::destroyForcibly);
  }
}
