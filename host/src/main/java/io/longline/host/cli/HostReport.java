package io.longline.host.cli;

import io.longline.host.app.HostRefusedException;
import io.longline.host.app.HostSummary;
import org.jspecify.annotations.Nullable;

/** Reports what a host has done, or why it did not start. */
final class HostReport {

  private HostReport() {}

  /**
   * Prints what it has done for a person or a script.
   *
   * @param findings what there is of findings; null if nothing is to be said of them
   * @param hints names commands on its ledger
   */
  static void print(
      HostSummary summary,
      @Nullable RunFindings findings,
      LedgerHints hints,
      CommandIo io,
      boolean isJson) {
    if (isJson) {
      io.out().println(SummaryJson.of(summary, findings));
    } else {
      SummaryText.print(summary, findings, hints, io.out());
    }
    io.out().flush();
  }

  /** The exit code for what it has done. */
  static int code(HostSummary summary, boolean isStrict) {
    boolean isGood = isStrict ? summary.isSpotless() : summary.isClean();
    return isGood ? ExitCode.OK : ExitCode.PROBLEMS;
  }

  /** Prints why it did not start; returns the exit code. */
  static int refused(HostRefusedException e, CommandIo io) {
    // Settings can be wrong in several ways, each with a line of its own.
    String.valueOf(e.getMessage())
        .lines()
        .map(FlagNames::addedTo)
        .forEach(line -> io.err().println("longline: " + line));
    return e.reason() == HostRefusedException.Reason.REFUSED ? ExitCode.REFUSED : ExitCode.USAGE;
  }
}
