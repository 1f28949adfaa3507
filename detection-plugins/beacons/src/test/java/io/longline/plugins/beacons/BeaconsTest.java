package io.longline.plugins.beacons;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.Finding;
import io.longline.api.testing.HookTester;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeaconsTest {

  private static final int HOUR = 3600;
  private static final int DAY = 24 * HOUR;

  @TempDir Path folder;

  private static HookTester tester(GivenSettings settings) throws Exception {
    return HookTester.of(new Beacons()).settings(settings.get());
  }

  private static HookTester tester() throws Exception {
    return tester(new GivenSettings());
  }

  @Test
  void aBeaconIsARowAndAFinding() throws Exception {
    var tester = tester();
    tester.process(Capture.beacon("10.0.0.1", "203.0.113.9").in(folder, "a")).closeWindows();
    assertThat(tester.written("beacons/run"))
        .containsExactly(
            "1714348800.000000\t1714434900.000000\t10.0.0.1\t203.0.113.9\t-\tip\t288\t288\t1.0\t1.0"
                + "\t1.0\t1.0\t1.0\t300.0\t0.0\t100.0\t144.000000\t0.000000\t86400\t1.0\t1"
                + "\t1714348800.000000\t0\t0\t443:tcp:ssl\thigh\t0.8");
    var findings = tester.findings().stream().filter(each -> each.rule().equals("beacon")).toList();
    var last = findings.get(findings.size() - 1);
    assertThat(last.severity()).isIn(Finding.Severity.HIGH, Finding.Severity.CRITICAL);
    assertThat(last.source()).isEqualTo("10.0.0.1");
    assertThat(last.destination()).isEqualTo("203.0.113.9");
    assertThat(last.sentence())
        .startsWith("10.0.0.1 connected to 203.0.113.9")
        .contains("about every 5 min, and sent about 100 bytes each time")
        .endsWith("This looks like a program that calls home.");
    assertThat(last.charts()).hasSize(2);
    assertThat(last.charts().get(0).counts()).hasSizeBetween(24, 25).contains(12L);
    assertThat(last.charts().get(1).counts()).containsExactly(287L);
  }

  @Test
  void eachHourSeesTheHoursBeforeIt() throws Exception {
    var tester = tester();
    tester.process(Capture.beacon("10.0.0.1", "203.0.113.9").in(folder, "a")).closeWindows();
    assertThat(WrittenRows.of(tester, "2024-04-28T08-25h", "count", "score"))
        .as("nine hours")
        .hasSize(1)
        .allMatch(row -> row.startsWith("108 "));
    assertThat(WrittenRows.of(tester, "2024-04-28T23-25h", "count")).containsExactly("288");
    assertThat(tester.written("beacons/2024-04-29T00-25h"))
        .as("no connection is in its last hour")
        .isEmpty();
  }

  @Test
  void aDayTouches25Hours() throws Exception {
    var capture = new Capture();
    for (int second = 0; second <= DAY + HOUR; second += 600) {
      capture.connection(second, "C" + second, "10.0.0.1", "203.0.113.9");
    }
    var tester = tester();
    tester.process(capture.in(folder, "a")).closeWindows();
    // The newest is at 01:00 of the next day: the hour from 01:00 counts, the one before not.
    assertThat(WrittenRows.ofRun(tester, "window_start", "window_end", "count"))
        .containsExactly("1714352400.000000 1714438800.000000 145");
    assertThat(WrittenRows.of(tester, "2024-04-29T01-25h", "count")).containsExactly("145");
  }

  @Test
  void onlyConnectionsFromTheInsideCount() throws Exception {
    var tester = tester();
    tester
        .process(Capture.beacon("203.0.113.9", "10.0.0.1").in(folder, "in"))
        .process(Capture.beacon("10.0.0.1", "10.0.0.2").in(folder, "inside"))
        .process(Capture.beacon("203.0.113.9", "203.0.113.8").in(folder, "outside"))
        .process(Capture.beacon("10.0.0.1", "224.0.0.251").in(folder, "multicast"))
        .closeWindows();
    assertThat(tester.outputs()).isEmpty();
    assertThat(tester.findings()).isEmpty();
  }

  @Test
  void settingsSayWhatCounts() throws Exception {
    var incoming = tester(new GivenSettings().with("externalToInternal", true));
    incoming.process(Capture.beacon("203.0.113.9", "10.0.0.1").in(folder, "in")).closeWindows();
    assertThat(WrittenRows.ofRun(incoming, "src", "dst")).containsExactly("203.0.113.9 10.0.0.1");
    var always = tester(new GivenSettings().with("alwaysIncluded", List.of("10.0.0.2")));
    always.process(Capture.beacon("10.0.0.1", "10.0.0.2").in(folder, "inside")).closeWindows();
    assertThat(WrittenRows.ofRun(always, "src", "dst")).containsExactly("10.0.0.1 10.0.0.2");
    var never = tester(new GivenSettings().with("neverIncluded", List.of("203.0.113.0/24")));
    never.process(Capture.beacon("10.0.0.1", "203.0.113.9").in(folder, "never")).closeWindows();
    assertThat(never.outputs()).isEmpty();
  }

  @Test
  void connectionsWithANameCountForTheName() throws Exception {
    var capture = new Capture();
    for (int i = 0; i < 288; i++) {
      // Two servers take turns, as those of a large service do.
      capture.connection(i * 300, "C" + i, "10.0.0.1", "203.0.113." + (1 + i % 2));
      if (i % 2 == 0) {
        capture.request(i * 300, "C" + i, "GET", "evil.example:8080");
      } else {
        capture.handshake(i * 300, "C" + i, "evil.example:8080");
      }
    }
    var tester = tester();
    tester.process(capture.in(folder, "a")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "kind", "src", "dst", "fqdn", "count", "score"))
        .as("the addresses have no rows of their own")
        .containsExactly("sni 10.0.0.1 - evil.example:8080 288 1.0");
    assertThat(tester.findings()).allMatch(each -> "evil.example:8080".equals(each.name()));
  }

  @Test
  void aNameThatIsNoThreatLeavesTheAddress() throws Exception {
    var capture = Capture.beacon("10.0.0.1", "203.0.113.9");
    capture.handshake(0, "C0", "www.example").handshake(300, "C300", "www.example");
    var tester = tester();
    tester.process(capture.in(folder, "a")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "kind", "count")).containsExactly("ip 288");
  }

  @Test
  void theLatestRequestOfAConnectionSaysItsName() throws Exception {
    var capture = Capture.beacon("10.0.0.1", "203.0.113.9");
    for (int second = 0; second < DAY; second += 300) {
      capture
          .request(second + 2, "C" + second, "GET", "last.example")
          .request(second + 1, "C" + second, "GET", "first.example")
          .request(second, "C" + second, "GET", "first.example");
    }
    var tester = tester();
    tester.process(capture.in(folder, "a")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "fqdn", "count")).containsExactly("last.example 288");
  }

  @Test
  void requestsWithoutAHostCountForTheAddress() throws Exception {
    var capture = Capture.beacon("10.0.0.1", "203.0.113.9");
    capture.request(0, "C0", "GET", null).request(300, "C300", "GET", "");
    for (int i = 0; i < 50; i++) {
      capture.request(600, "C600", "GET", "");
    }
    capture.request(700, "another", "GET", "");
    var tester = tester();
    tester.process(capture.in(folder, "a")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "count", "missing_host_count", "final_score"))
        .as("at most 20 of a connection")
        .containsExactly("288 22 0.9");
  }

  @Test
  void aProxyMayBeInternal() throws Exception {
    var capture = Capture.beacon("10.0.0.1", "10.0.0.3");
    for (int second = 0; second < DAY; second += 300) {
      capture.request(second, "C" + second, "CONNECT", "evil.example");
      capture.handshake(second, "C" + second, "evil.example");
    }
    var tester = tester();
    tester.process(capture.in(folder, "a")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "kind", "fqdn", "count", "proxy_count", "network_size"))
        .containsExactly("sni evil.example 288 288 1");
  }

  @Test
  void aProxyThatConnectsInsideDoesNotCount() throws Exception {
    var capture = Capture.beacon("10.0.0.1", "10.0.0.3");
    for (int second = 0; second < DAY; second += 300) {
      capture.request(second, "C" + second, "CONNECT", "10.0.0.4");
    }
    var tester = tester();
    tester.process(capture.in(folder, "a")).closeWindows();
    assertThat(tester.outputs()).isEmpty();
  }

  @Test
  void neverIncludedProxiesMayBeAskedToConnect() throws Exception {
    var capture = new Capture();
    for (int second = 0; second < DAY; second += 300) {
      var uid = "C" + second;
      capture.connection(second, uid, "10.0.0.1", "203.0.113.3");
      capture.request(second, uid, "CONNECT", "evil.example");
      capture.connection(second, uid + "-", "10.0.0.2", "203.0.113.3");
      capture.request(second, uid + "-", "CONNECT", "203.0.113.4");
    }
    var never = List.of("203.0.113.3", "203.0.113.4");
    var tester = tester(new GivenSettings().with("neverIncluded", never));
    tester.process(capture.in(folder, "a")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "src", "fqdn", "proxy_count"))
        .as("the proxy is not the destination, but an address that it is asked for is")
        .containsExactly("10.0.0.1 evil.example 288");
  }

  @Test
  void openConnectionsAddWhatIsKnownLast() throws Exception {
    var hours = new ArrayList<Path>();
    for (int hour = 0; hour < 24; hour++) {
      var capture = new Capture();
      capture.connection(hour * HOUR + 10, "A" + hour, "10.0.0.7", "203.0.113.77");
      capture.connection(
          capture.open, -40 * HOUR, "SSH", "10.0.0.1", "203.0.113.9", (40 + hour) * HOUR + 1.5);
      hours.add(capture.in(folder, "hour" + hour));
    }
    var tester = tester();
    for (var hour : hours) {
      tester.process(hour);
    }
    tester.closeWindows();
    assertThat(
            WrittenRows.ofRun(
                tester,
                "src",
                "count",
                "total_duration",
                "open_duration",
                "total_bytes",
                "first_seen",
                "score"))
        .contains("10.0.0.1 0 226801.500000 226801.500000 300 1714204800.000000 -");
    assertThat(tester.findings())
        .anySatisfy(
            each ->
                assertThat(each.sentence())
                    .isEqualTo(
                        "10.0.0.1 was connected to 203.0.113.9 for 2 d 15 h in all, and a connection was still open."));
  }

  @Test
  void anOpenConnectionThatHasEndedDoesNotCountTwice() throws Exception {
    var capture = new Capture();
    capture.connection(0, "A", "10.0.0.7", "203.0.113.77");
    capture.connection(capture.open, 100, "LONG", "10.0.0.1", "203.0.113.9", 3 * HOUR);
    capture.connection(capture.conn, 100, "LONG", "10.0.0.1", "203.0.113.9", 5 * HOUR);
    var tester = tester();
    tester.process(capture.in(folder, "a")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "src", "count", "total_duration", "open_duration"))
        .containsExactly("10.0.0.1 1 18000.000000 0.000000");
  }

  @Test
  void veryManyConnectionsAreAStrobe() throws Exception {
    var capture = new Capture();
    for (int i = 0; i < 2000; i++) {
      capture.connection(i, "C" + i, "10.0.0.1", "203.0.113.9");
    }
    var tester = tester(new GivenSettings().with("strobeConnections", 2000));
    tester.process(capture.in(folder, "a")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "count", "ts_unique", "score", "severity"))
        .containsExactly("2000 - - high");
    assertThat(tester.findings())
        .isNotEmpty()
        .allMatch(each -> each.rule().equals("strobe"))
        .allMatch(each -> each.charts().size() == 1);
  }

  @Test
  void prevalenceIsTheShareOfInternalHosts() throws Exception {
    var tester = tester();
    tester.process(Capture.beacon("10.0.0.1", "203.0.113.9").in(folder, "a"));
    var others = new Capture();
    for (int i = 0; i < 99; i++) {
      others.connection(i, "C" + i, "10.1.0." + i, "203.0.113." + (i % 50));
    }
    tester.process(others.in(folder, "b")).closeWindows();
    // Hosts 9 and 59 of the others connect to it too.
    assertThat(WrittenRows.ofRun(tester, "src", "prevalence", "network_size"))
        .containsExactly("10.0.0.1 0.03 100");
  }

  @Test
  void aHostThatSpeaksBothWaysCountsOnce() throws Exception {
    var capture = Capture.beacon("10.0.0.1", "203.0.113.9");
    capture.connection(9, "back", "203.0.113.9", "10.0.0.1");
    for (int i = 0; i < 9; i++) {
      capture.connection(i, "X" + i, "10.1.0." + i, "203.0.113.77");
    }
    var tester = tester(new GivenSettings().with("externalToInternal", true));
    tester.process(capture.in(folder, "a")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "src", "prevalence", "network_size"))
        .containsExactly("10.0.0.1 0.1 10");
  }

  @Test
  void theAgeOfADestinationIsKnownInTheWholeRun() throws Exception {
    var old = new Capture();
    old.connection(-40 * DAY, "old", "10.0.0.2", "203.0.113.9");
    var tester = tester();
    tester
        .process(Capture.beacon("10.0.0.1", "203.0.113.9").in(folder, "a"))
        .process(old.in(folder, "old"))
        .closeWindows();
    // .8, less .15 for a common destination, less .15 for an old one.
    assertThat(WrittenRows.ofRun(tester, "first_seen", "count", "network_size", "final_score"))
        .containsExactly("1710892800.000000 288 1 0.5");
    assertThat(WrittenRows.of(tester, "2024-04-28T23-25h", "first_seen", "final_score"))
        .containsExactly("1714348800.000000 0.65");
  }

  @Test
  void theTwoSetsOfDefaultsDiffer() throws Exception {
    var tester = tester(new GivenSettings().with("defaults", Defaults.CODE));
    tester.process(Capture.beacon("10.0.0.1", "203.0.113.9").in(folder, "a")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "final_score")).containsExactly("0.95");
  }
}
