package io.longline.host.cli.cut;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.zeek.Field;
import io.longline.zeek.JsonFormat;
import io.longline.zeek.LogReader;
import io.longline.zeek.LogSchema;
import io.longline.zeek.TsvFormat;
import io.longline.zeek.ZeekType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline cut}: chosen columns of logs, with the options and the output of zeek-cut. */
@Command(
    name = "cut",
    description = {
      "Prints columns of logs, as zeek-cut does: of standard input, or of files.",
      "TSV and JSON, plain, gzip and zstd."
    },
    mixinStandardHelpOptions = true)
public final class CutCommand implements Callable<Integer> {

  private static final int OK = 0;

  /** A log could not be read. */
  private static final int PROBLEMS = 1;

  private final CutStreams streams;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Parameters(
      paramLabel = "COLUMN",
      description =
          "The columns to print, in this order; all if none is named. An argument that names a file and not a column counts as --file.")
  private List<String> arguments = new ArrayList<>();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Read this file; may be given several times.")
  private List<Path> files = new ArrayList<>();

  @ArgGroup private @Nullable HeaderOption header;

  /** Which header blocks to show. */
  static final class HeaderOption {
    @Option(names = "-c", description = "Include the first header block.")
    private boolean first;

    @Option(names = "-C", description = "Include all header blocks.")
    private boolean all;

    @Option(names = "-m", description = "Include the first header block as a line of names.")
    private boolean firstNames;

    @Option(names = "-M", description = "Include all header blocks as lines of names.")
    private boolean allNames;
  }

  @Option(names = "-n", description = "Print all columns except those named.")
  private boolean negate;

  @ArgGroup private @Nullable TimeOption time;

  /** How to write times. */
  static final class TimeOption {
    @Option(
        names = "-d",
        description = "Write times in readable form, in local time (format: $ZEEK_CUT_TIMEFMT).")
    private boolean local;

    @Option(names = "-u", description = "Write times in readable form, in UTC.")
    @SuppressWarnings("UnusedVariable") // The others are looked at; this is what remains.
    private boolean utc;

    @Option(
        names = "-D",
        paramLabel = "FMT",
        description = "Like -d, in this format of strftime(3).")
    private @Nullable String localFormat;

    @Option(
        names = "-U",
        paramLabel = "FMT",
        description = "Like -u, in this format of strftime(3).")
    private @Nullable String utcFormat;
  }

  @Option(names = "-F", paramLabel = "SEP", description = "Put this between columns.")
  private @Nullable String separator;

  @Option(names = "--json", description = "Print one JSON object per row.")
  private boolean json;

  /** A command that reads and writes these. */
  public CutCommand(CutStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    var columns = new ArrayList<String>();
    var named = columnsOfNamedFile();
    for (var argument : arguments) {
      if (!named.contains(argument) && isFile(argument)) {
        files.add(Path.of(argument));
      } else {
        columns.add(argument);
      }
    }
    var output =
        new CutOutput(
            streams.out(),
            headerKind(),
            separator == null ? null : separator.getBytes(UTF_8),
            times());
    boolean isGood = true;
    if (files.isEmpty()) {
      var source = LogReader.builder("standard input", streams.in());
      isGood = cut("standard input", source, columns, output);
    }
    for (var file : files) {
      isGood &= cut(file.toString(), LogReader.builder(file), columns, output);
    }
    return isGood ? OK : PROBLEMS;
  }

  private static boolean isFile(String argument) {
    try {
      return Files.isRegularFile(Path.of(argument));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * The columns of the first file that was named with {@code --file}: they come before files of
   * such a name.
   */
  private List<String> columnsOfNamedFile() {
    if (files.isEmpty()) {
      return List.of();
    }
    try (var reader = LogReader.open(files.get(0))) {
      return reader.schema().fields().stream().map(Field::name).toList();
    } catch (IOException e) {
      // Reported when it is its turn.
      return List.of();
    }
  }

  private CutOutput.Header headerKind() {
    if (header == null) {
      return CutOutput.Header.NONE;
    }
    if (header.first) {
      return CutOutput.Header.FIRST;
    }
    if (header.all) {
      return CutOutput.Header.ALL;
    }
    if (header.firstNames) {
      return CutOutput.Header.FIRST_NAMES;
    }
    return header.allNames ? CutOutput.Header.ALL_NAMES : CutOutput.Header.NONE;
  }

  private @Nullable StrftimeFormat times() {
    if (time == null) {
      return null;
    }
    var byVariable =
        streams
            .environment()
            .getOrDefault(
                "ZEEK_CUT_TIMEFMT",
                streams.environment().getOrDefault("BRO_CUT_TIMEFMT", StrftimeFormat.ZEEK_CUT));
    boolean isUtc = !time.local && time.localFormat == null;
    var format = isUtc ? time.utcFormat : time.localFormat;
    try {
      return new StrftimeFormat(
          Objects.requireNonNullElse(format, byVariable),
          isUtc ? ZoneOffset.UTC : ZoneId.systemDefault());
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  /** Prints one log; false if it could not be read, or is not a log. */
  private boolean cut(
      String name, LogReader.Builder source, List<String> columns, CutOutput output) {
    if (!columns.isEmpty() && !negate) {
      source.fields(columns.stream().distinct().toList());
    }
    try (var reader = source.allowShortRows().open()) {
      boolean isTsv = reader.schema().format() instanceof TsvFormat;
      if (isTsv && !json) {
        output.writeTsv(reader, schema -> chosen(schema, columns));
      } else {
        convert(name, reader, columns, output);
      }
      var report = reader.report();
      if (report.isDamaged()) {
        streams.complaints().accept(name + ": " + report.summary());
      }
      return report.rows() > 0 || report.badLines() == 0;
    } catch (IOException e) {
      streams.complaints().accept(name + " cannot be read: " + e);
      return false;
    }
  }

  /** The positions of the columns to print; -1 for one that the log lacks. */
  private int[] chosen(LogSchema schema, List<String> columns) {
    if (columns.isEmpty() || negate) {
      var all = new ArrayList<Integer>();
      for (int i = 0; i < schema.fields().size(); i++) {
        if (!columns.contains(schema.fields().get(i).name())) {
          all.add(i);
        }
      }
      return all.stream().mapToInt(Integer::intValue).toArray();
    }
    return columns.stream().mapToInt(schema::indexOf).toArray();
  }

  private TsvFormat tsv() {
    return separator == null ? TsvFormat.ZEEK : TsvFormat.ZEEK.withSeparator(separator);
  }

  /**
   * Rows in another format than they were read in. The columns are those of the first row if none
   * is named.
   */
  private void convert(String name, LogReader reader, List<String> columns, CutOutput output)
      throws IOException {
    var names = new ArrayList<String>();
    for (int column : chosen(reader.schema(), negate ? columns : List.of())) {
      names.add(reader.schema().fields().get(column).name());
    }
    if (!columns.isEmpty() && !negate) {
      names.clear();
      names.addAll(columns);
    }
    var target = LogSchema.builder(Objects.requireNonNullElse(reader.schema().path(), name));
    for (var column : names) {
      int index = reader.schema().indexOf(column);
      target.field(
          index < 0 ? new Field(column, ZeekType.STRING) : reader.schema().fields().get(index));
    }
    output.writeConverted(reader, names, target.format(json ? JsonFormat.ZEEK : tsv()).build());
  }
}
