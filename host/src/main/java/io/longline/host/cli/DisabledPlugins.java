package io.longline.host.cli;

import io.longline.host.configuration.LedgerConfiguration;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.sql.SqlLedger;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** The plugins that somebody has disabled in the ledger, for commands that show plugins. */
final class DisabledPlugins {

  private DisabledPlugins() {}

  /**
   * Their ids; none if there is no ledger yet, or if it cannot be read, which is reported.
   *
   * @param complain takes a sentence for people
   */
  static List<String> find(SettingSources sources, Consumer<String> complain) {
    var reader = new SettingReader(sources);
    var location = LedgerConfiguration.readShared(reader);
    var folder = location.folder();
    if (!reader.problems().isEmpty()
        || folder != null && !Files.exists(folder.resolve("ledger.db"))) {
      return List.of();
    }
    try (var ledger = SqlLedger.open(location, LedgerClock.of(Clock.systemUTC()))) {
      return ledger.plugins().disabled();
    } catch (LedgerException e) {
      complain.accept("Whether plugins are disabled is not known: " + e.getMessage());
      return List.of();
    }
  }
}
