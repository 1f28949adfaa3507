package io.longline.host.cli;

import io.longline.host.app.HookHost;
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

  private final CommandIo io;
  private final String drained;
  private final CountDownLatch ended = new CountDownLatch(1);
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

  /** Has signals end this host from now on; one may have come before. */
  void use(HookHost running) {
    host.set(running);
    if (leavesQueue()) {
      running.stopQueue();
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
