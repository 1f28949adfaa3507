package io.longline.host.cli;

import io.longline.host.app.DeclaredSettings;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.sql.SqlLedger;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingSpec;
import io.longline.host.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A command that works on the ledger of hosts that may be running. */
abstract class LedgerCommand extends SettingsCommand {

  final Clock clock = Clock.systemUTC();

  LedgerCommand(CommandIo io) {
    this(io, List.of());
  }

  /** A command that has more settings than where the ledger is. */
  LedgerCommand(CommandIo io, List<SettingSpec<?>> more) {
    super(io, Stream.concat(DeclaredSettings.OF_LEDGER.stream(), more.stream()).toList());
  }

  /** Whether a ledger is made where there is none. */
  boolean makesLedger() {
    return false;
  }

  /** Does the work; returns the exit code. */
  int run(Ledger ledger) throws IOException {
    throw new UnsupportedOperationException("A command does its work in one of the two.");
  }

  /** The same for a command that has more settings. */
  int run(Ledger ledger, SettingReader reader) throws IOException, SettingsException {
    return run(ledger);
  }

  @Override
  final int run(SettingSources sources) throws SettingsException {
    var reader = new SettingReader(sources);
    var location = usersLedger(sources, reader);
    reader.check();
    if (!makesLedger() && isMissing(location)) {
      complain(
          "there is no ledger in "
              + location
              + ". Name its folder with --state (that of a run is .longline in its output folder), or its URL with --ledger.");
      return ExitCode.USAGE;
    }
    try (var ledger = SqlLedger.open(location, LedgerClock.of(clock))) {
      return run(ledger, reader);
    } catch (LedgerException e) {
      complain(String.valueOf(e.getMessage()));
      return ExitCode.REFUSED;
    } catch (IOException e) {
      complain(e.toString());
      return ExitCode.REFUSED;
    }
  }

  private static boolean isMissing(LedgerLocation location) {
    var folder = location.folder();
    return folder != null && !Files.exists(folder.resolve("ledger.db"));
  }

  /** The hooks that an id means, which is that of a hook or of a plugin; told if there is none. */
  List<String> named(Ledger ledger, String id) throws LedgerException {
    var known = ledger.hooks();
    var named =
        known.stream().filter(hook -> hook.equals(id) || hook.startsWith(id + "/")).toList();
    if (named.isEmpty()) {
      complain(
          "there is no hook or plugin " + id + ". There are: " + String.join(", ", known) + ".");
    }
    return named;
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
    return clock.millis() - duration("--since", text).toMillis();
  }
}
