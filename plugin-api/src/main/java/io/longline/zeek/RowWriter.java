package io.longline.zeek;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a {@link LogWriter}, one at a time and column after column in the order of the
 * schema. Confined to one thread at a time.
 *
 * <pre>{@code
 * writer.row().time(ts).address(host).string(query).count(answers).end();
 * }</pre>
 *
 * <p>A method does not check the declared type of its column: any column can be given any value, as
 * text in TSV and as what the method says in JSON. A row that is not finished with {@link #end()}
 * is discarded when the next one begins.
 */
public abstract sealed class RowWriter permits TsvRowWriter, JsonRowWriter {

  private static final long MICROS_PER_SECOND = 1_000_000L;

  /**
   * Takes the bytes of a finished row, line feed included. The writer owns the bytes and reuses
   * them.
   */
  @FunctionalInterface
  interface Sink {
    void accept(byte[] bytes, int length) throws IOException;
  }

  final LogSchema schema;
  final ByteBuilder line = new ByteBuilder(512);
  private final Sink sink;
  private int column;

  RowWriter(LogSchema schema, Sink sink) {
    this.schema = schema;
    this.sink = sink;
  }

  /** Discards what was set, and starts at the first column. */
  RowWriter begin() {
    column = 0;
    line.truncate(0);
    beginLine();
    return this;
  }

  /** Leaves the next column unset. */
  public RowWriter unset() {
    advance();
    writeUnset();
    return this;
  }

  /** Writes a string, enum name or any other text; unset if null. */
  public RowWriter string(@Nullable String value) {
    if (value == null) {
      return unset();
    }
    int index = advance();
    writeString(index, value);
    return this;
  }

  /** Writes a string of any bytes; unset if null. */
  public RowWriter bytes(byte @Nullable [] value) {
    if (value == null) {
      return unset();
    }
    int index = advance();
    writeBytes(index, value);
    return this;
  }

  /** Writes a bool. */
  public RowWriter bool(boolean value) {
    int index = advance();
    writeBool(index, value);
    return this;
  }

  /** Writes an int or port. */
  public RowWriter integer(long value) {
    int index = advance();
    startValue(index);
    line.append(value);
    return this;
  }

  /** Writes a count: the 64 bits are taken as an unsigned number. */
  public RowWriter count(long value) {
    if (value >= 0) {
      return integer(value);
    }
    int index = advance();
    startValue(index);
    line.append(Long.toUnsignedString(value));
    return this;
  }

  /** Writes a double. */
  public RowWriter real(double value) {
    int index = advance();
    writeReal(index, value);
    return this;
  }

  /** Writes a time in microseconds since 1970 UTC. */
  public RowWriter timeMicros(long micros) {
    int index = advance();
    writeTime(index, micros);
    return this;
  }

  /** Writes a time, rounded down to microseconds; unset if null. */
  public RowWriter time(@Nullable Instant value) {
    return value == null
        ? unset()
        : timeMicros(
            Math.addExact(
                Math.multiplyExact(value.getEpochSecond(), MICROS_PER_SECOND),
                value.getNano() / 1_000L));
  }

  /** Writes an interval in microseconds. */
  public RowWriter intervalMicros(long micros) {
    int index = advance();
    writeInterval(index, micros);
    return this;
  }

  /** Writes an interval, rounded down to microseconds; unset if null. */
  public RowWriter interval(@Nullable Duration value) {
    return value == null
        ? unset()
        : intervalMicros(
            Math.addExact(
                Math.multiplyExact(value.getSeconds(), MICROS_PER_SECOND),
                value.getNano() / 1_000L));
  }

  /** Writes an address; unset if null. */
  public RowWriter address(@Nullable InetAddress value) {
    return string(value == null ? null : AddressText.format(value.getAddress()));
  }

  /** Writes a set or vector, in which null is an unset element; unset if null. */
  public RowWriter strings(@Nullable Collection<? extends @Nullable String> values) {
    if (values == null) {
      return unset();
    }
    int index = advance();
    writeStrings(index, values);
    return this;
  }

  /**
   * Copies a cell that was read, by the type of its column there; unset if it is. Between logs of
   * one format the text stays the same: a cell that shows non-ASCII bytes as hex is written that
   * way. Numbers and lists of a JSON log, which have no type, are copied as they are.
   *
   * @throws ZeekFormatException if the cell is not what its column's type says
   */
  public RowWriter copy(LogRecord record, int column) {
    if (record.isUnset(column)) {
      return unset();
    }
    var type = record.view.type(column);
    int before = line.length();
    int index = advance();
    try {
      writeCell(index, record, column, type);
    } catch (ZeekFormatException e) {
      line.truncate(before);
      throw e;
    }
    return this;
  }

  /**
   * Ends the row and writes it.
   *
   * @throws IllegalStateException if a column has not been written
   * @throws IOException if it cannot be written
   */
  public void end() throws IOException {
    if (column != schema.fields().size()) {
      throw new IllegalStateException(
          "The row has %d of %d columns; the next is %s."
              .formatted(column, schema.fields().size(), schema.fields().get(column).name()));
    }
    endLine();
    line.append('\n');
    column = Integer.MAX_VALUE;
    sink.accept(line.bytes(), line.length());
  }

  private int advance() {
    if (column == Integer.MAX_VALUE) {
      throw new IllegalStateException("The row has ended; call row() for the next one.");
    }
    if (column == schema.fields().size()) {
      throw new IllegalStateException("The row already has all its " + column + " columns.");
    }
    return column++;
  }

  final void appendMicros(long micros) {
    long seconds = Math.abs(micros / MICROS_PER_SECOND);
    if (micros < 0) {
      line.append('-');
    }
    line.append(seconds).append('.');
    line.appendPadded((int) Math.abs(micros % MICROS_PER_SECOND), 6);
  }

  abstract void beginLine();

  abstract void endLine();

  abstract void startValue(int index);

  abstract void writeUnset();

  abstract void writeCell(int index, LogRecord record, int column, ZeekType type);

  abstract void writeString(int index, String value);

  abstract void writeBytes(int index, byte[] value);

  abstract void writeBool(int index, boolean value);

  abstract void writeReal(int index, double value);

  abstract void writeTime(int index, long micros);

  abstract void writeInterval(int index, long micros);

  abstract void writeStrings(int index, Collection<? extends @Nullable String> values);
}
