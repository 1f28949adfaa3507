package io.longline.host.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.HookWarning;
import io.longline.api.Windows;
import io.longline.host.event.Ending;
import io.longline.host.ledger.BatchLedger.Mode;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.Outcome;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.output.StoredPart;
import io.longline.host.window.Section;
import io.longline.host.window.WindowRules;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which parts the call for a window reads. */
class WindowPartsTest {

  private static final long HOUR = 3_600_000_000L;
  private static final int HOURS = 24 * 7;

  private static final Ending SUCCEEDED = new Ending.Succeeded(Duration.ofMillis(1));

  @TempDir Path folder;

  @Test
  void eachPartOfAWeekIsReadForTheWindowsThatNeedItAndNoOther() throws Exception {
    try (var ledger =
        SqlLedger.open(LedgerLocation.in(folder), LedgerClock.of(Clock.systemUTC()))) {
      var host =
          ledger.host(
              new HostIdentity("one", "here", 1, 1, "/out"),
              Duration.ofSeconds(60),
              RetryPolicy.DEFAULT,
              HookWarning::message);
      var daily = Windows.sliding(Duration.ofHours(24), Duration.ofHours(1));
      var windows = new WindowRules(List.of(daily), 1);
      host.register(List.of(new HostLedger.Installed("p/A", "p", "1", windows)), Set.of("p/A"), "");
      var log = List.of(new FileStamp("conn.log", 1, 1));
      for (int hour = 0; hour < HOURS; hour++) {
        ledger.batches().accept(Path.of("/logs", "h" + hour), log, Mode.NEW_FILES);
      }
      var read = new HashMap<Long, Integer>();
      int calls = 0;
      boolean isClosed = false;
      // A few at a time, as hosts do: windows are closed when event time has passed them.
      while (!isClosed) {
        var claims = host.claim(10);
        isClosed = claims.isEmpty() && host.closeWindows(0) == 0;
        for (var claim : claims) {
          var window = claim.batch().window();
          if (window == null) {
            host.record(List.of(withPart(claim, windows)), List.of());
            continue;
          }
          calls++;
          for (var part : window.parts()) {
            assertThat(part.earliest()).isBetween(window.start(), window.end() - 1);
            read.merge(part.position(), 1, Integer::sum);
          }
          host.record(List.of(new Outcome(claim, "p/A", "1", SUCCEEDED, true)), List.of());
        }
      }
      assertThat(calls).isEqualTo(HOURS + 23);
      assertThat(read).hasSize(HOURS).allSatisfy((part, times) -> assertThat(times).isEqualTo(24));
    }
  }

  private static Outcome withPart(Claim claim, WindowRules windows) {
    var name = claim.batch().directory().getFileName().toString();
    int hour = Integer.parseInt(name.substring(1));
    long time = hour * HOUR + HOUR / 2;
    var section = new Section(hour * HOUR, 0, 10, 1, time, time, 0);
    var part = new StoredPart("x-1.parts", hour * 10L, 10, List.of(section));
    return new Outcome(claim, "p/A", "1", SUCCEEDED, true, windows, part, List.of());
  }
}
