package io.longline.api;

import io.longline.zeek.LogSchema;
import java.io.IOException;
import java.time.LocalDate;

/**
 * An output that is known by its name and can be opened for rows or for lines. Confined to the
 * hook's call.
 *
 * <p>If the call succeeds, its rows or lines are added to the end of the output exactly once; if it
 * fails, nothing is added. What a call on a window writes {@linkplain WindowHook#close replaces}
 * the file instead.
 *
 * @since 0.1.0
 */
public interface Output {

  /**
   * This output with a file for each day, {@code NAME/YYYY-MM-DD.log}: that of the day on which the
   * call succeeds, by the host's clock.
   *
   * @throws IllegalArgumentException if the name ends with {@code .log}, as files do
   * @throws IllegalStateException in a call on a window, which has a file of its own
   */
  Output daily();

  /**
   * This output with a file for each day, of which this is the one of a given day: {@code
   * NAME/YYYY-MM-DD.log}. It is for rows and lines that belong to the day of a record. If that is
   * the day on which the call succeeds, {@link #daily()} is the same file.
   *
   * <p>A call may open many days of an output; each counts as one of the 1,000 that it may open.
   *
   * @param day the day, in whichever time zone the hook chooses; mostly that of {@link
   *     HookContext#clock()}
   * @throws IllegalArgumentException if the name ends with {@code .log}, as files do, or the year
   *     is not from 1 to 9999
   */
  Output day(LocalDate day);

  /**
   * Opens the output for rows of a Zeek log. The host itself writes the header, once, and {@code
   * #close}. If the file holds rows of another schema, the new rows go to {@code NAME-2.log},
   * {@code NAME-3.log} and so on.
   *
   * @param schema the columns and the format
   * @throws IOException if the output cannot be opened
   * @throws IllegalStateException if this call has opened the output in another form, or 1,000
   *     others
   */
  RowOutput rows(LogSchema schema) throws IOException;

  /**
   * Opens the output for lines of text, in UTF-8.
   *
   * @throws IOException if the output cannot be opened
   * @throws IllegalStateException if this call has opened the output in another form, or 1,000
   *     others
   */
  LineOutput lines() throws IOException;
}
