package io.longline.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longline.host.testing.PostgresServer;
import java.nio.file.Path;
import java.util.List;
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
      hosts.use(
          0, hosts.start(0, url.replaceFirst(":" + server.port(), ":" + proxy.port()), List.of()));
      hosts.start(1);
      hosts.awaitHosts(2);
      for (int round = 0; round < 3; round++) {
        hosts.enqueue(40);
        TimeUnit.MILLISECONDS.sleep(200);
        proxy.silence();
        hosts.enqueue(10);
        TimeUnit.SECONDS.sleep(2 * LEASE_SECONDS);
        proxy.restore();
      }
      hosts.finish();
      hosts.check();
    }
  }

  @Test
  void aHostOnAnotherMachineThatWasCutOffRecordsNothing() throws Exception {
    assumeTrue(NetworkNamespace.isPossible(), "needs root and iproute2, for network namespaces");
    try (var first = NetworkNamespace.create(0);
        var second = NetworkNamespace.create(1);
        var network = PostgresServer.start(List.of(first.outside(), second.outside()))) {
      var url = network.newDatabase();
      try (var hosts = new KilledHosts(folder, 2, "--ledger", url)) {
        hosts.use(0, hosts.start(0, at(url, first), first.prefix()));
        hosts.use(1, hosts.start(1, at(url, second), second.prefix()));
        hosts.awaitHosts(2);
        for (var each : List.of(first, second, first)) {
          hosts.enqueue(40);
          TimeUnit.MILLISECONDS.sleep(200);
          each.cut();
          hosts.enqueue(10);
          TimeUnit.SECONDS.sleep(2 * LEASE_SECONDS);
          each.reconnect();
        }
        hosts.finish();
        hosts.check();
      }
    }
  }

  /** A database's URL as it is seen from a namespace. */
  private static String at(String url, NetworkNamespace namespace) {
    return url.replaceFirst("//[^/:]+:", "//" + namespace.outside() + ":");
  }

  @Test
  void hostsContinueAfterTheServerWasAway() throws Exception {
    var url = server.newDatabase();
    try (var proxy = TcpProxy.to(server.port());
        var hosts = new KilledHosts(folder, 2, "--ledger", url)) {
      var byProxy = url.replaceFirst(":" + server.port(), ":" + proxy.port());
      hosts.use(0, hosts.start(0, byProxy, List.of()));
      hosts.use(1, hosts.start(1, byProxy, List.of()));
      hosts.awaitHosts(2);
      hosts.enqueue(60);
      TimeUnit.MILLISECONDS.sleep(200);
      proxy.cut();
      hosts.enqueue(60);
      TimeUnit.SECONDS.sleep(2 * LEASE_SECONDS);
      proxy.restore();
      hosts.finish();
      hosts.check();
    }
  }
}
