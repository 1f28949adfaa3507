package io.longline.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.host.app.HookHost;
import io.longline.host.concurrent.HostThread;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The signals that end a host: SIGTERM and SIGINT leave the queue, SIGUSR1 and SIGUSR2 finish it,
 * and a second SIGTERM or SIGINT ends the process at once. Thread-safe.
 */
final class EndSignals {

  /** How long a host that cannot go on may take to be closed. */
  private static final Duration BROKEN_LIMIT = Duration.ofSeconds(30);

  private static final long LOOK_MILLIS = 100;

  private static final byte[] LAST_WORDS =
      ("longline: the host cannot go on, most likely for want of memory, and could not be closed in "
              + BROKEN_LIMIT.toSeconds()
              + " s; stopping at once. What is not done stays in the ledger, for the next start.\n")
          .getBytes(UTF_8);

  /** Standard error, by a way that needs no memory. */
  private final OutputStream lastResort = new FileOutputStream(FileDescriptor.err);

  private final CommandIo io;
  private final String drained;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicReference<@Nullable HookHost> host = new AtomicReference<>();

  /** The first signal that came; one that leaves the queue replaces one that does not. */
  private final AtomicReference<SignalSource.@Nullable Name> signal = new AtomicReference<>();

  /**
   * Listens from now on, including while the plugins are loaded, which may take a while.
   *
   * @param drained what is finished after SIGUSR1, for people
   */
  EndSignals(CommandIo io, String drained) {
    this.io = io;
    this.drained = drained;
    io.signals().listen(this::onSignal);
  }

  private void onSignal(SignalSource.Name name) {
    var first = signal.getAndUpdate(before -> before == null || name.leavesQueue() ? name : before);
    if (!name.leavesQueue()) {
      io.err().println("longline: SIG" + name + ": taking nothing new, finishing " + drained + ".");
    } else if (first == null || !first.leavesQueue()) {
      io.err()
          .println(
              "longline: SIG" + name + ": finishing what runs. Send it again to stop at once.");
      var running = host.get();
      if (running != null) {
        running.stopQueue();
      }
    } else {
      io.err().println("longline: SIG" + name + " again: stopping at once.");
      Runtime.getRuntime().halt(ExitCode.SIGNAL + name.number());
    }
    ended.countDown();
  }

  /**
   * Has signals end this host from now on; one may have come before. The waiting also ends when the
   * host cannot go on.
   */
  void use(HookHost running) {
    host.set(running);
    new HostThread(() -> awaitFailure(running), "end-of-broken-host").start();
    if (leavesQueue()) {
      running.stopQueue();
    }
  }

  /**
   * Has the command close its host when that cannot go on, and ends the process if it hangs; there
   * may be no memory, so this thread is started before.
   */
  private void awaitFailure(HookHost running) {
    if (!running.awaitFailure()) {
      return;
    }
    ended.countDown();
    long start = System.nanoTime();
    while (closed.getCount() > 0 && System.nanoTime() - start < BROKEN_LIMIT.toNanos()) {
      try {
        // Unlike a latch, this needs no memory.
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        // Nobody ends this thread by an interrupt.
      }
    }
    if (closed.getCount() > 0) {
      halt();
    }
  }

  private void halt() {
    try {
      lastResort.write(LAST_WORDS);
    } catch (IOException e) {
      // The exit code says it too.
    } finally {
      Runtime.getRuntime().halt(ExitCode.PROBLEMS);
    }
  }

  /** The signal that came; null if none came. */
  SignalSource.@Nullable Name signal() {
    return signal.get();
  }

  boolean leavesQueue() {
    var name = signal.get();
    return name != null && name.leavesQueue();
  }

  /** Records that the host is closed. */
  void closed() {
    closed.countDown();
  }

  /** Ends the waiting without a signal. */
  void end() {
    ended.countDown();
  }

  /** Waits for a signal, or {@link #end}. */
  void await() throws InterruptedException {
    ended.await();
  }

  /**
   * Waits for a signal, or {@link #end}, or this long.
   *
   * @return whether one came
   */
  boolean await(Duration atMost) throws InterruptedException {
    return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The exit code of a host whose queue a signal left; the other one if none did. */
  int exitCode(int otherwise) {
    var name = signal.get();
    return name != null && name.leavesQueue() ? ExitCode.SIGNAL + name.number() : otherwise;
  }
}
