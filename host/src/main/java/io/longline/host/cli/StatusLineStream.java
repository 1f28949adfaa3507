package io.longline.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose last line may be a status that is written over and over, such as a progress bar:
 * other lines go above it. Thread-safe.
 */
final class StatusLineStream extends PrintStream {

  /** Back to the start of the line, and clear it. */
  private static final String CLEAR = "\r\033[K";

  private final boolean isTerminal;
  private final int columns;
  private boolean hasStatus;
  private UnaryOperator<String> mask = UnaryOperator.identity();

  /**
   * A stream to this one.
   *
   * @param isTerminal whether a person is watching, so that a status makes sense
   * @param columns how wide the terminal is
   */
  StatusLineStream(OutputStream out, boolean isTerminal, int columns) {
    super(out, true, UTF_8);
    this.isTerminal = isTerminal;
    this.columns = columns;
  }

  /** The longest status that stays on one line: a terminal may wrap a line that fills it. */
  int statusColumns() {
    return Math.max(0, columns - 1);
  }

  boolean isTerminal() {
    return isTerminal;
  }

  /** Applies this to each line from now on, to remove secrets. */
  synchronized void mask(UnaryOperator<String> lineMask) {
    mask = lineMask;
  }

  /** Shows a status instead of the previous one, as far as it fits on one line. */
  synchronized void status(String text) {
    print(CLEAR + text.substring(0, Math.min(text.length(), statusColumns())));
    flush();
    hasStatus = true;
  }

  /** Removes the status. */
  synchronized void clearStatus() {
    if (hasStatus) {
      print(CLEAR);
      flush();
      hasStatus = false;
    }
  }

  @Override
  public synchronized void println(@Nullable String line) {
    if (hasStatus) {
      print(CLEAR);
    }
    super.println(line);
  }

  @Override
  public synchronized void print(@Nullable String text) {
    super.print(text == null ? null : mask.apply(text));
  }
}
