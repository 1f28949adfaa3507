package io.longline.host.cli;

import io.longline.host.concurrent.HostThread;
import io.longline.host.concurrent.Uninterruptibly;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The end of the process, which libraries of plugins take part in: their shutdown hooks have {@link
 * #LIMIT} from the moment at which everything of the host is closed; and if they end the process
 * themselves, its exit code is never 0. Thread-safe.
 */
public final class ProcessEnd {

  /** How long the shutdown hooks of libraries may take. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private final CommandIo io;

  /** Whether the host ends the process. */
  private final AtomicBoolean isOurs = new AtomicBoolean();

  private ProcessEnd(CommandIo io) {
    this.io = io;
  }

  /**
   * From now on the process does not end with 0 if somebody else ends it.
   *
   * @param io receives messages
   */
  public static ProcessEnd of(CommandIo io) {
    var end = new ProcessEnd(io);
    Runtime.getRuntime().addShutdownHook(new HostThread(end::look, "end-of-process"));
    return end;
  }

  private void look() {
    if (isOurs.get() || isSignal()) {
      return;
    }
    try {
      io.err()
          .println(
              "longline: code of a plugin has ended the process (System.exit). What is not done stays in the ledger, for the next start. Run that plugin in a process of its own, or remove it.");
    } finally {
      Runtime.getRuntime().halt(ExitCode.PROBLEMS);
    }
  }

  /** Whether the JVM handles a signal that ends it, such as SIGHUP, and knows the exit code. */
  private static boolean isSignal() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().matches("SIG(HUP|INT|TERM) handler"));
  }

  /** Has the process end with this code after a while, however far the others are then. */
  public void limit(int code) {
    isOurs.set(true);
    try {
      new HostThread(() -> halt(code), "halt").start();
    } catch (OutOfMemoryError e) {
      // There is no room for another thread.
      Runtime.getRuntime().halt(code);
    }
  }

  private void halt(int code) {
    try {
      var unused = Uninterruptibly.pause(new CountDownLatch(1), LIMIT.toMillis());
      io.err()
          .println(
              "longline: a library of a plugin keeps the process from ending (by a shutdown hook); it is ended after "
                  + LIMIT.toSeconds()
                  + " s.");
    } finally {
      Runtime.getRuntime().halt(code);
    }
  }
}
