package io.longline.plugins.beacons;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.testing.HookTester;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** The request of HTTP is in a log of an earlier hour: at its end the connection has no name. */
  @ParameterizedTest
  @CsvSource({"GET, 203.0.113.9", "CONNECT, 10.0.0.99"})
  void aConnectionThatEndsWithoutItsNameIsNotOpenForIt(String method, String target)
      throws Exception {
    var before = new Capture();
    before.connection(0, "A", "10.0.0.7", "203.0.113.77");
    before.connection(before.open, 100, "LONG", "10.0.0.1", target, 2 * HOUR);
    before.openHttp.row(Capture.MIDNIGHT + 100, "LONG", method, "far.example");
    var after = new Capture();
    after.connection(2 * HOUR + 1800, "B", "10.0.0.7", "203.0.113.77");
    after.connection(after.conn, 100, "LONG", "10.0.0.1", target, 2 * HOUR + 600);

    var tester = tester();
    tester.process(before.in(folder, "before")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "fqdn", "open_duration"))
        .contains("far.example 7200.000000");

    tester.process(after.in(folder, "after")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "fqdn", "open_duration"))
        .noneMatch(row -> row.startsWith("far.example"));
  }

  @Test
  void connectionsWithoutAUidAreKnownByTheirBeginningAndTheirSides() throws Exception {
    var before = new Capture();
    before.connection(0, "A", "10.0.0.7", "203.0.113.77");
    for (var source : new String[] {"10.0.0.1", "10.0.0.2"}) {
      before.connection(before.open, 100, null, source, "203.0.113.9", 2 * HOUR);
    }
    var after = new Capture();
    after.connection(after.conn, 100, null, "10.0.0.1", "203.0.113.9", 2 * HOUR + 600);
    var tester = tester();
    tester.process(before.in(folder, "before")).process(after.in(folder, "after")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "src", "total_duration", "open_duration"))
        .containsExactly("10.0.0.1 7800.000000 0.000000", "10.0.0.2 7200.000000 7200.000000");
  }
}
