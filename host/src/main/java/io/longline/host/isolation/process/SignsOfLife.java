package io.longline.host.isolation.process;

import io.longline.host.concurrent.HostThread;
import io.longline.host.isolation.wire.ProcessMessage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the host a sign of life every second, and ends the process when hooks start too many
 * threads, which would harm other programs on the machine too. Runs on a thread of its own.
 */
final class SignsOfLife {

  private static final Logger LOG = LoggerFactory.getLogger(SignsOfLife.class);

  /** With more threads than this the process ends. */
  private static final int MAX_THREADS = 2_000;

  private static final int EXIT_FLOODED = 97;
  private static final long ALIVE_MILLIS = 1_000;
  private static final long LOOK_MILLIS = 50;

  private final Consumer<ProcessMessage> host;

  SignsOfLife(Consumer<ProcessMessage> host) {
    this.host = host;
  }

  void start() {
    new HostThread(this::sayAlive, "alive").start();
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
          host.accept(new ProcessMessage.Alive());
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
