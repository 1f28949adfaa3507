package io.longline.zeek;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of one Zeek log, one after the other: TSV or JSON, plain, gzip or zstd, as its
 * first bytes show. Confined to one thread at a time.
 *
 * <pre>{@code
 * try (var reader = LogReader.builder(path).fields("id.orig_h", "resp_bytes").open()) {
 *   reader.forEach(record -> total += record.integer(1, 0));
 *   System.err.println(reader.report().summary());
 * }
 * }</pre>
 *
 * <p>A line that is not a row is counted and described in {@link #report()}, and the reader
 * continues with the next one. The report also says whether a compressed stream is cut off. A
 * reader needs some 300 KiB, and more only for a longer row.
 *
 * @since 0.1.0
 */
public final class LogReader implements Closeable {

  /** The default of the largest number of bytes that a row may have. */
  public static final int DEFAULT_MAX_ROW_BYTES = 16 * 1024 * 1024;

  private final ByteWindow window;
  private final RowParser parser;
  private final View view;
  private final ReadProblems problems;
  private final RowCursor cursor;
  private final @Nullable Consumer<ReadReport> onClose;
  private boolean closed;

  private LogReader(Builder builder, InputStream in) throws IOException {
    this.onClose = builder.onClose;
    this.window = new ByteWindow(in, builder.maxRowBytes);
    this.view = new View(builder.fields);
    this.problems = new ReadProblems(builder.name, builder.strict);
    window.skipByteOrderMark();
    this.parser =
        isJson(builder, window)
            ? new JsonParser(window, builder.name, view, problems)
            : new TsvParser(
                window,
                builder.name,
                view,
                problems,
                builder.headerless,
                builder.isNamesFirst,
                builder.allowsShortRows);
    this.cursor = new RowCursor(parser, window, builder.name, builder.strict, builder.onlyPath);
  }

  private static boolean isJson(Builder builder, ByteWindow window) throws IOException {
    if (builder.continued != null) {
      return builder.continued.format() instanceof JsonFormat;
    }
    return builder.headerless == null && !builder.isNamesFirst && window.peek() == '{';
  }

  /**
   * Opens a log with all its columns.
   *
   * @throws IOException if the file cannot be opened or read
   */
  public static LogReader open(Path path) throws IOException {
    return builder(path).open();
  }

  /** Starts a reader of a file. */
  public static Builder builder(Path path) {
    return new Builder(path.toString(), () -> RegularFile.open(path));
  }

  /**
   * Starts a reader of a stream, which the reader closes.
   *
   * @param name the name of the log in messages
   */
  public static Builder builder(String name, InputStream in) {
    Objects.requireNonNull(in, "in");
    return new Builder(name, () -> in);
  }

  /**
   * Moves to the next row.
   *
   * @return the view of it, the same object each time; null at the end
   * @throws IOException if reading fails
   * @throws ZeekFormatException if the reader is strict and a line is bad
   */
  public @Nullable LogRecord next() throws IOException {
    return cursor.next();
  }

  /**
   * Passes each remaining row to a consumer. If it throws a {@link ZeekFormatException}, since a
   * cell cannot be read as it asks, the line counts as a bad one and the reader continues with the
   * next row, unless it is strict. So read the cells before you act on them.
   *
   * @throws IOException if reading fails
   * @throws E if the consumer throws it
   */
  public <E extends Exception> void forEach(RecordConsumer<E> consumer) throws IOException, E {
    for (var record = next(); record != null; record = next()) {
      try {
        consumer.accept(record);
      } catch (ZeekFormatException e) {
        RejectedRows.add();
        countBad(e);
      }
    }
  }

  /**
   * Some columns of each row, as a record of their own, for one of several users of this reader.
   *
   * @param fields the columns, which should be among those that the reader reads; none for all
   */
  RecordPart part(List<WantedField> fields) {
    return new RecordPart(parser.record(), fields.isEmpty() ? null : fields);
  }

  /**
   * Reads the rows in blocks, within which they stay valid together. To be called once, before the
   * first row and instead of {@link #next}.
   *
   * @param most the largest number of rows in a block, 1 or more
   */
  RecordBlock block(int most) {
    window.keepOldBytes();
    return new RecordBlock(cursor, parser.record(), most);
  }

  /**
   * Counts a row that was handed out as a bad line after all, since a cell cannot be read as its
   * user asks. {@link #forEach} does so by itself.
   *
   * @throws ZeekFormatException if the reader is strict: the problem itself
   */
  void countBad(ZeekFormatException problem) {
    problems.rejected(problem);
  }

  /**
   * The schema of the current row, or of the first row if none was read yet; without columns if the
   * file has no header.
   */
  public LogSchema schema() {
    return view.schema();
  }

  /** The required fields of a part of this reader's rows that the log does not have. */
  List<ReadReport.MissingField> missing(RecordPart part) {
    return cursor.knowsTheFields() ? part.missing() : List.of();
  }

  /** The number of lines of any kind that were read so far. */
  long lines() {
    return parser.lines();
  }

  /**
   * The text of the last {@code #close} seen so far, as it stands in the log; null if there was
   * none.
   */
  public @Nullable String closeText() {
    return parser.closeText();
  }

  /** The report on the part of the file that was read so far. */
  public ReadReport report() {
    var missing = cursor.knowsTheFields() ? view.missing() : List.<ReadReport.MissingField>of();
    return problems.report(cursor.handedOut(), window.damage(), parser.isClosed(), missing);
  }

  /**
   * Closes the file.
   *
   * @throws IOException if that fails
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    window.close();
    if (onClose != null) {
      onClose.accept(report());
    }
  }

  /** A consumer of rows. */
  @FunctionalInterface
  public interface RecordConsumer<E extends Exception> {
    /** Takes a row; the record is valid during the call only. */
    void accept(LogRecord record) throws E;
  }

  @FunctionalInterface
  private interface Source {
    InputStream open() throws IOException;
  }

  /** Options of a reader. Confined to one thread. */
  public static final class Builder {

    private final String name;
    private final Source source;
    private @Nullable List<WantedField> fields;
    private @Nullable LogSchema headerless;
    private boolean isNamesFirst;
    private boolean allowsShortRows;
    private @Nullable String onlyPath;
    private @Nullable LogSchema continued;
    private boolean strict;
    private int maxRowBytes = DEFAULT_MAX_ROW_BYTES;
    private @Nullable Consumer<ReadReport> onClose;

    private Builder(String name, Source source) {
      this.name = Objects.requireNonNull(name, "name");
      this.source = source;
    }

    /**
     * Reads these fields only; they are the columns of the records, numbered in this order. A log
     * that lacks one is reported, and the field is unset in every row.
     *
     * @throws IllegalArgumentException if a field is named twice
     */
    public Builder fields(String... names) {
      return fields(List.of(names));
    }

    /**
     * Reads these fields only; they are the columns of the records, numbered in this order. A log
     * that lacks one is reported, and the field is unset in every row.
     *
     * @throws IllegalArgumentException if a field is named twice
     */
    public Builder fields(List<String> names) {
      return wanted(WantedField.allRequired(names));
    }

    /** Reads these fields only, in records for their handles. */
    public Builder fields(LogFields wanted) {
      return wanted(wanted.fields());
    }

    /**
     * Also reads these fields, as further columns, which a log may lack.
     *
     * @throws IllegalArgumentException if a field is named twice
     */
    public Builder optionalFields(String... names) {
      var longer = new ArrayList<>(fields == null ? List.of() : fields);
      for (var each : names) {
        longer.add(WantedField.optional(each));
      }
      return wanted(longer);
    }

    /** Reads these fields only. */
    Builder wanted(List<WantedField> wanted) {
      this.fields = WantedField.distinct(wanted);
      return this;
    }

    /**
     * Reads a TSV log without header (Zeek's {@code LogAscii::include_meta=F}) as one with this
     * schema. If there is a header, it takes precedence.
     *
     * @throws IllegalArgumentException if the schema is not of a TSV log
     */
    public Builder headerless(LogSchema schema) {
      if (!(schema.format() instanceof TsvFormat)) {
        throw new IllegalArgumentException(
            "A log without header must be TSV; the schema has the format " + schema.format());
      }
      this.headerless = schema;
      return this;
    }

    /**
     * Reads a log whose first line names its columns, separated by TAB, and that has no other
     * header (the filter option {@code tsv=T}). All columns are strings.
     */
    public Builder namesInFirstLine() {
      this.isNamesFirst = true;
      return this;
    }

    /**
     * Also hands out a TSV row that ends too early, if it has all columns that are read, as
     * zeek-cut does.
     */
    public Builder allowShortRows() {
      this.allowsShortRows = true;
      return this;
    }

    /** Reads from the middle of a plain log of this schema, whether TSV or JSON. */
    Builder continuing(LogSchema schema) {
      this.continued = schema;
      return schema.format() instanceof TsvFormat ? headerless(schema) : this;
    }

    /**
     * Hands out only the rows of this path and those that name none; for streams that hold many
     * logs.
     */
    public Builder path(String path) {
      this.onlyPath = Objects.requireNonNull(path, "path");
      return this;
    }

    /**
     * Whether the first bad line ends the reading with a {@link ZeekFormatException}; false by
     * default.
     */
    public Builder strict(boolean strict) {
      this.strict = strict;
      return this;
    }

    /**
     * Sets the largest number of bytes that a row may have, by default {@value
     * #DEFAULT_MAX_ROW_BYTES}: a longer one is a bad line. This limits the memory of the reader to
     * about twice as much.
     *
     * @throws IllegalArgumentException if it is under 1 KiB or over 1 GiB
     */
    public Builder maxRowBytes(int maxRowBytes) {
      if (maxRowBytes < 1024 || maxRowBytes > 1024 * 1024 * 1024) {
        throw new IllegalArgumentException(
            "maxRowBytes is " + maxRowBytes + "; it must be between 1 KiB and 1 GiB.");
      }
      this.maxRowBytes = maxRowBytes;
      return this;
    }

    /** Passes the report to this consumer when the reader is closed. */
    public Builder onClose(Consumer<ReadReport> onClose) {
      this.onClose = Objects.requireNonNull(onClose, "onClose");
      return this;
    }

    /**
     * Opens the log and reads its header and first row.
     *
     * @throws IOException if it cannot be opened or read
     * @throws ZeekFormatException if the reader is strict and the first lines are bad
     */
    public LogReader open() throws IOException {
      var in = source.open();
      try {
        return new LogReader(this, continued == null ? Inflation.of(in) : in);
      } catch (IOException | RuntimeException e) {
        try {
          in.close();
        } catch (IOException | UncheckedIOException suppressed) {
          e.addSuppressed(suppressed);
        }
        throw e;
      }
    }
  }
}
