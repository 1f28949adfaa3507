package io.longline.zeek;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Moves through the rows of a log that a reader hands out, and counts them. Confined to the
 * reader's thread.
 */
final class RowCursor {

  private final RowParser parser;
  private final ByteWindow window;
  private final String file;
  private final boolean strict;
  private final @Nullable String onlyPath;

  /** The first row is read when the reader is opened, so that the schema is known. */
  private boolean isAhead;

  private long handedOut;
  private boolean isAtEnd;

  /**
   * A cursor before the first row.
   *
   * @param onlyPath the path whose rows are handed out, with those that do not say theirs; null for
   *     all
   */
  RowCursor(
      RowParser parser, ByteWindow window, String file, boolean strict, @Nullable String onlyPath)
      throws IOException {
    this.parser = parser;
    this.window = window;
    this.file = file;
    this.strict = strict;
    this.onlyPath = onlyPath;
    this.isAhead = advance();
  }

  /** Moves to the next row and returns the view of it; null at the end. */
  @Nullable LogRecord next() throws IOException {
    if (isAhead) {
      isAhead = false;
    } else if (!advance()) {
      var damage = window.damage();
      if (strict && damage != null) {
        throw new ZeekFormatException(
            file, parser.record().line(), null, "After this line " + damage + ".");
      }
      return null;
    }
    handedOut++;
    return parser.record();
  }

  /** Moves to the next row of the wanted path; false if there is none. */
  private boolean advance() throws IOException {
    while (parser.next()) {
      if (onlyPath == null) {
        return true;
      }
      var path = parser.record().path();
      if (path == null || path.equals(onlyPath)) {
        return true;
      }
    }
    isAtEnd = true;
    return false;
  }

  /**
   * Whether a field that no row has had so far is missing in the log: a header says so at once, of
   * JSON it is known at the end, if there were rows at all.
   */
  boolean knowsTheFields() {
    boolean hasHeader = parser.record().schema().format() instanceof TsvFormat;
    return hasHeader || (isAtEnd && handedOut > 0);
  }

  /** The number of rows that were handed out so far. */
  long handedOut() {
    return handedOut;
  }
}
