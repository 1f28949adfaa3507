package io.longline.zeek;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes one Zeek log: TSV with header and {@code #close}, or JSON. Confined to one thread at a
 * time.
 *
 * <pre>{@code
 * try (var writer = LogWriter.open(path, schema)) {
 *   writer.row().time(Instant.now()).string("example.org").end();
 * }
 * }</pre>
 *
 * <p>Rows are written in pieces of some 64 KiB, each ending with a row. After a crash the file
 * lacks its {@code #close} and the rows of the last piece.
 *
 * @since 0.1.0
 */
public final class LogWriter implements Closeable {

  private static final int BUFFER_BYTES = 64 * 1024;

  /** Small, since a call may have hundreds of outputs. */
  private static final int FIRST_BYTES = 4 * 1024;

  /** Zeek writes the wall clock of its machine here, without a zone. */
  private static final DateTimeFormatter OPEN_CLOSE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd-HH-mm-ss");

  private final LogSchema schema;
  private final OutputStream out;
  private final Clock clock;
  private final boolean hasMeta;
  private final ByteBuilder buffer = new ByteBuilder(FIRST_BYTES);
  private final RowWriter row;
  private boolean closed;

  private LogWriter(LogSchema schema, OutputStream out, Clock clock, boolean hasMeta) {
    this.schema = schema;
    this.out = out;
    this.clock = clock;
    this.hasMeta = hasMeta;
    RowWriter.Sink sink = this::accept;
    // On 17 there is no switch over a sealed interface.
    if (schema.format() instanceof TsvFormat tsv) {
      this.row = new TsvRowWriter(schema, tsv, sink);
    } else {
      this.row = new JsonRowWriter(schema, (JsonFormat) schema.format(), sink);
    }
    if (hasMeta) {
      buffer.append(header(schema, clock.instant(), clock.getZone()).getBytes(ISO_8859_1));
    }
  }

  /**
   * Creates a log, replacing any file of this name.
   *
   * @throws IOException if the file cannot be created
   */
  public static LogWriter open(Path path, LogSchema schema) throws IOException {
    return to(Files.newOutputStream(path), schema, Clock.system(ZoneId.systemDefault()));
  }

  /**
   * Writes a log to a stream, which the writer closes. The text of {@code #open} is that of the
   * schema, if it was read from a log.
   *
   * @param clock gives the times of {@code #open} and {@code #close}, in its zone
   */
  public static LogWriter to(OutputStream out, LogSchema schema, Clock clock) {
    return new LogWriter(schema, out, Objects.requireNonNull(clock, "clock"), true);
  }

  /** Writes rows alone, without header and {@code #close}, to a stream, which the writer closes. */
  public static LogWriter rowsTo(OutputStream out, LogSchema schema) {
    return new LogWriter(schema, out, Clock.systemUTC(), false);
  }

  /**
   * The header of a log, one char a byte (ISO 8859-1), each line with its line feed; empty for
   * JSON.
   *
   * @param open the time for {@code #open}
   * @param zone the zone to write it in
   */
  public static String header(LogSchema schema, Instant open, ZoneId zone) {
    if (!(schema.format() instanceof TsvFormat tsv)) {
      return "";
    }
    var text = new StringBuilder();
    var prefix = new String(tsv.metaPrefixBytes(), ISO_8859_1);
    var separator = new String(tsv.separatorBytes(), ISO_8859_1);
    text.append(prefix).append("separator ").append(FieldEscapes.headerText(tsv.separatorBytes()));
    text.append('\n');
    line(text, tsv, "set_separator", FieldEscapes.headerText(tsv.setSeparatorBytes()));
    line(text, tsv, "empty_field", FieldEscapes.headerText(tsv.emptyFieldBytes()));
    line(text, tsv, "unset_field", FieldEscapes.headerText(tsv.unsetFieldBytes()));
    var path = Objects.requireNonNullElse(schema.path(), "");
    line(text, tsv, "path", FieldEscapes.headerText(path.getBytes(UTF_8)));
    var openText = schema.open();
    line(text, tsv, "open", openText != null ? openText : OPEN_CLOSE.withZone(zone).format(open));
    text.append(prefix).append("fields");
    for (var field : schema.fields()) {
      text.append(separator).append(new String(field.name().getBytes(UTF_8), ISO_8859_1));
    }
    text.append('\n').append(prefix).append("types");
    for (var field : schema.fields()) {
      text.append(separator).append(new String(field.type().text().getBytes(UTF_8), ISO_8859_1));
    }
    return text.append('\n').toString();
  }

  /**
   * The line that closes a log, with its line feed, one char a byte (ISO 8859-1); empty for JSON.
   *
   * @param close the time for {@code #close}
   * @param zone the zone to write it in
   */
  public static String footer(LogSchema schema, Instant close, ZoneId zone) {
    if (!(schema.format() instanceof TsvFormat tsv)) {
      return "";
    }
    var text = new StringBuilder();
    line(text, tsv, "close", OPEN_CLOSE.withZone(zone).format(close));
    return text.toString();
  }

  private static void line(StringBuilder text, TsvFormat tsv, String key, String value) {
    text.append(new String(tsv.metaPrefixBytes(), ISO_8859_1)).append(key);
    text.append(new String(tsv.separatorBytes(), ISO_8859_1)).append(value).append('\n');
  }

  /** The schema that rows are written with. */
  public LogSchema schema() {
    return schema;
  }

  /**
   * Begins a row.
   *
   * @return the same object each time
   * @throws IllegalStateException if the row before was neither ended nor cancelled
   */
  public RowWriter row() {
    return row.begin();
  }

  /** Gives up the row that was begun, if there is one. */
  void cancelRow() {
    row.cancel();
  }

  private void accept(byte[] bytes, int length) throws IOException {
    if (closed) {
      throw new IOException("The log " + schema.path() + " is closed.");
    }
    if (length > BUFFER_BYTES) {
      flush();
      out.write(bytes, 0, length);
      return;
    }
    buffer.append(bytes, 0, length);
    if (buffer.length() >= BUFFER_BYTES) {
      flush();
    }
  }

  /**
   * Writes the buffered rows.
   *
   * @throws IOException if it cannot be written
   */
  public void flush() throws IOException {
    buffer.writeTo(out);
    buffer.truncate(0);
    out.flush();
  }

  /**
   * Ends the log with this text of {@code #close} and closes its stream.
   *
   * @param closeText the text, as it stood in a log that was read; null for no {@code #close} at
   *     all
   * @throws IOException if that fails
   * @throws IllegalStateException if a row was neither ended nor cancelled; the log is closed, and
   *     lacks that row
   */
  public void closeWith(@Nullable String closeText) throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      if (hasMeta && closeText != null && schema.format() instanceof TsvFormat tsv) {
        var text = new StringBuilder();
        line(text, tsv, "close", closeText);
        buffer.append(text.toString().getBytes(ISO_8859_1));
      }
      flush();
    }
    row.checkEnded();
  }

  /**
   * Ends the log with the time of the clock and closes its stream.
   *
   * @throws IOException if that fails
   * @throws IllegalStateException if a row was neither ended nor cancelled; the log is closed, and
   *     lacks that row
   */
  @Override
  public void close() throws IOException {
    closeWith(OPEN_CLOSE.withZone(clock.getZone()).format(clock.instant()));
  }
}
