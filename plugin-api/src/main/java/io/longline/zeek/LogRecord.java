package io.longline.zeek;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The current row of a {@link LogReader}: a view that is reused. Confined to the reader's thread.
 *
 * <p><b>It is valid until the reader is asked for the next row.</b> The values that it hands out
 * (strings, byte arrays, lists, instants) belong to the caller and stay valid.
 *
 * <p>Columns are numbered from 0. If the reader was opened with a list of fields, number {@code i}
 * is the {@code i}-th of that list, in every file and also after a header in mid-file has changed
 * the order; a field that the log lacks is unset in every row. Otherwise numbers follow {@link
 * #schema()}. Look a number up once, not for each row.
 *
 * <p>An accessor that cannot read a cell as its type throws {@link ZeekFormatException} with file,
 * line and column. Accessors of primitives also throw it for an unset cell: call {@link #isUnset}
 * first, or use the form with a default value. A column number outside the view throws {@link
 * IndexOutOfBoundsException}.
 *
 * @since 0.1.0
 */
public abstract sealed class LogRecord permits TsvRecord, JsonRecord {

  final String file;
  final View view;
  private final ShortStrings shortStrings = new ShortStrings();

  /** The reader's bytes; replaced when its window grows. */
  byte[] bytes = {};

  /** Where the cell of each column of the view starts, or -1 if the row has none. */
  int[] starts = {};

  /** The index after the end of each cell. */
  int[] ends = {};

  /** The current line, from 1. */
  long line;

  /** Whether it was handed out and may no longer be used. */
  private boolean isKept;

  /** Whether the text of an unset cell could be read as a value. */
  boolean isMarkerAmbiguous;

  LogRecord(String file, View view) {
    this.file = file;
    this.view = view;
  }

  /** A record that shows other columns of the same rows. */
  abstract LogRecord newPart(View partView);

  /** Takes over what depends on the schema from a row of the same kind. */
  abstract void takeSchema(LogRecord row);

  /** Takes over what a row of JSON has in addition to its cells. */
  void takeRest(LogRecord row) {
    throw new IllegalStateException("Rows of TSV have nothing in addition to their cells.");
  }

  /** The schema that this row was read with. */
  public LogSchema schema() {
    return view.schema();
  }

  /**
   * The log's path, such as {@code conn}; of a JSON row its own {@code _path}. Null if there is
   * none.
   */
  public abstract @Nullable String path();

  /**
   * The file that this row is in, as messages name it: its path, for a log that was read from a
   * file; else the name that the reader was given.
   */
  public String file() {
    return file;
  }

  /** The line of this row in the file, from 1. */
  public long line() {
    return line;
  }

  /** How many columns this view has. */
  public int size() {
    return view.size();
  }

  /** The number of the column with this name, or -1 if there is none. */
  public int indexOf(String name) {
    return view.indexOf(name);
  }

  /** The name of a column. */
  public String name(int column) {
    return view.name(column);
  }

  /** Whether a cell has no value: its log says so, or has no such column. */
  public abstract boolean isUnset(int column);

  /** Whether a cell is the empty string or an empty set or vector. */
  public abstract boolean isEmpty(int column);

  /** A {@code bool}. */
  public abstract boolean bool(int column);

  /**
   * An {@code int}, {@code count} or {@code port}. A count above the signed range is returned as
   * its low 64 bits: use {@link Long#toUnsignedString(long)} and the like.
   */
  public long integer(int column) {
    int start = cell(column);
    try {
      return DecimalText.parseLong(bytes, start, ends[column]);
    } catch (NumberFormatException e) {
      throw badValue(column, "a whole number");
    }
  }

  /** An {@code int}, {@code count} or {@code port}, or another value if the cell is unset. */
  public long integer(int column, long ifUnset) {
    return isUnset(column) ? ifUnset : integer(column);
  }

  /** A {@code double}. */
  public double real(int column) {
    int start = cell(column);
    try {
      return DecimalText.parseDouble(bytes, start, ends[column]);
    } catch (NumberFormatException e) {
      throw badValue(column, "a number");
    }
  }

  /** A {@code time} in microseconds since 1970 UTC. */
  public abstract long timeMicros(int column);

  /** A {@code time}; null if it is unset. */
  public @Nullable Instant time(int column) {
    return isUnset(column) ? null : Instant.EPOCH.plus(timeMicros(column), ChronoUnit.MICROS);
  }

  /** An {@code interval} in microseconds. */
  public long intervalMicros(int column) {
    int start = cell(column);
    try {
      return DecimalText.parseMicros(bytes, start, ends[column]);
    } catch (NumberFormatException e) {
      throw badValue(column, "a number of seconds");
    }
  }

  /** An {@code interval}; null if it is unset. */
  public @Nullable Duration interval(int column) {
    return isUnset(column) ? null : Duration.of(intervalMicros(column), ChronoUnit.MICROS);
  }

  /** An {@code addr}, made without any lookup; null if it is unset. */
  public @Nullable InetAddress address(int column) {
    if (isUnset(column)) {
      return null;
    }
    var address = AddressText.parse(bytes, starts[column], ends[column]);
    if (address == null) {
      throw badValue(column, "an IP address");
    }
    return inetAddress(address);
  }

  private static InetAddress inetAddress(byte[] address) {
    try {
      // An IPv6 address stays one, also when it holds an IPv4 address.
      return address.length == 4
          ? InetAddress.getByAddress(address)
          : Inet6Address.getByAddress(null, address, -1);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("An address of " + address.length + " bytes.", e);
    }
  }

  /**
   * Writes an {@code addr} into an array, in network order, without making an object.
   *
   * @param target 16 bytes or more
   * @return how many bytes were written: 4 or 16, 0 if the cell is unset
   */
  public int addressBytes(int column, byte[] target) {
    if (isUnset(column)) {
      return 0;
    }
    int length = AddressText.parse(bytes, starts[column], ends[column], target);
    if (length == 0) {
      throw badValue(column, "an IP address");
    }
    return length;
  }

  /** A {@code subnet}; null if it is unset. */
  public @Nullable Subnet subnet(int column) {
    if (isUnset(column)) {
      return null;
    }
    int start = starts[column];
    int end = ends[column];
    int slash = end - 1;
    while (slash > start && bytes[slash] != '/') {
      slash--;
    }
    var address = AddressText.parse(bytes, start, slash);
    if (address == null || end - slash > 4 || end - slash < 2) {
      throw badValue(column, "a subnet");
    }
    try {
      return new Subnet(inetAddress(address), (int) DecimalText.parseLong(bytes, slash + 1, end));
    } catch (IllegalArgumentException e) {
      throw badValue(column, "a subnet");
    }
  }

  /**
   * The bytes of a {@code string}, {@code enum}, {@code file} or {@code func}, escapes undone; null
   * if it is unset. For any other type: the bytes of its text.
   */
  public abstract byte @Nullable [] bytes(int column);

  /**
   * The text of a cell, escapes undone; null if it is unset. Bytes that are not UTF-8 become
   * U+FFFD; {@link #bytes(int)} returns them as they are.
   */
  public abstract @Nullable String string(int column);

  /**
   * The elements of a set or vector, in the order of the file, escapes undone; null if the cell is
   * unset. An unset element is null. For a scalar column: its text as the only element.
   */
  public @Nullable List<@Nullable String> strings(int column) {
    if (isUnset(column)) {
      return null;
    }
    var each = elements(column);
    var strings = new ArrayList<@Nullable String>(each.size());
    for (int i = 0; i < each.size(); i++) {
      strings.add(each.string(i));
    }
    return strings;
  }

  /**
   * The elements of a set or vector as a record of their own, for typed access: element {@code i}
   * is column {@code i} of it. The same object each time, valid until the next call or row. An
   * unset or empty cell has no elements; the value of a scalar column is its only element.
   */
  public abstract LogRecord elements(int column);

  /**
   * The bytes that the current row was read into. With {@link #start} and {@link #end} they give
   * each cell as it stands in the log, without a copy. The array belongs to the reader: it must not
   * be written to, and holds the row only until the next one is read.
   */
  byte[] buffer() {
    return bytes;
  }

  /** Where a cell starts in {@link #buffer()}; -1 if the row has no such cell. */
  int start(int column) {
    return startOf(column);
  }

  /** The index after the end of a cell in {@link #buffer()}. */
  int end(int column) {
    return ends[column];
  }

  /**
   * The cell as it stands in the log, escapes and markers included; null if the row has no such
   * cell.
   */
  public @Nullable String text(int column) {
    int start = startOf(column);
    return start < 0 ? null : new String(bytes, start, ends[column] - start, UTF_8);
  }

  /**
   * The start of a cell that is about to be read as a value. If it has none, reading fails, and
   * {@link #badValue} distinguishes an unset cell from a bad one. Only a marker that could itself
   * be read as a value is looked for first.
   */
  final int cell(int column) {
    int start = startOf(column);
    if (start < 0 || (isMarkerAmbiguous && isUnset(column))) {
      throw unset(column);
    }
    return start;
  }

  /** The text of a range that is ASCII without a backslash; null if it is not. */
  final @Nullable String plainString(int start, int end) {
    int length = end - start;
    if (length > 0 && length <= Long.BYTES && end >= Long.BYTES) {
      // The bytes before the start do not count.
      int before = (Long.BYTES - length) * Byte.SIZE;
      long word = ByteWindow.word(bytes, end - Long.BYTES) & (-1L << before);
      return FieldEscapes.isPlain(word) ? shortStrings.get(word, bytes, start, length) : null;
    }
    return FieldEscapes.isPlain(bytes, start, end)
        ? new String(bytes, start, length, ISO_8859_1)
        : null;
  }

  /** Where a cell starts, or -1 if the row has none; the check is free, as any array's is. */
  final int startOf(int column) {
    var all = starts;
    if (column < 0 || column >= all.length) {
      throw noColumn(column);
    }
    return all[column];
  }

  private RuntimeException noColumn(int column) {
    if (isKept) {
      return new IllegalStateException(
          "A record was used after the call that it was handed out for. It is valid during that call only: keep its values, not the record.");
    }
    var names = new ArrayList<String>();
    for (int i = 0; i < size(); i++) {
      names.add(name(i) + " (" + i + ")");
    }
    return new IndexOutOfBoundsException(
        "There is no column %d in this record of %s; it has %s."
            .formatted(column, file, names.isEmpty() ? "none" : String.join(", ", names)));
  }

  /** Makes the record unusable, so that a test finds out that it was kept. */
  void invalidate() {
    isKept = true;
    starts = new int[0];
    var shown = elementsShown();
    if (shown != null) {
      shown.invalidate();
    }
  }

  /** The record of the elements that were asked for last; null if none were. */
  abstract @Nullable LogRecord elementsShown();

  private ZeekFormatException unset(int column) {
    return new ZeekFormatException(
        file,
        line,
        name(column),
        "Unset, but read as a value; call isUnset first, or say what to take instead.");
  }

  final ZeekFormatException badValue(int column, String expected) {
    return isUnset(column) ? unset(column) : unfit(column, expected);
  }

  /** The exception for a cell that its reader cannot accept, unset or not. */
  final ZeekFormatException unfit(int column, String expected) {
    var found = text(column);
    if (found != null) {
      found = LogBounds.shortened(found, LogBounds.MAX_QUOTED);
    }
    return new ZeekFormatException(
        file, line, name(column), "Expected " + expected + ", found \"" + found + "\".");
  }

  /** The line, and each column with its text. */
  @Override
  public String toString() {
    var text = new StringBuilder(file).append(':').append(line).append('[');
    for (int i = 0; i < size(); i++) {
      text.append(i == 0 ? "" : ", ").append(name(i)).append('=').append(text(i));
    }
    return text.append(']').toString();
  }
}
