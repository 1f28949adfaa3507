package io.longline.api;

import io.longline.zeek.LogSchema;
import java.io.IOException;

/**
 * An output by its name, before it is said what goes into it. Confined to the hook's call.
 *
 * <p>What a call writes is there exactly once if the call succeeds, after what was there before,
 * and not at all if it fails.
 */
public interface Output {

  /**
   * The same output with a file for each day: {@code NAME/YYYY-MM-DD.log}, by the day of the host's
   * clock on which the call succeeds.
   */
  Output daily();

  /**
   * Rows of a Zeek log. The host writes the header once and {@code #close} itself. Where the file
   * holds rows of another schema, these go to {@code NAME-2.log}, {@code NAME-3.log} and so on.
   *
   * @param schema the columns and the format
   * @throws IOException if the output cannot be opened
   * @throws IllegalStateException if this call has opened the output in another form
   */
  RowOutput rows(LogSchema schema) throws IOException;

  /**
   * Lines of the hook's own, in UTF-8.
   *
   * @throws IOException if the output cannot be opened
   * @throws IllegalStateException if this call has opened the output in another form
   */
  LineOutput lines() throws IOException;
}
