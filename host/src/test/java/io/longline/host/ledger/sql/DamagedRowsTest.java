package io.longline.host.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.longline.api.HookWarning;
import io.longline.host.event.Ending;
import io.longline.host.ledger.BatchLedger.Mode;
import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.Outcome;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.ledger.UnavailableBatch;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged row keeps nobody from the others: it is reported once, and set aside. */
class DamagedRowsTest {

  private static final List<FileStamp> LOGS = List.of(new FileStamp("conn.log", 100, 1_000));
  private static final Path DAMAGED = Path.of("/logs/damaged");

  @TempDir Path state;

  private final List<UnavailableBatch> unavailable = new ArrayList<>();
  private Ledger ledger;

  @BeforeEach
  void open() throws Exception {
    ledger = SqlLedger.open(LedgerLocation.in(state), LedgerClock.of(Clock.systemUTC()));
    accept(DAMAGED);
    accept(Path.of("/logs/whole"));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void accept(Path directory) throws Exception {
    ledger.batches().accept(directory, LOGS, Mode.NEW_FILES);
  }

  private void damage(String change) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("ledger.db"));
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("UPDATE batch SET " + change + " WHERE directory = '" + DAMAGED + "'");
    }
  }

  private HostLedger host() throws Exception {
    var host =
        ledger.host(
            new HostIdentity("one", "here", 1, 1, "/out"),
            Duration.ofMinutes(1),
            RetryPolicy.DEFAULT,
            HookWarning::message);
    host.onUnavailable(unavailable::add);
    host.register(List.of(new HostLedger.Installed("p/A", "p", "1")), Set.of("p/A"), "");
    return host;
  }

  /** Takes and ends everything that is due, as a feeder does; at most so many times. */
  private static List<String> work(HostLedger host) throws Exception {
    var done = new ArrayList<String>();
    for (int i = 0; i < 10 && host.nextDue() <= 0; i++) {
      for (var claim : host.isSuspectDue() ? host.claimSuspect() : host.claim(10)) {
        done.add(claim.batch().directory().toString());
        host.record(List.of(succeeded(claim)), List.of());
      }
    }
    return done;
  }

  private static Outcome succeeded(Claim claim) {
    return new Outcome(claim, "p/A", "1", new Ending.Succeeded(Duration.ZERO), true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "files = ''",
        "files = 'nonsense'",
        "files = '1 2'",
        "files = 'x 2 conn.log'",
        "files = '1 99999999999999999999 conn.log'",
        "files = x'00ff00ff'",
        "files = '1 2 ../../etc/passwd'",
        "files = '1 2 /etc/passwd'",
        "directory = char(0)",
        "directory = 'a' || char(0) || 'b'"
      })
  void aRowThatCannotBeReadIsSetAsideAndTheOthersContinue(String change) throws Exception {
    damage(change);
    var host = host();
    assertThat(work(host)).containsExactly("/logs/whole");
    assertThat(unavailable).hasSize(1);
    assertThat(unavailable.get(0).why()).isNotEmpty();
    assertThat(work(host)).isEmpty();
    assertThat(unavailable).as("reported once").hasSize(1);
    assertThat(host.nextDue()).isEqualTo(Long.MAX_VALUE);
    assertThat(ledger.view().status().batches())
        .containsEntry(BatchState.UNAVAILABLE, 1L)
        .containsEntry(BatchState.DONE, 1L);
    assertThat(ledger.view().warnings(0, 0, null, 10)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ready_at = 9223372036854775807",
        "ready_at = 'soon'",
        "state_since = 'then'",
        "state_since = 9223372036854775807",
        "token = 'x'",
        "token = -1",
        "created_at = 'x'",
        "generation = 'x'",
        "settled = 'x'"
      })
  void aNumberThatIsDamagedDoesNotKeepABatchFromBeingTaken(String change) throws Exception {
    damage(change);
    assertThat(work(host())).containsExactlyInAnyOrder("/logs/damaged", "/logs/whole");
  }

  @ParameterizedTest
  @ValueSource(strings = {"state = 'nonsense'", "state = ''", "suspect = 7"})
  void aStateThatDoesNotExistHoldsUpNobodyAndIsShown(String change) throws Exception {
    damage(change);
    assertThat(work(host())).contains("/logs/whole");
    assertThatCode(() -> ledger.view().status()).doesNotThrowAnyException();
    assertThatCode(() -> ledger.view().batches(DAMAGED)).doesNotThrowAnyException();
    assertThatCode(() -> ledger.view().calls(DAMAGED)).doesNotThrowAnyException();
  }

  @Test
  void aRowThatIsDamagedWhileItsHostHasItHoldsUpNobody() throws Exception {
    var killed = host();
    killed.claim(10);
    damage("directory = 'x' || char(0)");
    assertThatCode(() -> ledger.view().status()).doesNotThrowAnyException();
    assertThatCode(() -> ledger.view().dead(null)).doesNotThrowAnyException();
    var next =
        ledger.host(
            new HostIdentity("two", "here", 1, 1, "/out"),
            Duration.ofMinutes(1),
            RetryPolicy.DEFAULT,
            HookWarning::message);
    next.onUnavailable(unavailable::add);
    next.register(List.of(new HostLedger.Installed("p/A", "p", "1")), Set.of("p/A"), "one");
    assertThat(work(next)).containsExactly("/logs/whole");
    assertThat(unavailable).hasSize(1);
    assertThatCode(() -> ledger.pruning().prune(-1_000, directory -> true))
        .doesNotThrowAnyException();
  }

  @Test
  void aDirectoryWithADamagedRowCanBeHandedInAgain() throws Exception {
    damage("files = 'nonsense'");
    var host = host();
    work(host);
    accept(DAMAGED);
    assertThat(work(host)).containsExactly("/logs/damaged");
  }
}
