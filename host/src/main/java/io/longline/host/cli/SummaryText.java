package io.longline.host.cli;

import io.longline.host.app.HostSummary;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** A summary for people. */
final class SummaryText {

  /** How many entries of a list are shown; the rest is in the JSON summary or the log. */
  private static final int MAX_ENTRIES = 10;

  private SummaryText() {}

  static void print(HostSummary summary, PrintStream out) {
    line(out, "directories", directories(summary));
    line(out, "hooks", String.join(", ", summary.hooks()));
    line(out, "calls", calls(summary.succeededCalls(), summary.failedCalls()));
    line(out, "exit calls", calls(summary.exitSucceeded(), summary.exitFailed()));
    line(out, "warnings", warnings(summary));
    line(out, "time", seconds(summary.took()));
    line(out, "outputs", summary.output().toString());
    summary
        .outputBytes()
        .forEach(
            (file, bytes) ->
                out.printf(Locale.ROOT, "  %-38s %s%n", relative(summary, file), size(bytes)));
    printFailures(summary, out);
    printEntries(out, "Damaged logs", summary.damagedLogs());
    printEntries(out, "Paths that could not be used", summary.rejectedPaths());
    printPluginProblems(summary, out);
    for (var failure : summary.outputFailures()) {
      out.printf("%nAn output could not be ended: %s%n", failure);
    }
  }

  private static void line(PrintStream out, String name, String value) {
    out.printf("%-12s %s%n", name, value);
  }

  private static String directories(HostSummary summary) {
    var text = new StringBuilder().append(summary.directoriesFinished()).append(" processed");
    append(text, summary.directoriesAbandoned(), "not processed: the run was ended by a signal");
    append(text, summary.directoriesKnown(), "named twice, processed once");
    int without = summary.foldersWithoutLogs().size();
    append(text, without, without == 1 ? "folder without logs" : "folders without logs");
    return text.toString();
  }

  private static void append(StringBuilder text, int count, String what) {
    if (count > 0) {
      text.append(", ").append(count).append(' ').append(what);
    }
  }

  private static String calls(int succeeded, int failed) {
    return succeeded + " succeeded, " + failed + " failed";
  }

  private static String warnings(HostSummary summary) {
    int failures = summary.failedCalls() + summary.exitFailed();
    int all = failures + summary.remarks();
    var text = new StringBuilder().append(all);
    if (all > 0) {
      text.append(" (").append(failures).append(" failures, ").append(summary.remarks());
      text.append(" remarks)");
    }
    if (summary.badLines() > 0) {
      text.append(", ").append(summary.badLines()).append(" bad lines");
    }
    if (all > 0 || !summary.damagedLogs().isEmpty()) {
      text.append(": see ").append(summary.output().resolve("warnings.jsonl"));
    }
    return text.toString();
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1_000.0);
  }

  private static String size(long bytes) {
    if (bytes < 10_000) {
      return bytes + " bytes";
    }
    return bytes < 10_000_000 ? bytes / 1_000 + " kB" : bytes / 1_000_000 + " MB";
  }

  private static Path relative(HostSummary summary, Path file) {
    return summary.output().relativize(file);
  }

  private static void printFailures(HostSummary summary, PrintStream out) {
    if (summary.failures().isEmpty()) {
      return;
    }
    out.printf("%nFailures%n");
    for (var kind : summary.failures()) {
      out.printf(
          "  %d x %s %s: %s: %s%n",
          kind.count(), kind.hook(), kind.site(), kind.errorClass(), firstLine(kind.message()));
      if (!kind.place().isEmpty()) {
        out.printf("      %s%n", kind.place());
      }
      if (!kind.firstDirectory().isEmpty()) {
        out.printf("      first on %s%n", kind.firstDirectory());
      }
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static void printEntries(PrintStream out, String title, Map<?, String> entries) {
    if (entries.isEmpty()) {
      return;
    }
    out.printf("%n%s%n", title);
    entries.entrySet().stream()
        .limit(MAX_ENTRIES)
        .forEach(entry -> out.printf("  %s: %s%n", entry.getKey(), entry.getValue()));
    if (entries.size() > MAX_ENTRIES) {
      out.printf("  and %d more; --json shows all%n", entries.size() - MAX_ENTRIES);
    }
  }

  private static void printPluginProblems(HostSummary summary, PrintStream out) {
    if (summary.pluginProblems().isEmpty()) {
      return;
    }
    out.printf("%nPlugin problems%n");
    for (var problem : summary.pluginProblems()) {
      out.printf(
          "  %s: %s%n      %s%n",
          problem.file().getFileName(), problem.sentence(), problem.remedy());
    }
  }
}
