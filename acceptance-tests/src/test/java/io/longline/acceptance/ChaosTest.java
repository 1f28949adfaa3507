package io.longline.acceptance;

import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.sql.SqlLedger;
import io.longline.host.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything at once, at random: {@code -Dchaos.kills=75} for 300 kills in all, {@code -Dseed=} for
 * another order.
 */
@Tag("slow")
class ChaosTest {

  private static final int KILLS = Integer.getInteger("chaos.kills", 6);
  private static final long SEED = Long.getLong("seed", 20261127);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"thread", "process"})
  void nothingIsLostAndNothingIsTwiceInAFile(String isolation) throws Exception {
    var state = folder.resolve("state").toString();
    chaos(List.of("--state", state), LedgerLocation.in(Path.of(state)), isolation, 1, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"thread", "process"})
  void nothingIsLostAndNothingIsTwiceOnAServer(String isolation) throws Exception {
    try (var server = PostgresServer.start()) {
      var url = server.newDatabase();
      chaos(List.of("--ledger", url), LedgerLocation.at(url), isolation, 2, server);
    }
  }

  private void chaos(
      List<String> place,
      LedgerLocation location,
      String isolation,
      int hosts,
      @Nullable PostgresServer database)
      throws Exception {
    var options = isolation.equals("process") ? List.of("--isolate", "all") : List.<String>of();
    var ledger = SqlLedger.open(location, LedgerClock.of(Clock.systemUTC()));
    try (var run = new ChaosRun(folder, place, options, ledger, new Random(SEED), database)) {
      run.killOften(KILLS, hosts);
      run.finish();
      run.check();
      System.out.println("chaos, " + place.get(0) + ", " + isolation + ": " + run.account());
    }
  }
}
