package io.longline.host.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.HookWarning;
import io.longline.host.ledger.CallState;
import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.LedgerView;
import io.longline.host.ledger.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A ledger that the program wrote when its tables had version 1: three directories that were
 * processed with a hook that succeeds and one that fails, and one that was enqueued afterwards.
 */
class MigrationTest {

  private static final Path DONE =
      Path.of("/logs/pcaps/capture_0000-9a1b4f4c-2bcb-46b4-87e5-2a3c02c0f928");

  @TempDir Path state;

  private final LedgerClock clock = LedgerClock.of(Clock.systemUTC());

  @BeforeEach
  void unpack() throws IOException {
    try (var packed =
        new GZIPInputStream(
            Objects.requireNonNull(getClass().getResourceAsStream("version-1.db.gz")))) {
      Files.copy(packed, state.resolve("ledger.db"));
    }
  }

  private int version(Path file) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT max(version) FROM schema_version")) {
      return rows.getInt(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("ledger.db"));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void isCopiedThenMigratedThenUsed() throws Exception {
    try (var ledger = SqlLedger.open(LedgerLocation.in(state), clock)) {
      assertThat(ledger.id()).isEqualTo("bf124519-358e-408b-b1cd-5d3d031921fc");
      assertThat(ledger.view().calls(DONE))
          .extracting(LedgerView.CallStatus::state)
          .containsExactly(CallState.DEAD, CallState.SUCCEEDED);
      assertThat(ledger.view().dead(null)).hasSize(3);
      assertThat(ledger.view().warnings(0, 0, null, 99)).hasSize(8);
      var host =
          ledger.host(
              new HostIdentity("new", "elsewhere", 1, 1, "/out"),
              Duration.ofMinutes(1),
              new RetryPolicy(1, Duration.ZERO),
              HookWarning::message);
      host.register(
          List.of(
              new HostLedger.Installed(
                  "http-connections/HttpConnections", "http-connections", "0.2.0")),
          Set.of("http-connections/HttpConnections"),
          "");
      assertThat(host.claim(9))
          .singleElement()
          .satisfies(
              claim -> assertThat(claim.batch().directory().toString()).startsWith("/logs/later/"));
    }
    assertThat(version(state.resolve("ledger.db"))).isEqualTo(Schema.VERSION);
    assertThat(version(state.resolve("ledger.db.version-1"))).isEqualTo(1);
    try (var files = Files.list(state)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> n.endsWith(".part")))
          .isEmpty();
    }
  }

  @Test
  void isUnchangedAfterAFailedMigration() throws Exception {
    execute("ALTER TABLE batch ADD COLUMN settled TEXT");
    assertThatThrownBy(() -> SqlLedger.open(LedgerLocation.in(state), clock))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("settled");
    assertThat(version(state.resolve("ledger.db"))).isEqualTo(1);
    assertThatThrownBy(() -> execute("SELECT enabled FROM hook"))
        .as("the column of the same migration is gone")
        .isInstanceOf(SQLException.class);
  }

  @Test
  void isNotMigratedWhileAHostOfTheOldVersionRuns() throws Exception {
    execute(
        "UPDATE host SET state = 'alive', lease_until = "
            + (System.currentTimeMillis() + 60_000)
            + ", pid = 4711");
    assertThatThrownBy(() -> SqlLedger.open(LedgerLocation.in(state), clock))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("has version 1")
        .hasMessageContaining("version " + Schema.VERSION)
        .hasMessageContaining("the host with process 4711 on analyst is at work")
        .hasMessageContaining("Stop it first");
    assertThat(version(state.resolve("ledger.db"))).isEqualTo(1);
  }
}
