package io.longline.host.cli;

import io.longline.host.event.PrintableText;
import io.longline.host.ledger.Ledger;
import java.io.IOException;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longline warnings}: the failures and remarks of hooks. */
@Command(
    name = "warnings",
    description =
        "Prints the HookWarnings in the ledger, one JSON object per line; with --follow also new ones as they come.",
    mixinStandardHelpOptions = true)
final class WarningsCommand extends LedgerCommand {

  private static final int PAGE = 500;
  private static final long POLL_MILLIS = 500;

  /** How far back, in numbers, it looks for warnings that were committed late. */
  private static final long LATE = 1_000;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "Only those of the last DURATION, such as 15m, 24h or 7d.")
  private @Nullable String since;

  @Option(
      names = "--hook",
      paramLabel = "ID",
      description = "Only those of this hook, or of this plugin.")
  private @Nullable String hook;

  @Option(names = "--follow", description = "Continue with new ones as they come, until a signal.")
  private boolean follow;

  @Option(names = "--json", description = "The default.")
  @SuppressWarnings("UnusedVariable") // All commands accept it.
  private boolean json;

  /** The numbers of the last ones printed. */
  private final TreeSet<Long> printed = new TreeSet<>();

  WarningsCommand(CommandIo io) {
    super(io);
  }

  @Override
  int run(Ledger ledger) throws IOException {
    if (hook != null && named(ledger, hook).isEmpty()) {
      return ExitCode.USAGE;
    }
    var ended = new CountDownLatch(1);
    if (follow) {
      io.signals().listen(name -> ended.countDown());
    }
    long first = since(since);
    long last = print(ledger, 0, first);
    while (follow && !io.isOutBroken() && !isEnded(ended)) {
      last = Math.max(last, print(ledger, last - LATE, first));
    }
    return ExitCode.OK;
  }

  /** Prints the warnings after a number that were not printed yet; returns the last number. */
  private long print(Ledger ledger, long after, long first) throws IOException {
    long last = after;
    for (boolean more = true; more && !io.isOutBroken(); ) {
      var warnings = ledger.view().warnings(last, first, hook, PAGE);
      for (var warning : warnings) {
        last = warning.id();
        if (printed.add(last)) {
          io.out().println(PrintableText.line(warning.json()));
        }
      }
      more = warnings.size() == PAGE;
    }
    io.out().flush();
    printed.headSet(last - LATE).clear();
    return last;
  }

  private static boolean isEnded(CountDownLatch ended) {
    try {
      return ended.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }
}
