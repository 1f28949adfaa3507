package io.longline.host.report;

import io.longline.host.event.EventJson;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All findings, one a line, for other programs. Immutable. */
public final class FindingLines {

  /** What a spreadsheet would take for a formula, though it may come from a log. */
  private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\\t\\r]");

  private static final List<String> COLUMNS =
      List.of(
          "ts",
          "window",
          "plugin",
          "hook",
          "rule",
          "severity",
          "score",
          "source",
          "destination",
          "name",
          "uid",
          "log",
          "directory",
          "sentence",
          "basis",
          "allowed_by");

  private final FindingFiles files;
  private final LongPredicate isWanted;

  /**
   * The findings of these files.
   *
   * @param isWanted whether findings of a time are wanted, in microseconds since 1970 UTC; one
   *     without a time always is
   */
  public FindingLines(FindingFiles files, LongPredicate isWanted) {
    this.files = files;
    this.isWanted = isWanted;
  }

  /**
   * Prints them as CSV, with the names of the columns. A text that a spreadsheet would take for a
   * formula has an apostrophe before it.
   *
   * @return what could not be read, a sentence each
   */
  public List<String> csv(PrintStream out) throws IOException {
    out.print(String.join(",", COLUMNS) + "\r\n");
    return forEach(finding -> out.print(row(finding) + "\r\n"));
  }

  /**
   * Prints them as JSON objects.
   *
   * @return what could not be read, a sentence each
   */
  public List<String> json(PrintStream out) throws IOException {
    return forEach(finding -> out.println(object(finding)));
  }

  private List<String> forEach(FindingFiles.Consumer consumer) throws IOException {
    return files.forEach(
        finding -> {
          var micros = finding.micros();
          if (micros == null || isWanted.test(micros)) {
            consumer.accept(finding);
          }
        });
  }

  private static String row(ReportedFinding finding) {
    return values(finding).map(FindingLines::cell).collect(Collectors.joining(","));
  }

  private static Stream<String> values(ReportedFinding finding) {
    var score = finding.score();
    return Stream.of(
        Moments.full(finding.micros()),
        finding.window(),
        finding.plugin(),
        finding.hook(),
        finding.what().rule(),
        finding.severity().word(),
        score == null ? "" : score.toString(),
        finding.what().source(),
        finding.what().destination(),
        finding.what().name(),
        finding.where().uid(),
        finding.where().log(),
        finding.where().directory(),
        finding.sentence(),
        String.join("; ", finding.basis()),
        finding.what().allowedBy());
  }

  private static String cell(String text) {
    var safe = FORMULA.matcher(text).find() && !isNumber(text) ? "'" + text : text;
    return safe.matches("[^\",\\r\\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  private static boolean isNumber(String text) {
    return text.matches("-?\\d+(\\.\\d+)?(E-?\\d+)?");
  }

  private static String object(ReportedFinding finding) {
    return EventJson.object(
        "finding",
        json -> {
          var values = values(finding).toList();
          for (int i = 0; i < COLUMNS.size(); i++) {
            var name = COLUMNS.get(i);
            if (name.equals("score") && finding.score() != null) {
              json.writeNumberField(name, finding.score());
            } else if (name.equals("basis")) {
              json.writeArrayFieldStart(name);
              for (var each : finding.basis()) {
                json.writeString(each);
              }
              json.writeEndArray();
            } else if (!values.get(i).isEmpty()) {
              json.writeStringField(name, values.get(i));
            }
          }
        });
  }
}
