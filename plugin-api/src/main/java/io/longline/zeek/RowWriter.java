package io.longline.zeek;

import io.longline.zeek.ZeekType.Kind;
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
 * <p>Each method checks the declared type of its column and throws {@link IllegalArgumentException}
 * where they do not agree, since values in the wrong order would be a log that nobody can read. A
 * row may have 128 MiB; a method that would make it longer throws {@link IllegalArgumentException}.
 * A row must be finished with {@link #end()}, or given up with {@link #cancel()}: beginning the
 * next one, or closing the log, throws {@link IllegalStateException} otherwise. Only if a sink, or
 * a consumer of {@link LogReader#forEach}, ends with a {@link ZeekFormatException}, for a cell that
 * cannot be read, the row that it was writing is given up by itself.
 *
 * @since 0.1.0
 */
public abstract sealed class RowWriter permits TsvRowWriter, JsonRowWriter {

  private static final long MICROS_PER_SECOND = 1_000_000L;

  private static final int TEXT =
      bits(Kind.STRING, Kind.ENUM, Kind.FILE, Kind.FUNC, Kind.ADDR, Kind.SUBNET);
  private static final int BYTES = bits(Kind.STRING, Kind.ENUM, Kind.FILE, Kind.FUNC);
  private static final int WHOLE = bits(Kind.INT, Kind.COUNT, Kind.PORT);
  private static final int SIGNED = bits(Kind.INT);
  private static final int UNSIGNED = bits(Kind.COUNT);
  private static final int CONTAINER = bits(Kind.SET, Kind.VECTOR);
  private static final int BOOL = bits(Kind.BOOL);
  private static final int REAL = bits(Kind.DOUBLE);
  private static final int TIME = bits(Kind.TIME);
  private static final int INTERVAL = bits(Kind.INTERVAL);
  private static final int ADDRESS = bits(Kind.ADDR);
  private static final int ANY = -1;

  @SuppressWarnings("EnumOrdinal") // A set as bits, which lives no longer than the class.
  private static int bits(Kind... kinds) {
    int bits = 0;
    for (var kind : kinds) {
      bits |= 1 << kind.ordinal();
    }
    return bits;
  }

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

  /** The kind of each column, as a bit. */
  private final int[] kinds;

  /** Whether no value of the row has been written yet. */
  boolean isFirst;

  private int column = Integer.MAX_VALUE;

  /** How many rows were rejected on this thread before the row was begun. */
  private long rejectedBefore;

  RowWriter(LogSchema schema, Sink sink) {
    this.schema = schema;
    this.sink = sink;
    this.kinds = schema.fields().stream().mapToInt(field -> bits(field.type().kind())).toArray();
  }

  /**
   * Starts at the first column of a new row.
   *
   * @throws IllegalStateException if the row before was not ended
   */
  RowWriter begin() {
    checkEnded();
    column = 0;
    rejectedBefore = RejectedRows.count();
    line.truncate(0);
    beginLine();
    return this;
  }

  /**
   * Checks that no row is open, but for one that was left with a row that was rejected.
   *
   * @throws IllegalStateException if one is
   */
  void checkEnded() {
    if (column != Integer.MAX_VALUE && RejectedRows.count() == rejectedBefore) {
      int written = column;
      cancel();
      throw new IllegalStateException(
          "A row of %s was begun and not ended: after %d of %d columns, end() was not called. Call end() to write the row, or cancel() to give it up."
              .formatted(schema.path(), written, kinds.length));
    }
  }

  /** Gives up the row that was begun: nothing of it is written. */
  public void cancel() {
    column = Integer.MAX_VALUE;
  }

  /** Leaves the next column unset. */
  public RowWriter unset() {
    advance(ANY, "unset");
    writeUnset();
    return this;
  }

  /** Writes a string, an enum name, or the text of an address or subnet; unset if null. */
  public RowWriter string(@Nullable String value) {
    if (value == null) {
      return unset();
    }
    int index = advance(TEXT, "a string");
    if (kinds[index] == ADDRESS && !ElementText.fits(Kind.ADDR, value)) {
      throw unfit(index, value);
    }
    writeString(index, value);
    return this;
  }

  private IllegalArgumentException unfit(int index, String value) {
    var field = schema.fields().get(index);
    return new IllegalArgumentException(
        "\"%s\" was written to the column %s (%d of %d) of %s, which has the type %s. Are the values in the order of the schema? A text that is no such value goes in with text()."
            .formatted(value, field.name(), index + 1, kinds.length, schema.path(), field.type()));
  }

  /**
   * Writes a text into a column of any type, for a layout that another program has fixed: nothing
   * checks that it is a value of that type. Unset if null.
   */
  public RowWriter text(@Nullable String value) {
    if (value == null) {
      return unset();
    }
    int index = advance(ANY, "a text");
    writeString(index, value);
    return this;
  }

  /** Writes a string of any bytes; unset if null. */
  public RowWriter bytes(byte @Nullable [] value) {
    if (value == null) {
      return unset();
    }
    int index = advance(BYTES, "bytes");
    writeBytes(index, value);
    return this;
  }

  /** Writes a bool. */
  public RowWriter bool(boolean value) {
    int index = advance(BOOL, "a bool");
    writeBool(index, value);
    return this;
  }

  /** Writes an int, a port or a count; only an int can be negative. */
  public RowWriter integer(long value) {
    int index =
        advance(value < 0 ? SIGNED : WHOLE, value < 0 ? "a negative integer" : "an integer");
    startValue(index);
    line.append(value);
    return this;
  }

  /** Writes a count: the 64 bits are taken as an unsigned number. */
  public RowWriter count(long value) {
    if (value >= 0) {
      return integer(value);
    }
    int index = advance(UNSIGNED, "a count");
    startValue(index);
    line.append(Long.toUnsignedString(value));
    return this;
  }

  /** Writes a number as its column's type says. */
  RowWriter whole(long value) {
    return column < kinds.length && kinds[column] == SIGNED ? integer(value) : count(value);
  }

  /** Writes a double. */
  public RowWriter real(double value) {
    int index = advance(REAL, "a real number");
    writeReal(index, value);
    return this;
  }

  /** Writes a time in microseconds since 1970 UTC. */
  public RowWriter timeMicros(long micros) {
    int index = advance(TIME, "a time");
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
    int index = advance(INTERVAL, "an interval");
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
    if (value == null) {
      return unset();
    }
    int index = advance(ADDRESS, "an address");
    writeString(index, AddressText.format(value.getAddress()));
    return this;
  }

  /** Writes a set or vector, in which null is an unset element; unset if null. */
  public RowWriter strings(@Nullable Collection<? extends @Nullable String> values) {
    if (values == null) {
      return unset();
    }
    int index = advance(CONTAINER, "strings");
    var element = schema.fields().get(index).type().element();
    for (var value : values) {
      if (value != null && element != null && !ElementText.fits(element, value)) {
        throw unfit(index, value);
      }
    }
    writeStrings(index, values);
    return this;
  }

  /**
   * Copies a cell that was read, by the type of its column there; unset if it is. Between logs of
   * one format the text stays the same: a cell that shows non-ASCII bytes as hex is written that
   * way. Numbers and lists of a JSON log, which have no type, are copied as they are.
   *
   * @throws ZeekFormatException if the cell is not what its column's type says; the column is still
   *     to be written
   */
  public RowWriter copy(LogRecord record, int column) {
    if (record.isUnset(column)) {
      return unset();
    }
    var type = record.view.type(column);
    int before = line.length();
    boolean wasFirst = isFirst;
    int index = advance(record instanceof TsvRecord ? alike(type) : ANY, "a cell of another type");
    try {
      writeCell(index, record, column, type);
    } catch (ZeekFormatException e) {
      line.truncate(before);
      isFirst = wasFirst;
      this.column = index;
      throw e;
    }
    return this;
  }

  /**
   * Copies a cell that was read, as {@link #copy(LogRecord, int)} does.
   *
   * @throws ZeekFormatException if the cell is not what its column's type says
   */
  public RowWriter copy(LogRecord record, LogField field) {
    return copy(field.in(record), field.column);
  }

  /**
   * Ends the row and writes it.
   *
   * @throws IllegalStateException if a column has not been written; the row is given up
   * @throws IOException if it cannot be written
   */
  public void end() throws IOException {
    if (column < kinds.length) {
      int written = column;
      cancel();
      throw new IllegalStateException(
          "A row of %s has %d of %d columns; the next is %s. Write each column, with unset() where there is no value."
              .formatted(
                  schema.path(), written, kinds.length, schema.fields().get(written).name()));
    }
    if (column > kinds.length) {
      throw new IllegalStateException("There is no row to end; call row() for the next one.");
    }
    endLine();
    line.append('\n');
    column = Integer.MAX_VALUE;
    sink.accept(line.bytes(), line.length());
  }

  /** The kinds of the columns that a cell of a type can be copied to. */
  private static int alike(ZeekType type) {
    int bit = bits(type.kind());
    for (int group : new int[] {TEXT, WHOLE, CONTAINER}) {
      if ((group & bit) != 0) {
        return group;
      }
    }
    return bit;
  }

  /**
   * Moves to the next column.
   *
   * @param accepted the kinds that it may have, as bits
   * @param value what is to be written, for the message
   */
  private int advance(int accepted, String value) {
    if (column == Integer.MAX_VALUE) {
      throw new IllegalStateException("The row has ended; call row() for the next one.");
    }
    if (column == schema.fields().size()) {
      throw new IllegalStateException(
          "The row of " + schema.path() + " already has all its " + column + " columns.");
    }
    if ((kinds[column] & accepted) == 0) {
      throw wrongType(value);
    }
    return column++;
  }

  private IllegalArgumentException wrongType(String value) {
    var field = schema.fields().get(column);
    return new IllegalArgumentException(
        "%s was written to the column %s (%d of %d) of %s, which has the type %s. Are the values in the order of the schema?"
            .formatted(
                Character.toUpperCase(value.charAt(0)) + value.substring(1),
                field.name(),
                column + 1,
                kinds.length,
                schema.path(),
                field.type()));
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
