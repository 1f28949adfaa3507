package io.longline.zeek;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How values of one Java type are read from a cell and written to one. Immutable.
 *
 * @param zeekType the type that a column is declared with
 * @param reader gives the value of a cell; null if it is unset
 * @param writer writes a value that is not null
 */
record ColumnCodec(String zeekType, Reader reader, Writer writer) {

  /** Reads a cell. */
  @FunctionalInterface
  interface Reader {
    @Nullable Object read(LogRecord record, int column);
  }

  /** Writes the next cell. */
  @FunctionalInterface
  interface Writer {
    void write(RowWriter row, Object value);
  }

  private static final ColumnCodec BOOL =
      new ColumnCodec(
          "bool",
          (record, column) -> record.isUnset(column) ? null : (Object) record.bool(column),
          (row, value) -> row.bool((Boolean) value));

  private static final ColumnCodec INT =
      new ColumnCodec(
          "int",
          (record, column) -> record.isUnset(column) ? null : (Object) smallInteger(record, column),
          (row, value) -> row.whole((Integer) value));

  private static final ColumnCodec LONG =
      new ColumnCodec(
          "count",
          (record, column) -> record.isUnset(column) ? null : (Object) record.integer(column),
          (row, value) -> row.whole((Long) value));

  private static final ColumnCodec DOUBLE =
      new ColumnCodec(
          "double",
          (record, column) -> record.isUnset(column) ? null : (Object) record.real(column),
          (row, value) -> row.real((Double) value));

  private static final Map<Class<?>, ColumnCodec> BY_CLASS =
      Map.ofEntries(
          Map.entry(boolean.class, BOOL),
          Map.entry(Boolean.class, BOOL),
          Map.entry(int.class, INT),
          Map.entry(Integer.class, INT),
          Map.entry(long.class, LONG),
          Map.entry(Long.class, LONG),
          Map.entry(double.class, DOUBLE),
          Map.entry(Double.class, DOUBLE),
          Map.entry(
              String.class,
              new ColumnCodec(
                  "string", LogRecord::string, (row, value) -> row.string((String) value))),
          Map.entry(
              byte[].class,
              new ColumnCodec(
                  "string", LogRecord::bytes, (row, value) -> row.bytes((byte[]) value))),
          Map.entry(
              Instant.class,
              new ColumnCodec("time", LogRecord::time, (row, value) -> row.time((Instant) value))),
          Map.entry(
              Duration.class,
              new ColumnCodec(
                  "interval", LogRecord::interval, (row, value) -> row.interval((Duration) value))),
          Map.entry(
              InetAddress.class,
              new ColumnCodec(
                  "addr", LogRecord::address, (row, value) -> row.address((InetAddress) value))),
          Map.entry(
              Subnet.class,
              new ColumnCodec(
                  "subnet", LogRecord::subnet, (row, value) -> row.string(value.toString()))));

  private static final ColumnCodec LIST =
      new ColumnCodec("vector[string]", LogRecord::strings, ColumnCodec::writeStrings);

  private static final ColumnCodec SET =
      new ColumnCodec(
          "set[string]",
          (record, column) -> {
            var strings = record.strings(column);
            return strings == null ? null : new LinkedHashSet<>(strings);
          },
          ColumnCodec::writeStrings);

  /**
   * The codec for a component.
   *
   * @throws IllegalArgumentException if it has a type that no column can have
   */
  static ColumnCodec of(RecordComponent component) {
    var known = BY_CLASS.get(component.getType());
    if (known != null) {
      return known;
    }
    boolean isOfStrings =
        component.getGenericType() instanceof ParameterizedType type
            && type.getActualTypeArguments()[0] == String.class;
    if (isOfStrings && component.getType() == List.class) {
      return LIST;
    }
    if (isOfStrings && component.getType() == Set.class) {
      return SET;
    }
    throw new IllegalArgumentException(
        "The component %s of %s has the type %s; a column can be boolean, int, long, double, String, byte[], Instant, Duration, InetAddress, Subnet, List<String> or Set<String>."
            .formatted(
                component.getName(),
                component.getDeclaringRecord().getName(),
                component.getGenericType().getTypeName()));
  }

  private static int smallInteger(LogRecord record, int column) {
    long value = record.integer(column);
    if (value != (int) value) {
      throw record.badValue(column, "a number that fits an int");
    }
    return (int) value;
  }

  private static void writeStrings(RowWriter row, Object value) {
    var strings = new ArrayList<@Nullable String>();
    for (var element : (Collection<?>) value) {
      strings.add(element == null ? null : element.toString());
    }
    row.strings(strings);
  }
}
