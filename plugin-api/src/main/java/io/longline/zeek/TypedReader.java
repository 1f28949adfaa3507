package io.longline.zeek;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a log as Java records. Confined to one thread at a time. A convenience: it
 * makes objects for each row, where {@link LogReader} makes none.
 *
 * <pre>{@code
 * record Connection(Instant ts, @Column("id.orig_h") InetAddress originator, @Nullable String service) {}
 *
 * try (var reader = TypedReader.open(path, Connection.class)) {
 *   for (var c = reader.next(); c != null; c = reader.next()) { … }
 * }
 * }</pre>
 *
 * <p>A component has the name of its column, or names it with {@link Column}. Its type is one of
 * boolean, int, long, double or their classes, String, byte[], Instant, Duration, InetAddress,
 * Subnet, List&lt;String&gt; and Set&lt;String&gt;. An unset cell is null; for a primitive it makes
 * the row a bad one. So does a cell that is not of the type, and an exception of the record's
 * constructor. Bad rows are counted and skipped.
 *
 * @since 0.1.0
 */
public final class TypedReader<T extends Record> implements Closeable {

  private final LogReader reader;
  private final RecordColumns<T> columns;

  private TypedReader(LogReader reader, RecordColumns<T> columns) {
    this.reader = reader;
    this.columns = columns;
  }

  /**
   * Opens a log.
   *
   * @throws IOException if it cannot be opened or read
   * @throws IllegalArgumentException if a component has a type that no column can have
   */
  public static <T extends Record> TypedReader<T> open(Path path, Class<T> type)
      throws IOException {
    return open(LogReader.builder(path), type);
  }

  /** Opens a log with the options of a builder, whose fields become those of the record. */
  public static <T extends Record> TypedReader<T> open(LogReader.Builder builder, Class<T> type)
      throws IOException {
    var columns = new RecordColumns<>(type);
    return new TypedReader<>(builder.wanted(columns.wanted()).open(), columns);
  }

  /**
   * Reads the next row as a record, skipping bad rows.
   *
   * @return null at the end
   * @throws IOException if reading fails
   * @throws ZeekFormatException if the reader is strict and a row is bad
   */
  public @Nullable T next() throws IOException {
    for (var row = reader.next(); row != null; row = reader.next()) {
      try {
        return columns.read(row);
      } catch (ZeekFormatException e) {
        reader.countBad(e);
      }
    }
    return null;
  }

  /** The report on the part of the file that was read so far. */
  public ReadReport report() {
    return reader.report();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
