package io.longline.zeek;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What the host needs of logs, readers and records, and no plugin does. Thread-safe. */
@Internal
public final class HostAccess {

  private HostAccess() {}

  /** Whether a file has a name that a log may have. */
  public static boolean hasLogName(Path file) {
    return LogFile.hasLogName(file);
  }

  /**
   * Looks for a log in a file, whatever its name.
   *
   * @return empty if its content is not that of a log
   * @throws IOException if it cannot be read
   */
  public static Optional<LogFile> probe(Path file) throws IOException {
    return LogFile.probeContent(file);
  }

  /** A copy of a log whose readers pass their report to this consumer when they are closed. */
  public static LogFile withReports(LogFile log, BiConsumer<LogFile, ReadReport> onClose) {
    return log.withReports(onClose);
  }

  /**
   * Opens a log with these fields.
   *
   * @param fields none for all
   * @throws IOException if it cannot be opened or read
   */
  public static LogReader open(LogFile log, List<WantedField> fields) throws IOException {
    return fields.isEmpty() ? log.reader().open() : log.reader().wanted(fields).open();
  }

  /**
   * Cuts a log into segments that several threads can read at the same time. The report on the
   * whole log goes to the consumer of {@link #withReports} when they are closed.
   *
   * @param minBytes the least length of a segment
   * @param most the largest number of segments, 1 or more
   * @throws IOException if it cannot be opened or read
   */
  public static LogSegments segments(LogFile log, long minBytes, int most) throws IOException {
    return log.segments(minBytes, most);
  }

  /**
   * Some columns of each row of a reader, as a record of their own, for one of several users.
   *
   * @param fields the columns, which should be among those that the reader reads; none for all
   */
  public static RecordPart part(LogReader reader, List<WantedField> fields) {
    return reader.part(fields);
  }

  /** The required fields of a part that the log does not have, as far as that is known by now. */
  public static List<ReadReport.MissingField> missing(LogReader reader, RecordPart part) {
    return reader.missing(part);
  }

  /**
   * Reads the rows in blocks, within which they stay valid together. To be called once, before the
   * first row and instead of {@link LogReader#next}.
   *
   * @param most the largest number of rows in a block, 1 or more
   */
  public static RecordBlock block(LogReader reader, int most) {
    return reader.block(most);
  }

  /**
   * The plain bytes of a log, which may be compressed with gzip or zstd. Damage is thrown as {@link
   * java.io.EOFException} or {@link java.util.zip.ZipException} when it is reached.
   *
   * @throws IOException if the first bytes cannot be read
   */
  public static InputStream inflated(InputStream in) throws IOException {
    return Inflation.of(in);
  }

  /** Counts a row that was handed out as a bad line after all. */
  public static void countBad(LogReader reader, ZeekFormatException problem) {
    reader.countBad(problem);
  }

  /** Gives up the row that a writer has begun, since its hook could not read a cell. */
  public static void cancelRow(LogWriter writer) {
    writer.cancelRow();
  }

  /** Makes a record unusable, so that a test finds out that it was kept. */
  public static void invalidate(LogRecord record) {
    record.invalidate();
  }

  /**
   * The bytes that the current row was read into. With {@link #start} and {@link #end} they give
   * each cell as it stands in the log, without a copy. The array belongs to the reader: it must not
   * be written to, and holds the row only until the next one is read.
   */
  public static byte[] buffer(LogRecord record) {
    return record.buffer();
  }

  /** Where a cell starts in {@link #buffer}; -1 if the row has no such cell. */
  public static int start(LogRecord record, int column) {
    return record.start(column);
  }

  /** The index after the end of a cell in {@link #buffer}. */
  public static int end(LogRecord record, int column) {
    return record.end(column);
  }

  /**
   * Writes a schema for another process of the host, in a form that may change with the host.
   *
   * @throws IOException if that fails
   */
  public static void writeSchema(LogSchema schema, DataOutput out) throws IOException {
    schema.writeTo(out);
  }

  /**
   * Reads a schema that {@link #writeSchema} wrote.
   *
   * @throws IOException if that fails
   */
  public static LogSchema readSchema(DataInput in) throws IOException {
    return LogSchema.readFrom(in);
  }
}
