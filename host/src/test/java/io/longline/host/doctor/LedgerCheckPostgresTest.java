package io.longline.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.doctor.Diagnosis.Level;
import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.PausePolicy;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.ledger.sql.SqlLedger;
import io.longline.host.testing.PostgresServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerCheckPostgresTest {

  private static List<Diagnosis> check(LedgerLocation location, Clock clock) {
    return new LedgerCheck(location, clock, Duration.ofSeconds(20)).make();
  }

  @Test
  void aLedgerOnAServerIsExamined() throws Exception {
    var clock = Clock.systemUTC();
    try (var server = PostgresServer.start()) {
      var location = LedgerLocation.at(server.newDatabase());
      assertThat(check(location, clock))
          .singleElement()
          .satisfies(found -> assertThat(found.result()).contains("has no tables"));
      try (var ledger = SqlLedger.open(location, LedgerClock.of(clock))) {
        var host =
            ledger.host(
                HostIdentity.ofThisProcess("one", "/out"),
                Duration.ofSeconds(60),
                RetryPolicy.DEFAULT,
                PausePolicy.DEFAULT,
                warning -> "");
        host.register(List.of(new HostLedger.Installed("p/A", "p", "1")), Set.of("p/A"), "");
      }
      assertThat(check(location, clock))
          .extracting(Diagnosis::level)
          .containsExactly(Level.OK, Level.OK);
      assertThat(check(location, Clock.offset(clock, Duration.ofSeconds(-100))))
          .anySatisfy(found -> assertThat(found.result()).contains("differs from this one by"));
    }
  }

  @Test
  void aServerThatCannotBeReachedIsAFault() {
    var nowhere = LedgerLocation.at("jdbc:postgresql://127.0.0.1:1/longline");
    assertThat(check(nowhere, Clock.systemUTC()))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.level()).isEqualTo(Level.FAULT);
              assertThat(found.remedy()).contains("running and reachable");
            });
  }
}
