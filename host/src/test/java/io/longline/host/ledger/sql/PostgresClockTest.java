package io.longline.host.ledger.sql;

import io.longline.host.ledger.LedgerLocation;
import io.longline.host.testing.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** Needs a PostgreSQL server, which is downloaded and started. */
@Tag("slow")
class PostgresClockTest extends ClockContract {

  private static PostgresServer server;
  private String url = "";

  @BeforeAll
  static void startServer() throws Exception {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @Override
  @BeforeEach
  void start() throws Exception {
    url = server.newDatabase();
    super.start();
  }

  @Override
  LedgerLocation location() {
    return LedgerLocation.at(url);
  }
}
