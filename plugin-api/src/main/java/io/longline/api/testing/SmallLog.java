package io.longline.api.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.zeek.JsonFormat;
import io.longline.zeek.LogFormat;
import io.longline.zeek.LogSchema;
import io.longline.zeek.LogWriter;
import io.longline.zeek.TsvFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A Zeek log for a test, with a few rows. Confined to one thread.
 *
 * <pre>{@code
 * SmallLog.tsv("dns").field("ts", "time").field("id.orig_h", "addr").field("query", "string")
 *     .row("2026-04-30T00:00:00Z", "10.0.0.1", "example.org")
 *     .row("2026-04-30T00:00:01Z", "10.0.0.2", null)
 *     .writeTo(folder);
 * }</pre>
 *
 * @since 0.1.0
 */
public final class SmallLog {

  private final String path;
  private final LogSchema.Builder schema;
  private final ByteArrayOutputStream rows = new ByteArrayOutputStream();
  private @Nullable LogSchema built;
  private @Nullable LogWriter writer;

  private SmallLog(String path, LogFormat format) {
    this.path = path;
    this.schema = LogSchema.builder(path).format(format);
  }

  /** A log in Zeek's own format, with this path, such as {@code conn}. */
  public static SmallLog tsv(String path) {
    return new SmallLog(path, TsvFormat.ZEEK);
  }

  /** A log of JSON objects, one a line, without the cells that are unset, as Zeek writes it. */
  public static SmallLog json(String path) {
    return new SmallLog(path, JsonFormat.ZEEK);
  }

  /**
   * Adds a column.
   *
   * @param type the name of its type, such as {@code addr} or {@code set[string]}
   * @throws IllegalArgumentException if there is such a column, or Zeek has no such type
   * @throws IllegalStateException if there are rows already
   */
  public SmallLog field(String name, String type) {
    if (built != null) {
      throw new IllegalStateException("The field " + name + " comes after the first row.");
    }
    schema.field(name, type);
    return this;
  }

  /**
   * Adds a row.
   *
   * @param cells a value for each column, null for unset: a {@link Boolean}, a number, a text, a
   *     collection of texts, an {@link java.net.InetAddress}; for a time an {@link Instant}, its
   *     text, or seconds since 1970 UTC; for an interval a {@link java.time.Duration} or seconds
   * @throws IllegalArgumentException if there are more or fewer values than columns, or one does
   *     not fit its column
   */
  public SmallLog row(@Nullable Object... cells) {
    var fields = schema().fields();
    if (cells.length != fields.size()) {
      throw new IllegalArgumentException(
          "The row has %d values for the %d columns of %s."
              .formatted(cells.length, fields.size(), path));
    }
    var into = writer();
    var row = into.row();
    try {
      for (int i = 0; i < cells.length; i++) {
        SmallCell.write(row, fields.get(i), cells[i]);
      }
      row.end();
      into.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      row.cancel();
      throw e;
    }
    return this;
  }

  /** Adds a line as it is, such as a bad one; the line feed is added. */
  public SmallLog line(String text) {
    rows.writeBytes((text + "\n").getBytes(UTF_8));
    return this;
  }

  /**
   * Writes the log to {@code PATH.log} in a folder.
   *
   * @return the file
   * @throws IOException if it cannot be written
   */
  public Path writeTo(Path folder) throws IOException {
    return writeTo(folder, path + ".log");
  }

  /**
   * Writes the log to a file of this name in a folder.
   *
   * @return the file
   * @throws IOException if it cannot be written
   */
  public Path writeTo(Path folder, String fileName) throws IOException {
    var content = new ByteArrayOutputStream();
    var header = LogWriter.header(schema(), Instant.EPOCH, ZoneOffset.UTC);
    content.writeBytes(header.getBytes(ISO_8859_1));
    rows.writeTo(content);
    var footer = LogWriter.footer(schema(), Instant.EPOCH, ZoneOffset.UTC);
    content.writeBytes(footer.getBytes(ISO_8859_1));
    return Files.write(folder.resolve(fileName), content.toByteArray());
  }

  private LogSchema schema() {
    var known = built;
    if (known == null) {
      known = schema.build();
      built = known;
    }
    return known;
  }

  private LogWriter writer() {
    var known = writer;
    if (known == null) {
      known = LogWriter.rowsTo(rows, schema());
      writer = known;
    }
    return known;
  }
}
