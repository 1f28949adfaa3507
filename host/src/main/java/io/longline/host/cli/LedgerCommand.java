package io.longline.host.cli;

import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.LedgerLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** A command that works on the ledger of hosts that may be running. */
abstract class LedgerCommand implements Callable<Integer> {

  final CommandIo io;
  final Clock clock = Clock.systemUTC();

  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @CommandLine.Mixin private final LedgerOptions ledgerOptions = new LedgerOptions();

  LedgerCommand(CommandIo io) {
    this.io = io;
  }

  /** Whether a ledger is made where there is none. */
  boolean makesLedger() {
    return false;
  }

  /** Does the work; returns the exit code. */
  abstract int run(Ledger ledger) throws IOException;

  @Override
  public final Integer call() {
    var location = ledgerOptions.orUsers(io);
    if (!makesLedger() && isMissing(location)) {
      io.err()
          .println(
              "longline: there is no ledger in "
                  + location
                  + ". Name its folder with --state (that of a run is .longline in its output folder), or its URL with --ledger.");
      return ExitCode.USAGE;
    }
    try (var ledger = Ledger.open(location, LedgerClock.of(clock))) {
      return run(ledger);
    } catch (LedgerException e) {
      io.err().println("longline: " + e.getMessage());
      return ExitCode.REFUSED;
    } catch (IOException e) {
      io.err().println("longline: " + e);
      return ExitCode.REFUSED;
    }
  }

  private static boolean isMissing(LedgerLocation location) {
    var folder = location.folder();
    return folder != null && !Files.exists(folder.resolve("ledger.db"));
  }

  /** The path under which the ledger knows a directory. */
  Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      // It may be gone, and still be in the ledger.
      return directory.toAbsolutePath().normalize();
    }
  }

  /** When something began that was so long ago; 0 without. */
  long since(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    Duration ago = RetryOptions.duration(spec, "--since", text);
    return clock.millis() - ago.toMillis();
  }
}
