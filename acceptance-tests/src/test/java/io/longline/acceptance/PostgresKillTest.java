package io.longline.acceptance;

import io.longline.host.testing.PostgresServer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts on one PostgreSQL server: killed, stopped, and cut off from it. */
@Tag("slow")
class PostgresKillTest {

  private static final int LEASE_SECONDS = 3;

  private static PostgresServer server;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void nothingIsLostAndNothingIsDoneTwice() throws Exception {
    long seed = Long.getLong("seed", 20261124);
    try (var hosts = new KilledHosts(folder, 2, "--ledger", server.newDatabase())) {
      hosts.killOften(Integer.getInteger("kills", 30), new Random(seed));
      hosts.finish();
      hosts.check();
    }
  }

  @Test
  void aHostThatWasStoppedForLongerThanItsLeaseRecordsNothing() throws Exception {
    try (var hosts = new KilledHosts(folder, 2, "--ledger", server.newDatabase())) {
      hosts.start(0);
      hosts.start(1);
      hosts.awaitHosts(2);
      for (int round = 0; round < 3; round++) {
        hosts.enqueue(40);
        TimeUnit.MILLISECONDS.sleep(200);
        hosts.program(round % 2).signal("STOP");
        hosts.enqueue(10);
        TimeUnit.SECONDS.sleep(2 * LEASE_SECONDS);
        hosts.program(round % 2).signal("CONT");
      }
      hosts.finish();
      hosts.check();
    }
  }

  @Test
  void aHostThatWasCutOffForLongerThanItsLeaseRecordsNothing() throws Exception {
    var url = server.newDatabase();
    try (var proxy = TcpProxy.to(server.port());
        var hosts = new KilledHosts(folder, 2, "--ledger", url)) {
      hosts.use(0, hosts.start(0, url.replaceFirst(":" + server.port(), ":" + proxy.port())));
      hosts.start(1);
      hosts.awaitHosts(2);
      for (int round = 0; round < 3; round++) {
        hosts.enqueue(40);
        TimeUnit.MILLISECONDS.sleep(200);
        proxy.silence();
        hosts.enqueue(10);
        TimeUnit.SECONDS.sleep(2 * LEASE_SECONDS);
        proxy.mend();
      }
      hosts.finish();
      hosts.check();
    }
  }

  @Test
  void hostsGoOnWhenTheServerWasAway() throws Exception {
    var url = server.newDatabase();
    try (var proxy = TcpProxy.to(server.port());
        var hosts = new KilledHosts(folder, 2, "--ledger", url)) {
      var byProxy = url.replaceFirst(":" + server.port(), ":" + proxy.port());
      hosts.use(0, hosts.start(0, byProxy));
      hosts.use(1, hosts.start(1, byProxy));
      hosts.awaitHosts(2);
      hosts.enqueue(60);
      TimeUnit.MILLISECONDS.sleep(200);
      proxy.cut();
      hosts.enqueue(60);
      TimeUnit.SECONDS.sleep(2 * LEASE_SECONDS);
      proxy.mend();
      hosts.finish();
      hosts.check();
    }
  }
}
