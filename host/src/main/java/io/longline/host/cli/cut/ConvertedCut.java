package io.longline.host.cli.cut;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.host.cli.cut.Oddities.Kind;
import io.longline.zeek.Field;
import io.longline.zeek.JsonFormat;
import io.longline.zeek.LogReader;
import io.longline.zeek.LogRecord;
import io.longline.zeek.LogSchema;
import io.longline.zeek.LogWriter;
import io.longline.zeek.RowWriter;
import io.longline.zeek.TsvFormat;
import io.longline.zeek.ZeekFormatException;
import io.longline.zeek.ZeekType;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prints columns of logs in another format than they were read in, or of JSON: by types, and with
 * the escapes of the format. Confined to one thread.
 */
final class ConvertedCut {

  /** The path in the header of a log that does not name its own. */
  private static final String UNKNOWN_PATH = "-";

  private static final long MICROS_PER_SECOND = 1_000_000L;

  /** Columns of times in Zeek's logs; JSON does not say which of its numbers are times. */
  private static final Set<String> TIMES =
      Set.of(
          "ts",
          "_write_ts",
          "from",
          "till",
          "ref_time",
          "org_time",
          "rec_time",
          "xmt_time",
          "certificate.not_valid_before",
          "certificate.not_valid_after",
          "thisUpdate",
          "nextUpdate",
          "revoketime",
          "compile_ts",
          "up_since",
          "times.modified",
          "times.accessed",
          "times.created",
          "times.changed");

  private final CutOptions options;
  private final CutBuffer out;

  /** How many header blocks were printed, in all logs. */
  private int blocks;

