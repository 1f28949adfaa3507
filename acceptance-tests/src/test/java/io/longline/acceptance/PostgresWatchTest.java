package io.longline.acceptance;

import io.longline.host.testing.PostgresServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresWatchTest extends WatchContract {

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
  Map<String, String> ledger() throws Exception {
    return Map.of("LONGLINE_LEDGER", server.newDatabase());
  }
}
