package io.longline.host.work;

import io.longline.host.ledger.LedgerLocation;
import io.longline.host.testing.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Needs a PostgreSQL server, which is downloaded and started. */
@Tag("slow")
class PostgresFaultTest extends FaultContract {

  private static PostgresServer server;

  @BeforeAll
  static void start() throws Exception {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Override
  LedgerLocation newLocation(Path output) throws Exception {
    return LedgerLocation.at(server.newSchema());
  }
}
