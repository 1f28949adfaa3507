package io.longline.host.cli;

import io.longline.host.event.PrintableText;
import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.CallState;
import io.longline.host.ledger.LedgerView;
import io.longline.host.ledger.WindowLedger.WindowCounts;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The status of a ledger, or of a directory in it, for people. */
final class StatusText {

  /** How many entries of a list are shown. */
  private static final int MAX_LINES = 20;

  private StatusText() {}

  /**
   * Prints the status of a ledger.
   *
   * @param windows how many windows there are
   * @param rotatedFiles how many files that Zeek has ended wait for others
   * @param hints names commands on the ledger
   */
  static void print(
      LedgerView.Status status,
      WindowCounts windows,
      long rotatedFiles,
      LedgerHints hints,
      PrintStream out) {
    printBatches(status, hints, out);
    printWindows(windows, hints, out);
    printHooks(status.hooks(), hints, out);
    printHosts(status.hosts(), out);
    printWaiting(status.waitingDirectories(), out);
    if (rotatedFiles > 0) {
      out.printf(
          "%n%d files that Zeek has ended wait for the rest of their rotation.%n", rotatedFiles);
    }
  }

  private static void printWindows(WindowCounts windows, LedgerHints hints, PrintStream out) {
    if (!windows.isEmpty()) {
      out.printf(
          Locale.ROOT,
          "windows   %d done, %d closed, %d late, %d open, %d failed; see %s%n",
          windows.done(),
          windows.closed(),
          windows.late(),
          windows.open(),
          windows.failed(),
          hints.command("windows"));
    }
  }

  private static void printBatches(LedgerView.Status status, LedgerHints hints, PrintStream out) {
    var batches = status.batches();
    out.printf(
        Locale.ROOT,
        "batches   %d done, %d running, %d ready, %d waiting for hooks that no host calls%n",
        count(batches, BatchState.DONE),
        count(batches, BatchState.RUNNING),
        count(batches, BatchState.READY),
        count(batches, BatchState.PARKED));
    if (count(batches, BatchState.UNAVAILABLE) > 0) {
      out.printf(
          Locale.ROOT,
          "          %d unavailable: their logs were gone or could not be read; see %s%n",
          count(batches, BatchState.UNAVAILABLE),
          hints.command("warnings"));
    }
    if (status.later().count() > 0) {
      out.println("later     " + later(status.later()));
    }
    if (status.backlogMillis() > 0) {
      out.println(
          "backlog   the oldest has waited for " + RunningCallText.age(status.backlogMillis()));
    }
  }

  private static String later(LedgerView.Later later) {
    return later.count() == 1
        ? "1 of those that are ready waits to be tried again, for "
            + RunningCallText.age(later.firstMillis())
        : "%d of those that are ready wait to be tried again, the first for %s, the last for %s"
            .formatted(
                later.count(),
                RunningCallText.age(later.firstMillis()),
                RunningCallText.age(later.lastMillis()));
  }

  private static void printHooks(
      List<LedgerView.HookStatus> hooks, LedgerHints hints, PrintStream out) {
    var table = new Table("HOOK", "DONE", "WAITING", "FAILING", "DEAD", "MEAN", "ON A HOST");
    for (var hook : hooks) {
      table.row(
          hook.hook(),
          hook.calls().count(CallState.SUCCEEDED),
          hook.calls().count(CallState.WAITING) + hook.calls().count(CallState.RUNNING),
          hook.calls().retrying(),
          hook.calls().count(CallState.DEAD),
          String.format(Locale.ROOT, "%.1f ms", hook.calls().meanMicros() / 1_000.0),
          onAHost(hook));
    }
    out.println();
    table.print(out);
    hooks.stream()
        .filter(LedgerView.HookStatus::isPaused)
        .forEach(hook -> printPause(hook, hints, out));
    hooks.forEach(hook -> printMissing(hook, out));
  }

  private static String onAHost(LedgerView.HookStatus hook) {
    if (!hook.isEnabled()) {
      return "disabled";
    }
    if (hook.isPaused()) {
      return "paused";
    }
    return hook.hasHost() ? "yes" : "no";
  }

