package io.longline.host.isolation;

import io.longline.host.concurrent.HostThread;
import io.longline.host.plugins.PluginProcesses.NoProcessException;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that was started, and its output. Thread-safe. */
final class ChildJvm {

  private static final File NOTHING = new File("/dev/null");

  /** Starting a process takes about ten descriptors; other threads may open files meanwhile. */
  private static final int DESCRIPTORS = 32;

  /** Held while a process is started. */
  private static final Object STARTING = new Object();

  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final Process process;
  private final LastWords words;
  private final Thread printing;

  private ChildJvm(Process process, LastWords words, Thread printing) {
    this.process = process;
    this.words = words;
    this.printing = printing;
  }

  /**
   * Starts a JVM.
   *
   * @param variables the environment variables that it gets
   * @param logger the name of the thread that reads its output
   * @param words receives its output
   * @throws NoProcessException if this machine lacks memory or descriptors for it
   */
  static ChildJvm start(
      List<String> command, ProcessVariables variables, String logger, LastWords words)
      throws NoProcessException {
    var process = start(command, variables);
    var printing = new HostThread(() -> words.readAll(process.getInputStream()), logger);
    printing.start();
    return new ChildJvm(process, words, printing);
  }

  private static Process start(List<String> command, ProcessVariables variables)
      throws NoProcessException {
    synchronized (STARTING) {
      try {
        checkDescriptors();
        var builder =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(NOTHING));
        builder.environment().keySet().removeIf(name -> !variables.isPassed(name));
        return builder.start();
      } catch (IOException e) {
        throw NoProcessException.noRoom(e);
      }
    }
  }

  /**
   * Makes sure that there are descriptors for another process. JDK 17 must not run out of them: if
   * it cannot make the pipes, it closes descriptor 0, whatever that is by then; an output or the
   * ledger, if this happened before (seen with strace).
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

  boolean isAlive() {
    return process.isAlive();
  }

  /** The exit code of a JVM that is not alive. */
  int exitCode() {
    return process.exitValue();
  }

  void onExit(Runnable action) {
    var unused = process.onExit().thenRun(action);
  }

  /** Waits until it has ended; returns false if it has not after this time, or on an interrupt. */
  boolean awaitExit(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits a moment for the rest of its output. */
  void awaitOutput() {
    try {
      // A process that it left behind may hold its output open.
      printing.join(LAST_WORDS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Its last lines, as the end of a sentence. */
  String said() {
    var text = words.text();
    return text.isEmpty() ? "; it said nothing." : "; its last words:\n" + text;
  }

  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  void kill() {
    process.destroyForcibly();
  }

  void killWithDescendants() {
    var left = descendants();
    kill();
    left.forEach(ProcessHandle::destroyForcibly);
  }
}
