package io.longline.zeek;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds the rows of one format in a window of bytes. Confined to the reader's thread. */
sealed interface RowParser permits TsvParser, JsonParser {

  /** Moves {@link #record()} to the next row; false if there is none. */
  boolean next() throws IOException;

  /** The view that shows the current row. */
  LogRecord record();

  /** Whether the last line seen closes the log. */
  boolean isClosed();

  /** The text of the last line that closed the log; null if there was none. */
  @Nullable String closeText();

  /** The number of lines that were read so far. */
  long lines();
}
