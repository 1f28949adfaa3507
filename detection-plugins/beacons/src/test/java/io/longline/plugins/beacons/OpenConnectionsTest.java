package io.longline.plugins.beacons;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.testing.HookTester;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What connections count for while they are open, and when they have ended. */
class OpenConnectionsTest {

  private static final int HOUR = 3600;

  @TempDir Path folder;

  private static HookTester tester() throws Exception {
    return HookTester.of(new Beacons()).settings(new GivenSettings().get());
  }

  @Test
  void hostsOfOpenConnectionsBelongToTheNetwork() throws Exception {
    var capture = new Capture();
    capture.connection(0, "A", "10.0.0.7", "203.0.113.77");
    for (int i = 0; i < 3; i++) {
      capture.connection(capture.open, 1, "O" + i, "10.0.0." + i, "203.0.113.9", 2 * HOUR);
    }
    var tester = tester();
    tester.process(capture.in(folder, "a")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "src", "prevalence", "network_size"))
        .containsExactly("10.0.0.0 0.75 4", "10.0.0.1 0.75 4", "10.0.0.2 0.75 4");
  }

  @Test
  void aConnectionIsNotOpenWhereItCountsAsEnded() throws Exception {
    var hours = new Capture[8];
    for (int hour = 0; hour < hours.length; hour++) {
      hours[hour] = new Capture();
      hours[hour].connection(hour * HOUR, "A" + hour, "10.0.0.7", "203.0.113.77");
      hours[hour].connection(
          hours[hour].open, 100, "LONG", "10.0.0.1", "203.0.113.9", (hour + 1) * HOUR - 100);
    }
    hours[7].connection(hours[7].conn, 100, "LONG", "10.0.0.1", "203.0.113.9", 7.5 * HOUR);
    var tester = tester();
    for (int hour = 0; hour < hours.length; hour++) {
      tester.process(hours[hour].in(folder, "hour" + hour));
    }
    tester.closeWindows();
    for (int hour = 0; hour < hours.length; hour++) {
      assertThat(WrittenRows.of(tester, "2024-04-28T0" + hour + "-25h", "src", "total_duration"))
          .filteredOn(row -> row.startsWith("10.0.0.1 "))
          .containsExactly("10.0.0.1 27000.000000");
    }
  }
}
