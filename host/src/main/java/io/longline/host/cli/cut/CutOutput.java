package io.longline.host.cli.cut;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.longline.zeek.HostAccess;
import io.longline.zeek.LogReader;
import io.longline.zeek.LogRecord;
import io.longline.zeek.LogSchema;
import io.longline.zeek.LogWriter;
import io.longline.zeek.TsvFormat;
import io.longline.zeek.ZeekFormatException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes chosen columns as zeek-cut does: the cells of a TSV log as they stand, with the log's own
 * separator or another. Confined to one thread.
 */
final class CutOutput {

  /** Which header blocks are shown, and how. */
  enum Header {
    NONE,
    FIRST,
    ALL,
    FIRST_NAMES,
    ALL_NAMES;

    boolean isAll() {
      return this == ALL || this == ALL_NAMES;
    }

    boolean isNames() {
      return this == FIRST_NAMES || this == ALL_NAMES;
    }
  }

  private static final int BUFFER_BYTES = 64 * 1024;

  private final OutputStream out;
  private final Header header;
  private final byte @Nullable [] separator;
  private final @Nullable StrftimeFormat times;
  private byte[] buffer = new byte[BUFFER_BYTES];
  private int length;
  private int blocks;
  private long cachedSecond = Long.MIN_VALUE;
  private byte[] cachedTime = {};

  /**
   * An output.
   *
   * @param separator what to put between columns; null for the log's own
   * @param times how to write times; null for as they stand
   */
  CutOutput(
      OutputStream out,
      Header header,
      byte @Nullable [] separator,
      @Nullable StrftimeFormat times) {
    this.out = out;
    this.header = header;
    this.separator = separator;
    this.times = times;
  }

  /** Writes the columns of all rows of a TSV log; -1 stands for a column that the log lacks. */
  void writeTsv(LogReader reader, Function<LogSchema, int[]> chooser) throws IOException {
    LogSchema schema = null;
    int[] columns = {};
    int[] cells = {};
    boolean[] isTime = {};
    byte[] between = {'\t'};
    for (var record = reader.next(); record != null; record = reader.next()) {
      if (isOther(record.schema(), schema)) {
        if (schema != null) {
          writeClose(reader, schema);
        }
        schema = record.schema();
        columns = chooser.apply(schema);
        isTime = timeColumns(schema, columns);
        between =
            separator != null
                ? separator
                : ((TsvFormat) schema.format()).separator().getBytes(ISO_8859_1);
        writeHeader(schema, columns, between);
        cells = cells(record, schema, columns);
      }
      writeRow(record, cells, isTime, between);
    }
    if (schema != null && reader.report().closed()) {
      writeClose(reader, schema);
    }
    flush();
  }

  /** An equal schema is another one too: each header of a log counts. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isOther(LogSchema schema, @Nullable LogSchema before) {
    return schema != before;
  }

  /** Where the record has the columns of the schema. */
  private static int[] cells(LogRecord record, LogSchema schema, int[] columns) {
    return Arrays.stream(columns)
        .map(column -> column < 0 ? -1 : record.indexOf(schema.fields().get(column).name()))
        .toArray();
  }

  private boolean[] timeColumns(LogSchema schema, int[] columns) {
    var isTime = new boolean[columns.length];
    for (int i = 0; i < columns.length; i++) {
      isTime[i] =
          times != null
              && columns[i] >= 0
              && schema.fields().get(columns[i]).type().text().equals("time");
    }
    return isTime;
  }

  private void writeRow(LogRecord record, int[] columns, boolean[] isTime, byte[] between)
      throws IOException {
    for (int i = 0; i < columns.length; i++) {
      if (i > 0) {
        append(between, 0, between.length);
      }
      int column = columns[i];
      if (column < 0 || HostAccess.start(record, column) < 0) {
        continue;
      }
      if (isTime[i] && !record.isUnset(column)) {
        appendTime(record, column);
      } else {
        append(
            HostAccess.buffer(record),
            HostAccess.start(record, column),
            HostAccess.end(record, column));
      }
    }
    appendLineFeed();
  }

  /** Whole seconds, as zeek-cut has them; a cell that is not a time is left as it stands. */
  private void appendTime(LogRecord record, int column) throws IOException {
    try {
      long second = Math.floorDiv(record.timeMicros(column), 1_000_000L);
      if (second != cachedSecond && times != null) {
        cachedTime = times.format(second).getBytes(ISO_8859_1);
        cachedSecond = second;
      }
      append(cachedTime, 0, cachedTime.length);
    } catch (ZeekFormatException e) {
      append(
          HostAccess.buffer(record),
          HostAccess.start(record, column),
          HostAccess.end(record, column));
    }
  }

  private void writeHeader(LogSchema schema, int[] columns, byte[] between) throws IOException {
    blocks++;
    if (header == Header.NONE || (blocks > 1 && !header.isAll())) {
      return;
    }
    var names = new ArrayList<String>();
    var types = new ArrayList<String>();
    for (int column : columns) {
      var field = column < 0 ? null : schema.fields().get(column);
      names.add(field == null ? "" : field.name());
      var type = field == null ? "" : field.type().text();
      types.add(times != null && type.equals("time") ? "string" : type);
    }
    var joint = new String(between, ISO_8859_1);
    if (header.isNames()) {
      append(String.join(joint, names) + "\n");
      return;
    }
    for (var line : LogWriter.header(schema, Instant.EPOCH, ZoneOffset.UTC).lines().toList()) {
      if (line.startsWith("#fields")) {
        append("#fields" + joint + String.join(joint, names) + "\n");
      } else if (line.startsWith("#types")) {
        append("#types" + joint + String.join(joint, types) + "\n");
      } else if (!line.startsWith("#open") || schema.open() != null) {
        append(line + "\n");
      }
    }
  }

  private void writeClose(LogReader reader, LogSchema schema) throws IOException {
    var close = reader.closeText();
    if (close != null && header == Header.ALL) {
      append("#close" + ((TsvFormat) schema.format()).separator() + close + "\n");
    }
  }

  /** Writes the columns of all rows of any log as another log: with types, and with its escapes. */
  void writeConverted(LogReader reader, List<String> names, LogSchema target) throws IOException {
    var writer = LogWriter.rowsTo(new Unclosed(out), target);
    var columns = new int[names.size()];
    var known = new LogSchema[1];
    reader.forEach(
        record -> {
          if (isOther(record.schema(), known[0])) {
            known[0] = record.schema();
            Arrays.setAll(columns, i -> record.indexOf(names.get(i)));
          }
          var row = writer.row();
          for (int column : columns) {
            if (column < 0) {
              row.unset();
            } else {
              row.copy(record, column);
            }
          }
          row.end();
        });
    writer.flush();
  }

  private void append(String text) throws IOException {
    var bytes = text.getBytes(ISO_8859_1);
    append(bytes, 0, bytes.length);
  }

  private void append(byte[] bytes, int from, int to) throws IOException {
    int count = to - from;
    if (count > buffer.length - length) {
      flush();
      if (count > buffer.length) {
        buffer = Arrays.copyOf(buffer, count);
      }
    }
    System.arraycopy(bytes, from, buffer, length, count);
    length += count;
  }

  private void appendLineFeed() throws IOException {
    if (length == buffer.length) {
      flush();
    }
    buffer[length++] = '\n';
  }

  private void flush() throws IOException {
    out.write(buffer, 0, length);
    length = 0;
  }

  /** Keeps a writer from closing the standard output. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      out.write(bytes, offset, count);
    }

    @Override
    public void close() {
      // Left open.
    }
  }
}
