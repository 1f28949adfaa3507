package io.longline.zeek;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when something in a log is not as its format or its header promises. Names file, line and
 * column. Immutable.
 *
 * <p>Thrown by the typed accessors of {@link LogRecord} when a cell cannot be read as their type,
 * and by a strict reader for a bad line. A plain reader counts bad lines instead (see {@link
 * ReadReport}).
 *
 * @since 0.1.0
 */
public final class ZeekFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final long line;
  private final @Nullable String column;
  private final String reason;

  /**
   * A problem at a place.
   *
   * @param file the file's name
   * @param line the line, from 1
   * @param column the column's name, or null if the whole line is meant
   * @param reason what is wrong, without the place; what is longer than 1,000 characters is cut
   */
  public ZeekFormatException(String file, long line, @Nullable String column, String reason) {
    this(file, line, shortened(column), LogBounds.shortened(reason, LogBounds.MAX_REASON), true);
  }

  @SuppressWarnings("UnusedVariable") // Distinguishes it from the other constructor.
  private ZeekFormatException(
      String file, long line, @Nullable String column, String reason, boolean isShort) {
    super(place(file, line, column) + ": " + reason);
    this.file = file;
    this.line = line;
    this.column = column;
    this.reason = reason;
  }

  private static @Nullable String shortened(@Nullable String column) {
    return column == null ? null : LogBounds.shortened(column, LogBounds.MAX_NAME_BYTES);
  }

  private static String place(String file, long line, @Nullable String column) {
    return file + ", line " + line + (column == null ? "" : ", column " + column);
  }

  /** The file's name. */
  public String file() {
    return file;
  }

  /** The line, from 1. */
  public long line() {
    return line;
  }

  /** The column's name, or null if the whole line is meant. */
  public @Nullable String column() {
    return column;
  }

  /** What is wrong, without the place. */
  public String reason() {
    return reason;
  }
}
