package io.longline.host.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest extends LedgerContract {

  @TempDir Path folder;

  @Override
  LedgerLocation location() {
    return LedgerLocation.in(folder);
  }

  @Override
  Database database(LedgerClock clock) throws Exception {
    return Database.of(location(), clock);
  }

  @Test
  void everyCommitIsOnTheDisk() throws Exception {
    try (var database = Database.of(location(), LedgerClock.of(Clock.systemUTC()))) {
      var settings =
          database.read(
              session ->
                  session.query("PRAGMA synchronous", row -> row.getString(1)).get(0)
                      + session.query("PRAGMA journal_mode", row -> row.getString(1)).get(0));
      assertThat(settings).isEqualTo("2wal");
    }
  }

  @Test
  void aNewerLedgerIsRefused() throws Exception {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO schema_version VALUES (99)");
    }
    assertThatThrownBy(() -> Ledger.open(location(), LedgerClock.of(Clock.systemUTC())))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("version 99")
        .hasMessageContaining("version " + Schema.VERSION);
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused(@TempDir Path other) throws Exception {
    Files.writeString(other.resolve("ledger.db"), "this is no database, whatever its name says");
    assertThatThrownBy(
            () -> Ledger.open(LedgerLocation.in(other), LedgerClock.of(Clock.systemUTC())))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("ledger.db");
  }
}
