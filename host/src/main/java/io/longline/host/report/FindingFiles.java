package io.longline.host.report;

import io.longline.api.Finding;
import io.longline.api.Finding.Severity;
import io.longline.api.internal.FindingRows;
import io.longline.zeek.LogReader;
import io.longline.zeek.LogRecord;
import io.longline.zeek.ZeekFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of the log of findings in the folders of a host. Immutable.
 *
 * <p>They may be written while they are read: a row whose end is not there yet is left out.
 */
public final class FindingFiles {

  private static final Pattern NAME = Pattern.compile("findings(-\\d+)?\\.log");

  /** The folders of a window's file: that of the plugin and that of the hook. */
  private static final int DEPTH = 3;

  private final Set<Path> folders = new LinkedHashSet<>();

  /**
   * The files in these folders.
   *
   * @param folders output folders and folders of windows; one may be named twice
   */
  public FindingFiles(List<Path> folders) {
    folders.forEach(folder -> this.folders.add(folder.toAbsolutePath().normalize()));
  }

  /** Receives findings. */
  @FunctionalInterface
  interface Consumer {
    void accept(ReportedFinding finding) throws IOException;
  }

  /** Whether a file of an output folder is one of these. */
  public static boolean isOne(Path folder, Path file) {
    var name = folder.relativize(file);
    return NAME.matcher(name.toString()).matches()
        || (name.getNameCount() > 1 && name.startsWith(FindingRows.OUTPUT));
  }

  /**
   * Reads all findings; of equal rows the first.
   *
   * @return what could not be read, a sentence each
   * @throws IOException if the consumer throws it
   */
  List<String> forEach(Consumer consumer) throws IOException {
    var problems = new ArrayList<String>();
    var seen = new SeenRows();
    Consumer ofNew =
        finding -> {
          if (seen.isNew(finding)) {
            consumer.accept(finding);
          }
        };
    for (var folder : folders) {
      for (var file : files(folder, problems)) {
        read(file, ofNew, problems);
      }
    }
    return problems;
  }

  private static List<Path> files(Path folder, List<String> problems) {
    var files = new ArrayList<Path>();
    try (var entries = Files.list(folder)) {
      entries
          .filter(entry -> NAME.matcher(entry.getFileName().toString()).matches())
          .filter(FindingFiles::isFile)
          .forEach(files::add);
    } catch (IOException e) {
      problems.add(folder + " cannot be read: " + e);
    }
    var windows = folder.resolve(FindingRows.OUTPUT);
    try (var entries = Files.walk(windows, DEPTH)) {
      entries
          .filter(entry -> entry.toString().endsWith(".log"))
          .filter(FindingFiles::isFile)
          .forEach(files::add);
    } catch (NoSuchFileException e) {
      // No window has findings.
    } catch (IOException | UncheckedIOException e) {
      problems.add(windows + " cannot be read: " + e);
    }
    files.sort(null);
    return files;
  }

  private static boolean isFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static void read(Path file, Consumer consumer, List<String> problems) throws IOException {
    try (var reader = LogReader.open(file)) {
      for (var row = next(reader); row != null; row = next(reader)) {
        var finding = finding(row);
        if (finding != null) {
          consumer.accept(finding);
        }
      }
      if (reader.report().isDamaged()) {
        problems.add(file + " cannot be read to its end: " + reader.report().summary());
      }
    } catch (UnreadableException | NoSuchFileException e) {
      problems.add(file + " cannot be read to its end: " + e.getMessage());
    }
  }

  /** Separates what the reader throws from what the consumer does. */
  private static final class UnreadableException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private static @Nullable LogRecord next(LogReader reader) throws UnreadableException {
    try {
      return reader.next();
    } catch (IOException e) {
      throw new UnreadableException(e);
    }
  }

  /** The finding of a row; null if the row is none, which only another program can have written. */
  private static @Nullable ReportedFinding finding(LogRecord row) {
    try {
      var severity = severity(text(row, "severity"));
      if (severity == null || text(row, "rule").isEmpty()) {
        return null;
      }
      return new ReportedFinding(
          micros(row),
          text(row, "window"),
          text(row, "plugin"),
          text(row, "hook"),
          new ReportedFinding.What(
              text(row, "rule"),
              text(row, "source"),
              text(row, "destination"),
              text(row, "name"),
              text(row, "allowed_by")),
          severity,
          score(row),
          new ReportedFinding.Where(text(row, "uid"), text(row, "log"), text(row, "directory")),
          text(row, "sentence"),
          texts(row, "basis"),
          charts(row));
    } catch (ZeekFormatException e) {
      return null;
    }
  }

  private static List<Finding.Chart> charts(LogRecord row) {
    var charts = new ArrayList<Finding.Chart>();
    for (var text : texts(row, "charts")) {
      var chart = FindingRows.chart(text);
      if (chart != null) {
        charts.add(chart);
      }
    }
    return charts;
  }

  private static String text(LogRecord row, String column) {
    int index = row.indexOf(column);
    var text = index < 0 ? null : row.string(index);
    return text == null ? "" : text;
  }

  private static List<String> texts(LogRecord row, String column) {
    int index = row.indexOf(column);
    var texts = index < 0 ? null : row.strings(index);
    return texts == null
        ? List.of()
        : texts.stream().map(each -> each == null ? "" : each).toList();
  }

  private static @Nullable Long micros(LogRecord row) {
    int index = row.indexOf("ts");
    return index < 0 || row.isUnset(index) ? null : row.timeMicros(index);
  }

  private static @Nullable Double score(LogRecord row) {
    int index = row.indexOf("score");
    return index < 0 || row.isUnset(index) ? null : row.real(index);
  }

  private static @Nullable Severity severity(String word) {
    for (var severity : Severity.values()) {
      if (severity.word().equals(word)) {
        return severity;
      }
    }
    return null;
  }
}
