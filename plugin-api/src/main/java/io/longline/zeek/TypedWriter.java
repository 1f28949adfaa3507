package io.longline.zeek;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;

/**
 * Writes Java records as a Zeek log. Confined to one thread at a time. Components become columns as
 * in {@link TypedReader}, with the type that fits the Java type: {@code int} for int, {@code count}
 * for long, {@code time}, {@code interval}, {@code addr} and so on, or the type that {@link
 * Column#type()} names. A null is written as unset.
 *
 * @since 0.1.0
 */
public final class TypedWriter<T extends Record> implements Closeable {

  private final LogWriter writer;
  private final RecordColumns<T> columns;

  private TypedWriter(LogWriter writer, RecordColumns<T> columns) {
    this.writer = writer;
    this.columns = columns;
  }

  /**
   * Creates a log, replacing any file of this name.
   *
   * @param logPath the path of the log, such as {@code conn}
   * @throws IOException if the file cannot be created
   * @throws IllegalArgumentException if a component has a type that no column can have
   */
  public static <T extends Record> TypedWriter<T> open(Path file, String logPath, Class<T> type)
      throws IOException {
    var columns = new RecordColumns<>(type);
    return to(Files.newOutputStream(file), columns, columns.schema(logPath, TsvFormat.ZEEK));
  }

  /** Writes a log in any format to a stream, which the writer closes. */
  public static <T extends Record> TypedWriter<T> to(
      OutputStream out, String logPath, LogFormat format, Class<T> type) {
    var columns = new RecordColumns<>(type);
    return to(out, columns, columns.schema(logPath, format));
  }

  private static <T extends Record> TypedWriter<T> to(
      OutputStream out, RecordColumns<T> columns, LogSchema schema) {
    return new TypedWriter<>(
        LogWriter.to(out, schema, Clock.system(ZoneId.systemDefault())), columns);
  }

  /**
   * Writes a row.
   *
   * @throws IOException if it cannot be written
   */
  public void write(T value) throws IOException {
    var row = writer.row();
    columns.write(value, row);
    row.end();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
