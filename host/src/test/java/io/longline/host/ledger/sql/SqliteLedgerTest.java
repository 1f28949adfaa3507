package io.longline.host.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.HookWarning;
import io.longline.host.event.Ending;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.CallResult;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.Outcome;
import io.longline.host.ledger.Recording;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.output.TestCommits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteLedgerTest extends LedgerContract {

  private static final List<FileStamp> LOGS = List.of(new FileStamp("conn.log", 100, 1_000));

  @TempDir Path folder;

  @Override
  LedgerLocation location() {
    return LedgerLocation.in(folder);
  }

  @Override
  Database database(LedgerClock clock) throws Exception {
    return SqlLedger.database(location(), clock, connection -> connection);
  }

  @Test
  void everyCommitIsOnTheDisk() throws Exception {
    try (var database =
        SqlLedger.database(
            location(), LedgerClock.of(Clock.systemUTC()), connection -> connection)) {
      var settings =
          database.read(
              session ->
                  session.query("PRAGMA synchronous", row -> row.getString(1)).get(0)
                      + session.query("PRAGMA journal_mode", row -> row.getString(1)).get(0));
      assertThat(settings).isEqualTo("2wal");
    }
  }

  /**
   * Whichever statement fails, a host calls either the old hooks or the new ones, never a mixture.
   */
  @Test
  void aRegistrationThatFailsChangesNothing(@TempDir Path folders) throws Exception {
    int failed = 0;
    boolean isOver = false;
    for (int statement = 1; !isOver; statement++) {
      var faults = new StatementFaults(statement, false);
      var place = LedgerLocation.in(folders.resolve("at-" + statement));
      try (var ledger = faults.open(place, LedgerClock.of(Clock.systemUTC()))) {
        var host = hostWithA(ledger);
        ledger.batches().accept(Path.of("/logs/a"), LOGS, BatchLedger.Mode.NEW_FILES);
        assertThat(host.claim(1).get(0).attempts()).containsOnlyKeys("p/A");
        isOver = !isReplaced(host, ledger);
        failed += isOver ? 0 : 1;
      } catch (LedgerException e) {
        // It was an earlier statement.
      }
    }
    assertThat(failed).isGreaterThan(3);
  }

  private static HostLedger hostWithA(Ledger ledger) throws LedgerException {
    var host =
        ledger.host(
            new HostIdentity("one", "here", 1, 1, "/out"),
            Duration.ofMinutes(1),
            new RetryPolicy(1, Duration.ZERO),
            HookWarning::message);
    register(host, "p/A");
    return host;
  }

  /** Whether registering another hook has failed. */
  private static boolean isReplaced(HostLedger host, Ledger ledger) throws Exception {
    boolean hasFailed = false;
    try {
      register(host, "p/B");
    } catch (LedgerException e) {
      hasFailed = true;
    }
    ledger.batches().accept(Path.of("/logs/b"), LOGS, BatchLedger.Mode.NEW_FILES);
    var claimed = host.claim(1);
    assertThat(claimed.get(0).attempts()).containsOnlyKeys(hasFailed ? "p/A" : "p/B");
    return hasFailed;
  }

  /**
   * A host that is gone keeps its lock file, by which others know that it is, until the ledger has
   * it as lost.
   */
  @Test
  void aHostThatIsGoneStaysGoneIfTakingOverFromItFails(@TempDir Path folders) throws Exception {
    int failed = 0;
    boolean isOver = false;
    for (int statement = 1; !isOver; statement++) {
      var faults = new StatementFaults(statement, false);
      var place = LedgerLocation.in(folders.resolve("at-" + statement));
      var lock = folders.resolve("at-" + statement).resolve("hosts/one.lock");
      try (var ledger = faults.open(place, LedgerClock.of(Clock.systemUTC()))) {
        hostWithA(ledger);
        Files.createDirectories(lock.getParent());
        Files.createFile(lock);
        var next =
            ledger.host(
                new HostIdentity("two", "here", 1, 1, "/out"),
                Duration.ofMinutes(1),
                new RetryPolicy(1, Duration.ZERO),
                HookWarning::message);
        try {
          next.takeFromGoneHosts();
          assertThat(lock).doesNotExist();
          isOver = true;
        } catch (LedgerException e) {
          assertThat(lock).exists();
          failed++;
        }
      } catch (LedgerException e) {
        // It was an earlier statement.
      }
    }
    assertThat(failed).isGreaterThan(3);
  }

  /** Whichever statement fails, or only loses its reply, calls are recorded once. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRecordingThatIsRepeatedIsMadeOnce(boolean isAfter, @TempDir Path folders) throws Exception {
    int failed = 0;
    boolean isOver = false;
    for (int statement = 1; !isOver; statement++) {
      var faults = new StatementFaults(statement, isAfter);
      var place = LedgerLocation.in(folders.resolve("at-" + statement));
      try (var ledger = faults.open(place, LedgerClock.of(Clock.systemUTC()))) {
        var host = hostWithA(ledger);
        ledger.outputs("folder").register("/out", "one");
        ledger.batches().accept(Path.of("/logs/a"), LOGS, BatchLedger.Mode.NEW_FILES);
        var claim = host.claim(1).get(0);
        isOver = !isRecordedAgain(host, claim);
        failed += isOver ? 0 : 1;
        assertThat(ledger.outputs("folder").register("/out", "one")).as("commits").isEqualTo(1);
        assertThat(ledger.outputs("folder").appends()).hasSize(1);
        assertThat(ledger.view().count(BatchState.DONE)).isEqualTo(1);
      } catch (LedgerException e) {
        // It was an earlier statement, or a later one.
      }
    }
    assertThat(failed).isGreaterThan(5);
  }

  /** Whether recording has failed, so that it was made again. */
  private static boolean isRecordedAgain(HostLedger host, Claim claim) throws Exception {
    var outcome =
        new Outcome(claim, "p/A", "1.0", new Ending.Succeeded(Duration.ofMillis(1)), true);
    var commit = TestCommits.of("folder", 1);
    boolean hasFailed = false;
    Recording recording = null;
    for (int i = 0; i < 2 && recording == null; i++) {
      try {
        recording = host.record(List.of(outcome), List.of(), commit, lost -> commit);
      } catch (LedgerException e) {
        hasFailed = true;
      }
    }
    assertThat(recording).isNotNull();
    assertThat(recording.calls().get(0).result()).isEqualTo(CallResult.SUCCEEDED);
    assertThat(recording.outputs()).isSameAs(commit);
    return hasFailed;
  }

  private static void register(HostLedger host, String hook) throws LedgerException {
    host.register(List.of(new HostLedger.Installed(hook, "p", "1.0")), Set.of(hook), "");
  }

  @Test
  void aNewerLedgerIsRefused() throws Exception {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO schema_version VALUES (99)");
    }
    assertThatThrownBy(() -> SqlLedger.open(location(), LedgerClock.of(Clock.systemUTC())))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("version 99")
        .hasMessageContaining("version " + Schema.VERSION);
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused(@TempDir Path other) throws Exception {
    Files.writeString(other.resolve("ledger.db"), "this is no database, whatever its name says");
    assertThatThrownBy(
            () -> SqlLedger.open(LedgerLocation.in(other), LedgerClock.of(Clock.systemUTC())))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("ledger.db");
  }
}
