package io.longline.host.cli;

import io.longline.host.app.HostSummary;
import io.longline.host.event.PrintableText;
import io.longline.host.plugins.PluginProblem;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A summary for people. */
final class SummaryText {

  /** How many entries of a list are shown; the rest is in the JSON summary or the log. */
  private static final int MAX_ENTRIES = 10;

  /** How many files of a folder are shown, each with its size. */
  private static final int MAX_FILES = 3;

  private SummaryText() {}

  static void print(
      HostSummary summary, @Nullable RunFindings findings, LedgerHints hints, PrintStream out) {
    summary.failure().ifPresent(reason -> line(out, "ended early", line(reason)));
    line(out, "directories", directories(summary));
    line(out, "hooks", String.join(", ", summary.calls().hooks()));
    summary.calls().idle().forEach((hook, why) -> line(out, "idle", line(hook + ": " + why)));
    line(out, "calls", calls(summary.calls().allSucceeded(), summary.calls().allFailed()));
    if (summary.calls().deadLetters() > 0) {
      line(out, "dead letters", deadLetters(summary.calls().deadLetters(), hints));
    }
    line(
        out,
        "exit calls",
        calls(summary.calls().exits().succeeded(), summary.calls().exits().failed()));
    line(out, "warnings", warnings(summary));
    if (!summary.troubles().unreadLogs().isEmpty()) {
      line(out, "unread", unread(summary.troubles().unreadLogs()));
    }
    if (!summary.troubles().threadsGivenUp().isEmpty()) {
      line(out, "given up", threads(summary));
    }
    line(out, "time", seconds(summary.took()));
    line(out, "outputs", line(summary.outputs().folder()) + " (what this run added)");
    printOutputs(summary, out);
    if (findings != null) {
      line(
          out,
          "findings",
          FindingsText.of(findings.bySeverity(), findings.all(), findings.allowed()));
      line(out, "report", line(findings.report()));
    }
    printFailures(summary, out);
    printMissing(summary, out);
    printPaused(summary.troubles().pausedHooks(), hints, out);
    printList(out, "Not processed", summary.directories().abandoned());
    printEntries(
        out,
        "Logs that were gone or could not be read; no hook was charged",
        summary.directories().unavailable());
    printList(out, "Folders without logs", withoutLogs(summary));
    printEntries(
        out, "Files that changed after they were processed", summary.troubles().changedFiles());
    printEntries(out, "Logs that were recognized", summary.troubles().recognizedLogs());
    printEntries(out, "Damaged logs", summary.troubles().damagedLogs());
    printEntries(out, "Paths that could not be used", summary.troubles().rejectedPaths());
    printPlugins(summary, out);
    for (var failure : summary.outputs().failures()) {
      out.printf("%nAn output could not be ended: %s%n", failure);
    }
  }

  /** Those that were named are among the paths that could not be used, with the reason. */
  private static List<Path> withoutLogs(HostSummary summary) {
    var rejected = summary.troubles().rejectedPaths().keySet();
    return summary.directories().withoutLogs().stream()
        .filter(folder -> !rejected.contains(folder.toString()))
        .toList();
  }

  private static String deadLetters(long count, LedgerHints hints) {
    return count + (hints.hasLedger() ? ": see " + hints.command("dead", "list") : "");
  }

  private static void printPaused(Map<String, String> hooks, LedgerHints hints, PrintStream out) {
    printEntries(out, "Hooks that were paused", hooks);
    if (hints.hasLedger()) {
      hooks.keySet().stream()
          .limit(MAX_ENTRIES)
          .forEach(
              hook ->
                  out.println(
                      "  Once it is fixed: " + line(hints.command("plugins", "resume", hook))));
    }
  }

  private static void printMissing(HostSummary summary, PrintStream out) {
    for (var missing : summary.calls().missing()) {
      out.printf(
          "%n%s misses something: %s%n  %s%n",
          missing.hook(), line(missing.message()), line(missing.nextStep()));
    }
  }

  private static void line(PrintStream out, String name, String value) {
    out.printf("%-12s %s%n", name, value);
  }

  private static String directories(HostSummary summary) {
    var text = new StringBuilder().append(summary.directories().finished()).append(" processed");
    append(
        text,
        summary.directories().abandoned().size(),
        summary.failure().isPresent()
            ? "not processed: the host could not go on"
            : "not processed: the run was ended by a signal");
    if (summary.directories().doneBefore() > 0) {
      text.append(", already done: ").append(summary.directories().doneBefore());
    }
    append(text, summary.directories().unavailable().size(), "gone or not readable");
    append(text, summary.directories().namedAgain(), "named again, processed once");
    append(text, summary.directories().waiting(), "waiting for hooks that are not called here");
    int without = summary.directories().withoutLogs().size();
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
    int failures = summary.calls().allFailed() + summary.calls().exits().failed();
    int missing = summary.calls().missing().size();
    int all = failures + summary.calls().remarks() + missing;
    var text = new StringBuilder().append(all);
    if (all > 0) {
      text.append(" (").append(counted(failures, "failure")).append(", ");
      text.append(counted(summary.calls().remarks(), "remark"));
      append(text, missing, "missing in the logs");
      text.append(')');
    }
    if (summary.troubles().badLines() > 0) {
      text.append(", ").append(counted(summary.troubles().badLines(), "bad line"));
    }
    if (all > 0 || !summary.troubles().damagedLogs().isEmpty()) {
      text.append(": see ").append(summary.outputs().folder().resolve("warnings.jsonl"));
    }
    return text.toString();
  }

