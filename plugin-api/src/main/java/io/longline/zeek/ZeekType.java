package io.longline.zeek;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column, as named in the {@code #types} line of a log. Immutable.
 *
 * <p>Zeek logs values of thirteen scalar types and of {@code set[T]} and {@code vector[T]} over
 * them, one level deep. Bro up to 2.2 wrote {@code table[T]} for a set. Any other name ({@code
 * int64} of a foreign writer) is kept as it is and read as a string.
 *
 * @param kind what the values are
 * @param element what the elements are, for a set or a vector; else null
 * @param text the name as it stands in the log
 * @since 0.1.0
 */
public record ZeekType(Kind kind, @Nullable Kind element, String text) {

  /** The kind of a value. */
  public enum Kind {
    /** {@code T} or {@code F}. */
    BOOL,
    /** A signed 64-bit number. */
    INT,
    /** An unsigned 64-bit number. */
    COUNT,
    /** A port number without its protocol, 0 to 65535. */
    PORT,
    /** An IPv4 or IPv6 address. */
    ADDR,
    /** An address, a slash and a prefix length. */
    SUBNET,
    /** A 64-bit floating-point number. */
    DOUBLE,
    /** A moment, in seconds since 1970 UTC with six decimals. */
    TIME,
    /** A span of time, in seconds with six decimals. */
    INTERVAL,
    /** The name of an enum value. */
    ENUM,
    /** Bytes, most often UTF-8 text. */
    STRING,
    /** The name of a file. */
    FILE,
    /** The text of a function. */
    FUNC,
    /** A set of scalars, in no order. */
    SET,
    /** A sequence of scalars. */
    VECTOR
  }

  private static final Map<String, Kind> SCALARS =
      Map.ofEntries(
          Map.entry("bool", Kind.BOOL),
          Map.entry("int", Kind.INT),
          Map.entry("count", Kind.COUNT),
          Map.entry("counter", Kind.COUNT),
          Map.entry("port", Kind.PORT),
          Map.entry("addr", Kind.ADDR),
          Map.entry("subnet", Kind.SUBNET),
          Map.entry("double", Kind.DOUBLE),
          Map.entry("time", Kind.TIME),
          Map.entry("interval", Kind.INTERVAL),
          Map.entry("enum", Kind.ENUM),
          Map.entry("string", Kind.STRING),
          Map.entry("file", Kind.FILE),
          Map.entry("func", Kind.FUNC));

  /** Zeek's types met so far; bounded, since other names are not kept. */
  private static final Map<String, ZeekType> KNOWN = new ConcurrentHashMap<>();

  /** The type {@code string}. */
  public static final ZeekType STRING = of("string");

  /** Checks the parts. */
  public ZeekType {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(text, "text");
  }

  /**
   * The type with this name.
   *
   * @param text a name as in a {@code #types} line, such as {@code count} or {@code set[addr]}; a
   *     name that Zeek does not know gives a type of kind {@code STRING} that keeps the name
   */
  public static ZeekType of(String text) {
    var known = KNOWN.get(text);
    if (known != null) {
      return known;
    }
    var type = parse(text);
    if (type.isZeek()) {
      KNOWN.put(type.text, type);
    }
    return type;
  }

  private static ZeekType parse(String text) {
    var scalar = SCALARS.get(text);
    if (scalar != null) {
      return new ZeekType(scalar, null, text);
    }
    int bracket = text.indexOf('[');
    if (bracket > 0 && text.endsWith("]")) {
      var element = SCALARS.get(text.substring(bracket + 1, text.length() - 1));
      var container = text.substring(0, bracket);
      if (element != null && (container.equals("set") || container.equals("table"))) {
        return new ZeekType(Kind.SET, element, text);
      }
      if (element != null && container.equals("vector")) {
        return new ZeekType(Kind.VECTOR, element, text);
      }
    }
    return new ZeekType(Kind.STRING, null, text);
  }

  /** The names of the scalar types, sorted. */
  static List<String> scalars() {
    return SCALARS.keySet().stream().filter(name -> !name.equals("counter")).sorted().toList();
  }

  /** Whether Zeek has this type. */
  boolean isZeek() {
    return kind != Kind.STRING || text.equals("string");
  }

  /** Whether values are sets or vectors. */
  public boolean isContainer() {
    return element != null;
  }

  /** The name as it stands in the log. */
  @Override
  public String toString() {
    return text;
  }
}
