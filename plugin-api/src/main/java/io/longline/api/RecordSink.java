package io.longline.api;

import io.longline.zeek.LogRecord;
import io.longline.zeek.ZeekFormatException;
import java.io.IOException;

/**
 * Takes the records of one batch for a {@link RecordHook}: one log after the other, in the order of
 * its {@link Interest}, by one thread at a time. What it throws ends it, and becomes a {@link
 * HookWarning}; the other hooks go on with the scan.
 */
@FunctionalInterface
public interface RecordSink extends AutoCloseable {

  /**
   * Takes a record. It shows the fields that were asked for, as columns in that order, and is valid
   * during the call only.
   *
   * @throws ZeekFormatException if a cell is not what the sink asks for: the line counts as a bad
   *     one, and the sink gets the next; so read the cells before you act on them
   * @throws Exception if the batch cannot be processed
   */
  void accept(LogRecord record) throws Exception;

  /**
   * Told before the first record of a log.
   *
   * @param path of the log, as the {@link Interest} names it
   */
  default void begin(String path) throws Exception {}

  /**
   * Every log was read: the last chance to write, or to fail. Not called after a failure.
   *
   * @throws Exception if the batch cannot be processed
   */
  default void finish() throws Exception {}

  /**
   * Gives up what it holds; always called, after a failure too. It can write nothing any more.
   *
   * @throws IOException is told in the log
   */
  @Override
  default void close() throws IOException {}
}