  private static String unread(Map<String, Integer> logs) {
    int all = logs.values().stream().mapToInt(Integer::intValue).sum();
    var names = logs.keySet().stream().limit(MAX_ENTRIES).map(SummaryText::line).toList();
    return counted(all, "log")
        + " that no hook asks for: "
        + String.join(", ", names)
        + (logs.size() > MAX_ENTRIES ? ", …" : "");
  }

  private static String threads(HostSummary summary) {
    var each = new ArrayList<String>();
    summary
        .troubles()
        .threadsGivenUp()
        .forEach((hook, count) -> each.add(counted(count, "thread") + " in " + hook));
    return String.join(", ", each) + ": hooks that did not end";
  }

  private static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
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

  /** Windows may have many files: a folder with more than a few is one line. */
  private static void printOutputs(HostSummary summary, PrintStream out) {
    var byFolder = new TreeMap<Path, Map<Path, Long>>();
    summary
        .outputs()
        .bytes()
        .forEach(
            (file, bytes) -> {
              var name = relative(summary, file);
              var folder = Objects.requireNonNullElse(name.getParent(), Path.of(""));
              byFolder.computeIfAbsent(folder, added -> new TreeMap<>()).put(name, bytes);
            });
    byFolder.forEach(
        (folder, files) -> {
          if (files.size() <= MAX_FILES || folder.toString().isEmpty()) {
            files.forEach((name, bytes) -> printOutput(out, name.toString(), size(bytes)));
          } else {
            long all = files.values().stream().mapToLong(Long::longValue).sum();
            printOutput(out, folder + "/", size(all) + " in " + files.size() + " files");
          }
        });
  }

  private static void printOutput(PrintStream out, String name, String size) {
    out.printf(Locale.ROOT, "  %-38s %s%n", line(name), size);
  }

  private static Path relative(HostSummary summary, Path file) {
    var folder = summary.outputs().folder();
    return file.startsWith(folder) ? folder.relativize(file) : file;
  }

  private static void printFailures(HostSummary summary, PrintStream out) {
    if (summary.calls().failures().isEmpty()) {
      return;
    }
    out.printf("%nFailures%n");
    for (var kind : summary.calls().failures()) {
      out.printf(
          "  %d x %s %s: %s: %s%n",
          kind.count(), kind.hook(), kind.site(), kind.errorClass(), firstLine(kind.message()));
      if (!kind.place().isEmpty()) {
        out.printf("      %s%n", line(kind.place()));
      }
      if (!kind.firstDirectory().isEmpty()) {
        out.printf("      first on %s%n", line(kind.firstDirectory()));
      }
    }
  }

  private static String firstLine(String text) {
    return line(text.lines().findFirst().orElse(""));
  }

  private static void printList(PrintStream out, String title, Collection<?> entries) {
    if (entries.isEmpty()) {
      return;
    }
    out.printf("%n%s%n", title);
    entries.stream().limit(MAX_ENTRIES).forEach(entry -> out.printf("  %s%n", line(entry)));
    printHowManyMore(out, entries.size());
  }

  private static void printHowManyMore(PrintStream out, int size) {
    if (size > MAX_ENTRIES) {
      out.printf("  and %d more; --json shows all%n", size - MAX_ENTRIES);
    }
  }

  private static String line(Object text) {
    return PrintableText.line(text.toString());
  }

  private static void printEntries(PrintStream out, String title, Map<?, String> entries) {
    if (entries.isEmpty()) {
      return;
    }
    out.printf("%n%s%n", title);
    entries.entrySet().stream()
        .limit(MAX_ENTRIES)
        .forEach(entry -> out.printf("  %s: %s%n", line(entry.getKey()), line(entry.getValue())));
    printHowManyMore(out, entries.size());
  }

  private static void printPlugins(HostSummary summary, PrintStream out) {
    var all = summary.troubles().pluginProblems();
    printPlugins("Plugin problems", all, problem -> !problem.code().isNotice(), out);
    printPlugins("Jars that were passed over", all, problem -> problem.code().isNotice(), out);
  }

  private static void printPlugins(
      String title, List<PluginProblem> all, Predicate<PluginProblem> isShown, PrintStream out) {
    var shown = all.stream().filter(isShown).toList();
    if (shown.isEmpty()) {
      return;
    }
    out.printf("%n%s%n", title);
    for (var problem : shown) {
      out.printf(
          "  %s: %s%n      %s%n",
          line(problem.file().getFileName()),
          line(problem.sentence()),
          line(TrustHints.remedy(problem)));
    }
  }
}
