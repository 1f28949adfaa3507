package io.longline.api;

import io.longline.zeek.LogRecord;
import io.longline.zeek.ZeekFormatException;
import java.io.IOException;

/**
 * Takes the records of one batch for a {@link RecordHook}: one log after the other, in the order of
 * its {@link Interest}, by one thread at a time. An exception that it throws ends it and becomes a
 * {@link HookWarning}; the other hooks continue with the scan.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RecordSink extends AutoCloseable {

  /**
   * Takes a record. It shows the fields that were asked for, as columns in that order, and is valid
   * during the call only.
   *
   * @throws ZeekFormatException if a cell cannot be read as the sink asks: the line counts as a bad
   *     one, and the sink gets the next; so read the cells before you act on them. If every row of
   *     the batch is bad for this sink, and there are ten or more, its call fails for good instead:
   *     it reads a column as something that it is not
   * @throws Exception if the batch cannot be processed
   */
  void accept(LogRecord record) throws Exception;

  /**
   * Called before the first record of a log.
   *
   * @param path the path of the log, as in the {@link Interest}
   * @throws Exception if the batch cannot be processed
   */
  default void begin(String path) throws Exception {}

  /**
   * Called when every log has been read: the last chance to write, or to fail. Not called after a
   * failure.
   *
   * @throws Exception if the batch cannot be processed
   */
  default void finish() throws Exception {}

  /**
   * Releases the resources of the sink. Always called, also after a failure; it can no longer write
   * anything.
   *
   * @throws IOException if that fails; the host only logs it
   */
  @Override
  default void close() throws IOException {}
}
