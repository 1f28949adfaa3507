package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header of a log: its path, its columns with their types, and its format. Immutable.
 *
 * <p>A JSON log has no header: its schema is the union of the keys seen so far, in the order first
 * seen, each with the type that its first value suggests, and its path is null (a record may name
 * its own, see {@link LogRecord#path()}).
 *
 * <pre>{@code
 * LogSchema schema = LogSchema.builder("new_domains")
 *     .field("ts", "time")
 *     .field("query", "string")
 *     .build();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class LogSchema {

  /** Longer texts do not come from another process of the host. */
  private static final int MAX_TEXT_BYTES = 64 * 1024 * 1024;

  private final @Nullable String path;
  private final LogFormat format;
  private final List<Field> fields;
  private final @Nullable String open;

  /** The position of each column, but for those of growing fields, which know them. */
  private final Map<String, Integer> indexes;

  private LogSchema(
      @Nullable String path,
      LogFormat format,
      List<Field> fields,
      @Nullable String open,
      Map<String, Integer> indexes) {
    this.path = path;
    this.format = format;
    this.fields = fields;
    this.open = open;
    this.indexes = indexes;
  }

  private static Map<String, Integer> indexes(List<Field> fields) {
    var indexes = new HashMap<String, Integer>();
    for (int i = 0; i < fields.size(); i++) {
      indexes.putIfAbsent(fields.get(i).name(), i);
    }
    return indexes;
  }

  /** Starts a schema for a log with this path, by default TSV in Zeek's own format. */
  public static Builder builder(String path) {
    return new Builder(Objects.requireNonNull(path, "path"));
  }

  static LogSchema of(
      @Nullable String path, LogFormat format, List<Field> fields, @Nullable String open) {
    var copy = List.copyOf(fields);
    return new LogSchema(path, format, copy, open, indexes(copy));
  }

  /** The schema of a JSON log with these columns, which may grow. */
  static LogSchema ofJson(GrowingFields fields) {
    return new LogSchema(null, JsonFormat.ZEEK, fields, null, Map.of());
  }

  /** A schema with the same columns, which it shares with this one. */
  LogSchema with(@Nullable String otherPath, LogFormat otherFormat, @Nullable String otherOpen) {
    return new LogSchema(otherPath, otherFormat, fields, otherOpen, indexes);
  }

  /** The log's path as in {@code #path}, such as {@code conn}; null where the log does not say. */
  public @Nullable String path() {
    return path;
  }

  /** TSV with its markers, or JSON. */
  public LogFormat format() {
    return format;
  }

  /** The columns in their order. */
  public List<Field> fields() {
    return fields;
  }

  /** The text of {@code #open} as it stands in the log; null where there is none. */
  public @Nullable String open() {
    return open;
  }

  /**
   * The position of a column from 0, or -1 if there is none with this name. If two have this name,
   * it is the first.
   */
  public int indexOf(String name) {
    return fields instanceof GrowingFields growing
        ? growing.position(name)
        : indexes.getOrDefault(name, -1);
  }

  /**
   * Writes the schema for another process of the host, in a form that may change with the host.
   *
   * @throws IOException if that fails
   */
  void writeTo(DataOutput out) throws IOException {
    out.writeBoolean(path != null);
    writeText(out, path == null ? "" : path);
    out.writeBoolean(open != null);
    writeText(out, open == null ? "" : open);
    if (format instanceof TsvFormat tsv) {
      out.writeBoolean(true);
      tsv.writeTo(out);
    } else {
      out.writeBoolean(false);
      writeText(out, ((JsonFormat) format).times().name());
    }
    out.writeInt(fields.size());
    for (var field : fields) {
      writeText(out, field.name());
      writeText(out, field.type().text());
    }
  }

  /** Writes a text of any length, which {@code writeUTF} could not. */
  private static void writeText(DataOutput out, String text) throws IOException {
    var bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_TEXT_BYTES) {
      throw new IOException("A schema has a text of " + length + " bytes.");
    }
    var bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, UTF_8);
  }

  /**
   * Reads a schema that {@link #writeTo} wrote.
   *
   * @throws IOException if that fails
   */
  static LogSchema readFrom(DataInput in) throws IOException {
    boolean hasPath = in.readBoolean();
    var path = readText(in);
    boolean hasOpen = in.readBoolean();
    var open = readText(in);
    LogFormat format =
        in.readBoolean()
            ? TsvFormat.readFrom(in)
            : new JsonFormat(JsonFormat.Times.valueOf(readText(in)));
    int count = in.readInt();
    var fields = new ArrayList<Field>();
    for (int i = 0; i < count; i++) {
      var name = readText(in);
      fields.add(new Field(name, ZeekType.of(readText(in))));
    }
    return of(hasPath ? path : null, format, fields, hasOpen ? open : null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LogSchema that
        && Objects.equals(path, that.path)
        && format.equals(that.format)
        && fields.equals(that.fields)
        && Objects.equals(open, that.open);
  }

  @Override
  public int hashCode() {
    return Objects.hash(path, format, fields, open);
  }

  @Override
  public String toString() {
    return "LogSchema[path=%s, format=%s, fields=%s]".formatted(path, format, fields);
  }

  /** Collects the parts of a schema. Confined to one thread. */
  public static final class Builder {

    private final String path;
    private final List<Field> fields = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private LogFormat format = TsvFormat.ZEEK;

    private Builder(String path) {
      this.path = path;
    }

    /**
     * Adds a column.
     *
     * @param name its name, without separators or line ends
     * @param type the name of its type as Zeek has it, such as {@code count} or {@code set[addr]}
     * @throws IllegalArgumentException if a column has this name already, or Zeek has no such type
     */
    public Builder field(String name, String type) {
      var known = ZeekType.of(type);
      if (!known.isZeek()) {
        throw new IllegalArgumentException(
            "The column %s of the log %s has the type \"%s\", which Zeek does not have.%s Its types are %s, and set[T] and vector[T] of these."
                .formatted(
                    name,
                    path,
                    type,
                    NearestName.question(type, ZeekType.scalars()),
                    String.join(", ", ZeekType.scalars())));
      }
      return field(new Field(name, known));
    }

    /**
     * Adds a column as it is in a log that was read, whatever its type.
     *
     * @throws IllegalArgumentException if a column has this name already, the name has more than
     *     1,000 characters, or there are 10,000 columns
     */
    public Builder field(Field field) {
      var shown = LogBounds.shortened(field.name(), LogBounds.MAX_QUOTED);
      if (field.name().length() > LogBounds.MAX_NAME_BYTES) {
        throw new IllegalArgumentException(
            "The name of the column %s of the log %s has %d characters; it may have %d."
                .formatted(shown, path, field.name().length(), LogBounds.MAX_NAME_BYTES));
      }
      if (fields.size() == LogBounds.MAX_COLUMNS) {
        throw new IllegalArgumentException(
            "The log %s has more than %d columns, the most that a log may have."
                .formatted(path, LogBounds.MAX_COLUMNS));
      }
      if (!names.add(field.name())) {
        throw new IllegalArgumentException("There already is a column " + shown + ".");
      }
      fields.add(field);
      return this;
    }

    /** Sets the format. */
    public Builder format(LogFormat format) {
      this.format = Objects.requireNonNull(format, "format");
      return this;
    }

    /**
     * The schema.
     *
     * @throws IllegalArgumentException if there is no column
     */
    public LogSchema build() {
      if (fields.isEmpty()) {
        throw new IllegalArgumentException("The log " + path + " has no column.");
      }
      return of(path, format, fields, null);
    }
  }
}
