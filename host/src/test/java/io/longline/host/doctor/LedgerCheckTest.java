package io.longline.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.doctor.Diagnosis.Level;
import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.PausePolicy;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.ledger.sql.SqlLedger;
import io.longline.host.testing.ManualClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerCheckTest {

  @TempDir Path home;

  private final ManualClock clock = new ManualClock("2026-11-27T13:00:00Z");

  private List<Diagnosis> found() {
    return new LedgerCheck(LedgerLocation.in(state()), clock, Duration.ofSeconds(20)).make();
  }

  private Path state() {
    return home.resolve("a #state?");
  }

  private Path file() {
    return state().resolve("ledger.db");
  }

  private void is(Level level, String result, String remedy) {
    var found = found();
    assertThat(found).hasSize(1);
    is(found.get(0), level, result, remedy);
  }

  private static void is(Diagnosis found, Level level, String result, String remedy) {
    assertThat(found.level()).as(found.toString()).isEqualTo(level);
    assertThat(found.result()).contains(result);
    assertThat(found.remedy()).contains(remedy);
  }

  private void makeLedger() throws IOException {
    SqlLedger.open(LedgerLocation.in(state()), LedgerClock.of(clock)).close();
  }

  private void sql(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(state())) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  @Test
  void aLedgerThatIsUnusedIsReadAndLeftAsItIs() throws IOException {
    is(Level.OK, "there is none", "");
    makeLedger();
    var before = files();
    var content = Files.readAllBytes(file());
    is(Level.OK, "has version " + SqlLedger.TABLES_VERSION + " of the tables", "");
    assertThat(files()).isEqualTo(before);
    assertThat(file()).hasBinaryContent(content);
  }

  @Test
  void aLedgerInMemoryIsNotChecked() {
    assertThat(new LedgerCheck(LedgerLocation.inMemory(), clock, Duration.ZERO).make()).isEmpty();
  }

  @Test
  void theVersionOfTheTablesCounts() throws Exception {
    makeLedger();
    sql("UPDATE schema_version SET version = 99 WHERE version = 6");
    is(Level.FAULT, "version 99 of the tables, this program knows", "newer program");
    sql("DELETE FROM schema_version WHERE version > 4");
    is(Level.OK, "version 4 of the tables; the next start brings them to version", "");
    Files.delete(file());
    Files.createFile(file());
    is(Level.OK, "has no tables", "");
  }

  @Test
  void damageIsFound() throws Exception {
    makeLedger();
    try (var file = new RandomAccessFile(file().toFile(), "rw")) {
      for (long page = 2; page < file.length() / 4_096; page++) {
        file.seek(page * 4_096);
        file.write(new byte[] {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7});
      }
    }
    is(Level.FAULT, "is damaged", ".recover");
    Files.writeString(
        file(), "This is not a database, but a text that is long enough. ".repeat(99));
    is(Level.FAULT, "is damaged", ".recover");
  }

  @Test
  void hostsAndTheirLeasesAreShown() throws IOException {
    try (var ledger = SqlLedger.open(LedgerLocation.in(state()), LedgerClock.of(clock))) {
      var host = HostIdentity.ofThisProcess("one", "/out");
      ledger.hold(host);
      var hosted =
          ledger.host(
              host,
              Duration.ofSeconds(60),
              RetryPolicy.DEFAULT,
              PausePolicy.DEFAULT,
              warning -> "");
      hosted.register(List.of(new HostLedger.Installed("p/A", "p", "1")), Set.of("p/A"), "");
      var found = found();
      assertThat(found).hasSize(2);
      is(found.get(1), Level.OK, "output /out: lease for 60 s", "");
      clock.advance(Duration.ofSeconds(100));
      is(found().get(1), Level.WARNING, "its lease has run out 40 s ago", "hangs");
    }
    is(found().get(1), Level.WARNING, "its lease has run out", "hangs");
  }

  @Test
  void entriesFromTheFutureAreReported() throws Exception {
    makeLedger();
    sql("INSERT INTO warning (at, hook, json) VALUES (1795784460000, 'x', '{}')");
    var found = found();
    assertThat(found).hasSize(2);
    is(
        found.get(1),
        Level.WARNING,
        "its newest entry is of 2026-11-27T13:01:00Z, 60 s from now",
        "set");
  }
}
