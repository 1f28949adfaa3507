package io.longline.plugins.firstseen;

import io.longline.zeek.LogRecord;
import java.io.IOException;

/** Collects the values of the records of one log, in a batch. Confined to one sink. */
interface LogValues {

  /** The most values that are kept before they are put into the part. */
  int MOST = 20_000;

  /**
   * Takes a record.
   *
   * @param time its time, in microseconds since 1970
   */
  void accept(LogRecord record, long time) throws IOException;

  /** Puts what is kept into the part. */
  void flush() throws IOException;
}
