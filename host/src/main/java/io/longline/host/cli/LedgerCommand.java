package io.longline.host.cli;

import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.configuration.LedgerConfiguration;
import io.longline.host.configuration.UnknownHook;
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

  private LedgerHints hints = new LedgerHints(LedgerLocation.inMemory());

  final Clock clock = Clock.systemUTC();

  LedgerCommand(CommandIo io) {
    this(io, List.of());
  }

  /** A command that has more settings than where the ledger is; it reads them in {@link #read}. */
  LedgerCommand(CommandIo io, List<SettingSpec<?>> more) {
    super(io, Stream.concat(DeclaredSettings.OF_LEDGER.stream(), more.stream()).toList());
  }

  /** Names commands on the same ledger. */
  final LedgerHints hints() {
    return hints;
  }

  /** Whether a ledger is created where there is none. */
  boolean createsLedger() {
    return false;
  }

  /**
   * Reads the settings of the command besides where the ledger is; there are none by default. What
   * is wrong is reported to the reader.
   */
  void read(SettingReader reader) {}

  /** Does the work; returns the exit code. */
  abstract int run(Ledger ledger) throws IOException;

  @Override
  final int run(SettingSources sources) throws SettingsException {
    var reader = new SettingReader(sources);
    var location = LedgerConfiguration.readShared(reader);
    hints = new LedgerHints(location);
    read(reader);
    reader.check();
    if (!createsLedger() && isMissing(location)) {
      complain(
          "there is no ledger in "
              + location
              + ". Name its folder with --state (for longline run it is .longline in the output folder), or its URL with --ledger.");
      return ExitCode.USAGE;
    }
    try (var ledger = SqlLedger.open(location, LedgerClock.of(clock))) {
      return run(ledger);
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

  /** The hooks that the id of a hook or a plugin means; it is reported if there is none. */
  List<String> named(Ledger ledger, String id) throws LedgerException {
    var known = ledger.hooks();
    var named =
        known.stream().filter(hook -> hook.equals(id) || hook.startsWith(id + "/")).toList();
    if (named.isEmpty()) {
      complain(UnknownHook.sentence(id, known));
    }
    return named;
  }

  /** The path under which the ledger knows a directory. */
  Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      // The directory may be gone and still be in the ledger.
      return directory.toAbsolutePath().normalize();
    }
  }

  /** The time so long ago, in milliseconds since 1970; 0 without a text. */
  long since(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    return clock.millis() - duration("--since", text).toMillis();
  }
}