  ConvertedCut(CutOptions options, CutBuffer out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Prints a log.
   *
   * @throws IOException if it cannot be read
   * @throws BadHeaderException if its columns cannot be the keys of one object
   */
  void print(LogReader reader, Oddities oddities) throws IOException, BadHeaderException {
    new Log(reader, oddities).print();
  }

  /** One log. */
  private final class Log {

    private final LogReader reader;
    private final Oddities oddities;
    private final TreeSet<String> leftOut = new TreeSet<>();
    private @Nullable LogSchema source;
    private List<String> names = List.of();
    private int[] columns = {};
    private boolean[] isTime = {};
    private @Nullable LogWriter writer;

    Log(LogReader reader, Oddities oddities) {
      this.reader = reader;
      this.oddities = oddities;
    }

    void print() throws IOException, BadHeaderException {
      for (var record = reader.next(); record != null; record = reader.next()) {
        if (isOther(record.schema(), source)) {
          useSchema(record);
        }
        if (writer != null) {
          printRow(record, writer.row());
        } else {
          out.append(options.json() ? "{}\n" : "\n");
        }
      }
      endWriter();
      oddities.addLeftOut(leftOut);
    }

    private void useSchema(LogRecord record) throws IOException, BadHeaderException {
      var schema = record.schema();
      boolean isFirst = source == null;
      source = schema;
      boolean isTsvOut = !options.json();
      if (isTsvOut && !isFirst) {
        noteLeftOut(schema);
      } else {
        names = names(schema);
        checkDistinct(names, record.line());
        columns = new int[names.size()];
        isTime = new boolean[names.size()];
        endWriter();
        writer = names.isEmpty() ? null : LogWriter.rowsTo(out, target(schema, List.copyOf(names)));
        if (isTsvOut) {
          printHeader(schema, Objects.requireNonNullElse(record.path(), UNKNOWN_PATH));
        }
      }
      for (int i = 0; i < columns.length; i++) {
        columns[i] = record.indexOf(names.get(i));
        isTime[i] = options.times() != null && isTime(schema, names.get(i));
      }
    }

    private void endWriter() throws IOException {
      if (writer != null) {
        writer.flush();
      }
    }

    /** The columns to print; those without a name cannot be the key of a value. */
    private List<String> names(LogSchema schema) {
      if (options.isInOrderNamed()) {
        return options.json() ? options.columns().stream().distinct().toList() : options.columns();
      }
      return schema.fields().stream()
          .map(Field::name)
          .filter(options::shows)
          .filter(each -> !(options.json() && each.isEmpty()))
          .toList();
    }

    private void noteLeftOut(LogSchema schema) {
      if (!options.isInOrderNamed()) {
        schema.fields().stream()
            .map(Field::name)
            .filter(options::shows)
            .filter(each -> !names.contains(each))
            .forEach(leftOut::add);
      }
    }

    private void checkDistinct(List<String> each, long line) throws BadHeaderException {
      var known = new HashSet<String>();
      for (var column : each) {
        if (options.json() && !known.add(column)) {
          throw new BadHeaderException(
              line,
              "two columns have the name %s, which cannot both be in a JSON object. Name the columns to print, or leave these out."
                  .formatted(column));
        }
      }
    }

    /** The schema to write; numbered names, which nobody sees, where a column is named twice. */
    private LogSchema target(LogSchema schema, List<String> each) {
      var target = LogSchema.builder(UNKNOWN_PATH);
      for (int i = 0; i < each.size(); i++) {
        target.field(
            new Field(options.json() ? each.get(i) : i + each.get(i), type(schema, each.get(i))));
      }
      return target.format(options.json() ? JsonFormat.ZEEK : tsv()).build();
    }

    private ZeekType type(LogSchema schema, String column) {
      int index = schema.indexOf(column);
      return index < 0 || (options.times() != null && isTime(schema, column))
          ? ZeekType.STRING
          : schema.fields().get(index).type();
    }

    private boolean isTime(LogSchema schema, String column) {
      int index = schema.indexOf(column);
      boolean isTyped = schema.format() instanceof TsvFormat;
      return index >= 0
          && (isTyped
              ? schema.fields().get(index).type().text().equals("time")
              : TIMES.contains(column));
    }

    private void printHeader(LogSchema schema, String path) {
      if (options.header() == HeaderChoice.NONE || !options.header().shows(++blocks)) {
        return;
      }
      var between = tsv().separator();
      var fields = names.stream().map(ConvertedCut::bytewise).collect(Collectors.joining(between));
      if (options.header().isNames()) {
        out.append(fields + "\n");
        return;
      }
      var header = LogSchema.builder(path).field("x", "string").format(tsv()).build();
      LogWriter.header(header, Instant.EPOCH, ZoneOffset.UTC)
          .lines()
          .filter(line -> !line.matches("#(open|fields|types).*"))
          .forEach(line -> out.append(line + "\n"));
      var types = names.stream().map(each -> type(schema, each).text());
      out.append("#fields" + between + fields + "\n");
      out.append("#types" + between + types.collect(Collectors.joining(between)) + "\n");
    }

    private void printRow(LogRecord record, RowWriter row) throws IOException {
      for (int i = 0; i < columns.length; i++) {
        if (columns[i] < 0) {
          row.unset();
        } else if (isTime[i] && !record.isUnset(columns[i])) {
          row.text(readable(record, columns[i]));
        } else {
          copy(record, columns[i], row);
        }
      }
      row.end();
    }

    /** A time in readable form; as it stands if it cannot be converted. */
    private @Nullable String readable(LogRecord record, int column) {
      var times = Objects.requireNonNull(options.times());
      try {
        long micros = record.timeMicros(column);
        var text = micros < 0 ? null : times.format(micros / MICROS_PER_SECOND);
        if (text != null) {
          return text;
        }
      } catch (ZeekFormatException e) {
        // As it stands.
      }
      oddities.add(Kind.BAD_TIME, record.line());
      return record.string(column);
    }

    private void copy(LogRecord record, int column, RowWriter row) {
      try {
        row.copy(record, column);
      } catch (ZeekFormatException e) {
        oddities.add(Kind.BAD_CELL, record.line());
        row.unset();
      }
    }
  }

  /** An equal schema is another one too: each header of a log counts. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isOther(LogSchema schema, @Nullable LogSchema before) {
    return schema != before;
  }

  private TsvFormat tsv() {
    var separator = options.separator();
    return separator == null ? TsvFormat.ZEEK : TsvFormat.ZEEK.withSeparator(separator);
  }

  private static String bytewise(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