  private static void printPause(LedgerView.HookStatus hook, LedgerHints hints, PrintStream out) {
    out.printf(
        "%n%s is paused; %s. %s%n  Once it is fixed: %s%n",
        hook.hook(),
        hook.pausedMillis() > 0
            ? "in " + RunningCallText.age(hook.pausedMillis()) + " one call of it is tried"
            : "one call of it is tried next",
        PrintableText.line(hook.pausedWhy()),
        hints.command("plugins", "resume", hook.hook()));
  }

  private static void printMissing(LedgerView.HookStatus hook, PrintStream out) {
    for (var missing : hook.missing()) {
      out.printf("%n%s misses something: %s%n", hook.hook(), PrintableText.line(missing));
    }
  }

  private static void printHosts(List<LedgerView.HostStatus> hosts, PrintStream out) {
    if (hosts.stream().allMatch(LedgerView.HostStatus::isGone)) {
      out.printf("%nNo host runs on this ledger.%n");
    }
    for (var host : hosts) {
      out.printf(
          "%nhost %s, process %d, output %s%s%n",
          host.machine(), host.pid(), host.output(), health(host));
      host.running().stream()
          .limit(MAX_LINES)
          .forEach(call -> out.println("  " + RunningCallText.of(call)));
    }
  }

  private static String health(LedgerView.HostStatus host) {
    if (host.isGone()) {
      return ", is gone; its batches are taken over at the next start";
    }
    return host.leaseMillis() < 0 ? ", gave no sign of life in time" : "";
  }

  private static void printWaiting(Map<String, String> directories, PrintStream out) {
    if (directories.isEmpty()) {
      return;
    }
    out.println();
    var table = new Table("NOT TAKEN YET", "WHY");
    directories.entrySet().stream()
        .limit(MAX_LINES)
        .forEach(entry -> table.row(entry.getKey(), entry.getValue()));
    table.print(out);
    int more = directories.size() - MAX_LINES;
    if (more > 0) {
      out.println("and " + more + " more");
    }
  }

  private static long count(Map<BatchState, Long> counts, BatchState state) {
    return counts.getOrDefault(state, 0L);
  }

  /** Prints the status of a directory. */
  static void print(DirectoryStatus status, LedgerHints hints, PrintStream out) {
    if (!status.calls().isEmpty()) {
      CallText.print(status.calls(), out);
    }
    for (var why : status.whyUnavailable()) {
      out.println(
          "Unavailable: "
              + PrintableText.line(why)
              + " No hook was charged; hand the directory in again once its logs are there.");
    }
    if (status.whyWaiting() != null) {
      out.println("Not taken yet: " + status.whyWaiting());
    } else if (status.batches().isEmpty()) {
      out.println(
          status.directory() + " is not in the ledger. " + whyUnknown(status.directory(), hints));
    } else if (status.calls().isEmpty()) {
      out.println(status.directory() + " " + withoutCalls(status.batches()));
    }
    status.recognized().entrySet().stream()
        .limit(MAX_LINES)
        .forEach(
            log ->
                out.println(
                    "Recognized: "
                        + PrintableText.line(log.getKey())
                        + " is the same log as "
                        + PrintableText.line(log.getValue())
                        + "."));
    printPassedOver(status.passedOver(), out);
  }

  private static void printPassedOver(List<String> names, PrintStream out) {
    if (names.isEmpty()) {
      return;
    }
    out.println(
        "Passed over, since no finished log has such a name (rename what is finished, or set log-names):");
    names.stream().limit(MAX_LINES).forEach(name -> out.println("  " + PrintableText.line(name)));
    if (names.size() > MAX_LINES) {
      out.println("and " + (names.size() - MAX_LINES) + " more");
    }
  }

  private static String withoutCalls(List<BatchState> batches) {
    return batches.stream().allMatch(BatchState.DONE::equals)
        ? "is done; its calls were pruned from the ledger."
        : "is in the ledger and waits for a host that has a hook to call on it.";
  }

  private static String whyUnknown(Path path, LedgerHints hints) {
    if (!Files.isDirectory(path)) {
      return "There is no such folder.";
    }
    if (path.getFileName().toString().equals("current")) {
      return "Zeek writes there; files are taken when Zeek has ended them.";
    }
    return "No host that watches has seen it: it is not below any of their roots, contains no log, has a name that the settings of its root exclude, or was forgotten since (a host that watches it takes it again at its next start). Add it: "
        + hints.command("enqueue", path.toString());
  }
}
