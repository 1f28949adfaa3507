package io.longline.host.cli.cut;

import io.longline.zeek.Field;
import io.longline.zeek.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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
    customSynopsis = "longline cut [OPTION…] [COLUMN…]",
    footer = {
      "",
      "Options may be repeated; of -c, -C, -m and -M, and of -d, -u, -D and -U, the last one counts."
    })
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

  private HeaderChoice header = HeaderChoice.NONE;

  @Option(names = "-n", description = "Print all columns except those named.")
  private boolean negate;

  private boolean isReadable;
  private boolean isUtc;
  private @Nullable String timeFormat;

  @Option(names = "-F", paramLabel = "CHAR", description = "Put this character between columns.")
  private @Nullable String separator;

  @Option(names = "--json", description = "Print one JSON object per row.")
  private boolean json;

  @Option(names = "-h", description = "Print the options of zeek-cut; exit code 1, as there.")
  private boolean zeekCutUsage;

  @Option(names = "--help", usageHelp = true, description = "Show this help message and exit.")
  @SuppressWarnings("UnusedVariable") // Picocli looks at it.
  private boolean help;

  private CutCommand(CutStreams streams) {
    this.streams = streams;
  }

  /** A command that reads and writes these. Options may be repeated, and the last one counts. */
  public static CommandLine commandLine(CutStreams streams) {
    return new CommandLine(new CutCommand(streams)).setOverwrittenOptionsAllowed(true);
  }

  @Option(names = "-c", description = "Include the first header block.")
  void includeFirst(boolean given) {
    choose(given, HeaderChoice.FIRST);
  }

  @Option(names = "-C", description = "Include all header blocks.")
  void includeAll(boolean given) {
    choose(given, HeaderChoice.ALL);
  }

  @Option(names = "-m", description = "Include the first header block as a line of names.")
  void includeFirstNames(boolean given) {
    choose(given, HeaderChoice.FIRST_NAMES);
  }

  @Option(names = "-M", description = "Include all header blocks as lines of names.")
  void includeAllNames(boolean given) {
    choose(given, HeaderChoice.ALL_NAMES);
  }

  private void choose(boolean given, HeaderChoice choice) {
    header = given ? choice : header;
  }

  @Option(
      names = "-d",
      description = "Write times in readable form, in local time (format: $ZEEK_CUT_TIMEFMT).")
  void inLocalTime(boolean given) {
    isReadable |= given;
    isUtc &= !given;
  }

  @Option(names = "-u", description = "Write times in readable form, in UTC.")
  void inUtc(boolean given) {
    isReadable |= given;
    isUtc |= given;
  }

  @Option(names = "-D", paramLabel = "FMT", description = "Like -d, in this format of strftime(3).")
  void inLocalTime(@Nullable String format) {
    if (format != null) {
      inLocalTime(true);
      timeFormat = format;
    }
  }

  @Option(names = "-U", paramLabel = "FMT", description = "Like -u, in this format of strftime(3).")
  void inUtc(@Nullable String format) {
    if (format != null) {
      inUtc(true);
      timeFormat = format;
    }
  }

  @Override
  public Integer call() {
    if (zeekCutUsage) {
      spec.commandLine().getOut().print(ZeekCutUsage.TEXT);
      spec.commandLine().getOut().flush();
      return PROBLEMS;
    }
    var columns = new ArrayList<String>();
    var named = columnsOfNamedFile();
    for (var argument : arguments) {
      if (!named.contains(argument) && isFile(argument)) {
        files.add(Path.of(argument));
      } else {
        columns.add(argument);
      }
    }
    var printing =
        new CutPrinting(
            new CutOptions(columns, negate, header, checkedSeparator(), times(), checkedJson()),
            streams);
    try {
      return printing.printAll(files) ? OK : PROBLEMS;
    } catch (UnwritableException e) {
      // Whoever owns the stream knows why, reports it, and changes the exit code.
      return OK;
    }
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

  private @Nullable String checkedSeparator() {
    if (separator != null && separator.codePointCount(0, separator.length()) != 1) {
      throw wrongUsage("-F takes a single character, not \"" + separator + "\".");
    }
    return separator;
  }

  private boolean checkedJson() {
    if (json && header != HeaderChoice.NONE) {
      throw wrongUsage(
          "--json cannot be used with -c, -C, -m or -M: JSON objects have no header, but a name for each value.");
    }
    if (json && separator != null) {
      throw wrongUsage("--json cannot be used with -F: JSON objects have no separator.");
    }
    return json;
  }

  private @Nullable StrftimeFormat times() {
    if (!isReadable) {
      return null;
    }
    var format = Objects.requireNonNullElse(timeFormat, formatOf(streams.environment()));
    if (format.isEmpty()) {
      throw wrongUsage("The format of times is empty.");
    }
    try {
      return new StrftimeFormat(
          format, isUtc ? LocalZone.UTC : ZoneVariable.in(streams.environment()));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw wrongUsage(String.valueOf(e.getMessage()));
    }
  }

  private static String formatOf(Map<String, String> environment) {
    return environment.getOrDefault(
        "ZEEK_CUT_TIMEFMT", environment.getOrDefault("BRO_CUT_TIMEFMT", StrftimeFormat.ZEEK_CUT));
  }

  private CommandLine.ParameterException wrongUsage(String sentence) {
    return new CommandLine.ParameterException(spec.commandLine(), sentence);
  }
}
