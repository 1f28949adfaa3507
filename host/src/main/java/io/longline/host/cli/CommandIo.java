package io.longline.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.host.plugins.HookThread;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a command reads and writes. Thread-safe as far as the streams are. */
public final class CommandIo {

  /** Says that standard error is a terminal; set by the launcher, which can ask the shell. */
  private static final String TERMINAL_PROPERTY = "longline.terminal";

  /** How wide the terminal is; set by the launcher. */
  private static final String COLUMNS_PROPERTY = "longline.columns";

  private static final int USUAL_COLUMNS = 80;

  private static final String HOME_PROPERTY = "longline.home";

  private final ResultStream out;
  private final StatusLineStream err;
  private final InputStream in;
  private final Map<String, String> environment;
  private final SignalSource signals;
  private final Path home;
  private final Runnable onEnd;

  /**
   * The streams and the surroundings of a command.
   *
   * @param out for results; hooks cannot write to it
   * @param err for messages, the log and the progress bar
   * @param in for paths, with {@code -}
   * @param environment the environment variables
   * @param signals the signals to the process
   * @param home the folder of the checkout, with {@code plugins-dir}, or that of an installed
   *     Longline, with {@code plugins}
   * @param onEnd called when a command has ended
   */
  CommandIo(
      ResultStream out,
      StatusLineStream err,
      InputStream in,
      Map<String, String> environment,
      SignalSource signals,
      Path home,
      Runnable onEnd) {
    this.out = out;
    this.err = err;
    this.in = in;
    this.environment = Map.copyOf(environment);
    this.signals = signals;
    this.home = home;
    this.onEnd = onEnd;
  }

  /**
   * Keeps the process's own streams for the commands, and sends to the log whatever else is printed
   * on {@code System.out} and {@code System.err}, under the id of the hook that prints it. Call it
   * once, before anything is logged.
   *
   * @param args the arguments; {@code --verbose} decides what is logged
   */
  public static CommandIo takeOver(String[] args) {
    var out = new ResultStream(new FileOutputStream(FileDescriptor.out));
    var err =
        new StatusLineStream(
            new FileOutputStream(FileDescriptor.err),
            Boolean.getBoolean(TERMINAL_PROPERTY),
            Integer.getInteger(COLUMNS_PROPERTY, USUAL_COLUMNS));
    if (Arrays.asList(args).contains("--verbose") || Arrays.asList(args).contains("-v")) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
    }
    setUnlessSet("org.slf4j.simpleLogger.showDateTime", "true");
    setUnlessSet("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    // slf4j-simple keeps the stream that it finds when the first logger is created.
    System.setErr(err);
    var outLines = printedLines(LoggerFactory.getLogger("hook.stdout"));
    var errLines = printedLines(LoggerFactory.getLogger("hook.stderr"));
    System.setOut(new PrintStream(outLines, true, UTF_8));
    System.setErr(new PrintStream(errLines, true, UTF_8));
    return new CommandIo(
        out,
        err,
        System.in,
        System.getenv(),
        new Signals(System.getenv()),
        Path.of(System.getProperty(HOME_PROPERTY, ".")),
        () -> {
          outLines.handOnRest();
          errLines.handOnRest();
        });
  }

  /**
   * Lines for the log of the hook that prints them.
   *
   * @param others the logger of lines that no hook prints, as far as is known
   */
  private static PrintedLines printedLines(Logger others) {
    return new PrintedLines(
        (id, line) -> (id.isEmpty() ? others : HookThread.logger(id)).info(line));
  }

  private static void setUnlessSet(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  PrintStream out() {
    return out;
  }

  /** Standard output for a command that ends when it cannot be written. */
  OutputStream throwingOut() {
    return out.throwing();
  }

  /** Whether standard output cannot be written any more, so that printing more makes no sense. */
  boolean isOutBroken() {
    return out.failure() != null;
  }

  StatusLineStream err() {
    return err;
  }

  InputStream in() {
    return in;
  }

  Map<String, String> environment() {
    return environment;
  }

  SignalSource signals() {
    return signals;
  }

  /** The folder of the checkout, or that of an installed Longline. */
  Path home() {
    return home;
  }

  /** The plugins folder unless another is named. */
  Path defaultPlugins() {
    var installed = home.resolve("plugins");
    return Files.isDirectory(installed) ? installed : home.resolve("plugins-dir");
  }

  /**
   * Ends a command: writes everything that is still held back. If standard output could not be
   * written, reports that, unless it is a pipe that was closed by who read it.
   *
   * @param code the exit code of the command
   * @return the exit code, which is not 0 if standard output could not be written
   */
  int end(int code) {
    onEnd.run();
    out.flush();
    var failure = out.failure();
    if (failure == null) {
      return code;
    }
    if (out.isPipeClosed()) {
      return code == ExitCode.OK ? ExitCode.PIPE_CLOSED : code;
    }
    err.println(
        "longline: Standard output could not be written, so what was printed is not complete: "
            + failure.getMessage());
    return code == ExitCode.OK ? ExitCode.PROBLEMS : code;
  }
}
