package io.longline.host.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.HostLocks;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Needs a PostgreSQL server, which is downloaded and started. */
@Tag("slow")
class PostgresLedgerTest extends LedgerContract {

  private static PostgresServer server;
  private String url = "";

  @BeforeAll
  static void start() throws Exception {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Override
  @BeforeEach
  void openLedger() throws Exception {
    url = server.newDatabase();
    super.openLedger();
  }

  @Override
  LedgerLocation location() {
    return LedgerLocation.at(url);
  }

  @Override
  Database database(LedgerClock clock) throws Exception {
    return SqlLedger.database(location(), clock, connection -> connection);
  }

  @Test
  void hostsAreNotifiedOfBatchesThatOthersAccept() throws Exception {
    var clock = LedgerClock.of(Clock.systemUTC());
    var heard = new CountDownLatch(1);
    try (var here = SqlLedger.open(location(), clock);
        var there = SqlLedger.open(location(), clock)) {
      var listening = there.listen(heard::countDown);
      // It takes a moment until it listens.
      for (int i = 0; i < 600 && heard.getCount() > 0; i++) {
        here.batches()
            .accept(
                Path.of("/logs/" + i),
                List.of(new FileStamp("conn.log", 1, 1)),
                BatchLedger.Mode.NEW_FILES);
        heard.await(50, TimeUnit.MILLISECONDS);
      }
      assertThat(heard.getCount()).isZero();
      listening.close();
    }
  }

  @Test
  void aLedgerOfVersion1IsMigrated() throws Exception {
    var clock = LedgerClock.of(Clock.systemUTC());
    var other = LedgerLocation.at(server.newDatabase());
    try (var database = SqlLedger.database(other, clock, connection -> connection)) {
      Schema.bringUp(database, HostLocks.of(other), 1);
    }
    try (var ledger = SqlLedger.open(other, clock)) {
      assertThat(ledger.plugins().ids()).isEmpty();
      var accepted =
          ledger
              .batches()
              .accept(
                  Path.of("/logs/a"),
                  List.of(new FileStamp("conn.log", 1, 1)),
                  BatchLedger.Mode.NEW_FILES);
      assertThat(accepted.kind()).isEqualTo(BatchLedger.Kind.NEW);
    }
  }
}
