package io.longline.plugins.beacons;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.testing.HookTester;
import io.longline.api.testing.SmallLog;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which fields connections have, and which rows of other logs belong to them. */
class JoinTest {

  private static final int DAY = 86_400;

  @TempDir Path folder;

  private static HookTester tester() throws Exception {
    return HookTester.of(new Beacons()).settings(new GivenSettings().get());
  }

  @Test
  void jsonMayHaveFlatNames() throws Exception {
    var conn =
        SmallLog.json("conn")
            .field("ts", "time")
            .field("uid", "string")
            .field("id_orig_h", "addr")
            .field("id_orig_p", "port")
            .field("id_resp_h", "addr")
            .field("id_resp_p", "port")
            .field("proto", "enum");
    for (int second = 0; second < DAY; second += 300) {
      conn.row(
          Capture.MIDNIGHT + second, "C" + second, "10.0.0.1", 50_000, "203.0.113.9", 443, "tcp");
    }
    conn.writeTo(folder);
    var tester = tester();
    tester.process(folder).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "src", "dst", "ports", "count"))
        .containsExactly("10.0.0.1 203.0.113.9 443:tcp 288");
  }

  @Test
  void rowsWithoutAUidDoNotBelongTogether() throws Exception {
    var capture = new Capture();
    for (int second = 0; second < DAY; second += 300) {
      capture.connection(second, null, "10.0.0.1", "203.0.113.9");
      capture.connection(second + 7, "", "10.0.0.2", "203.0.113.10");
      capture.request(second, null, "GET", "evil.example").handshake(second, "", "bad.example");
    }
    var tester = tester();
    tester.process(capture.in(folder, "a")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "src", "dst", "fqdn", "count"))
        .containsExactly("10.0.0.1 203.0.113.9 - 288", "10.0.0.2 203.0.113.10 - 288");
  }

  @Test
  void openConnectionsWithoutAUidAreThoseOfTheirBeginning() throws Exception {
    var tester = tester();
    for (int hour = 1; hour < 4; hour++) {
      var capture = new Capture();
      capture.connection(hour, "A" + hour, "10.0.0.7", "203.0.113.77");
      for (int second = 0; second < 3; second++) {
        capture.connection(
            capture.open, second, null, "10.0.0.1", "203.0.113.9", hour * 3600 - second);
      }
      capture.connection(capture.conn, 2, null, "10.0.0.1", "203.0.113.9", 4 * 3600);
      tester.process(capture.in(folder, "hour" + hour));
    }
    tester.closeWindows();
    assertThat(WrittenRows.ofRun(tester, "src", "open_duration"))
        .as("two that are still open, three hours less a second in all")
        .containsExactly("10.0.0.1 21599.000000");
  }

  @ParameterizedTest
  @CsvSource({
    // Daily rotation, where the first request comes later than the first connection.
    "conn.2024-04-29-00-00-00.log, http.2024-04-29-01-10-00.log",
    "conn.00:00:00-00:00:00.log, http.01:10:00-00:00:00.log",
    // The numbers of these say which is the newest.
    "json_streaming_conn.3.log, json_streaming_http.4.log",
    "conn.log, http.2024-04-29-01-10-00.log",
    "conn.2024-04-29-01-10-00.log, http.log",
  })
  void filesWithoutACommonHourBelongTogether(String conn, String http) throws Exception {
    var capture = Capture.beacon("10.0.0.1", "203.0.113.9");
    for (int second = 0; second < DAY; second += 300) {
      capture.request(second, "C" + second, "GET", "evil.example");
    }
    capture.conn.writeTo(folder, conn);
    capture.http.writeTo(folder, http);
    var tester = tester();
    tester.process(folder).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "fqdn", "count")).containsExactly("evil.example 288");
  }

  @Test
  void aConnectionHasTheNamesOfItsHourAndThoseOfNoHour() throws Exception {
    var capture = Capture.beacon("10.0.0.1", "203.0.113.9");
    for (int second = 0; second < DAY; second += 300) {
      capture.request(second, "C" + second, "GET", null);
      capture.handshake(second, "C" + second, "evil.example");
    }
    capture.conn.writeTo(folder, "conn.2024-04-29-00-00-00.log");
    capture.http.writeTo(folder, "http.2024-04-29-00-10-00.log");
    capture.ssl.writeTo(folder, "ssl.2024-04-29-01-10-00.log");
    var tester = tester();
    tester.process(folder).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "fqdn", "count")).containsExactly("evil.example 288");
  }

  @Test
  void filesOfOneHourBelongTogetherIfConnectionsHaveIt() throws Exception {
    var capture = Capture.beacon("10.0.0.1", "203.0.113.9");
    capture.request(0, "C0", "GET", "").request(300, "C300", "GET", "");
    capture.conn.writeTo(folder, "conn.00:00:00-01:00:00.log");
    new Capture().conn.writeTo(folder, "conn.01:00:00-02:00:00.log");
    capture.http.writeTo(folder, "http.01:00:00-02:00:00.log");
    var tester = tester();
    tester.process(folder).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "missing_host_count")).containsExactly("0");
    capture.http.writeTo(folder, "http.00:10:00-01:00:00.log");
    tester = tester();
    tester.process(folder).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "missing_host_count")).containsExactly("2");
  }

  private static void requests(Capture capture, int from, int to, int step) {
    for (int i = from; i != to; i += step) {
      capture.request(i, "C0", "GET", i < 30 ? null : "www.example");
    }
  }

  @Test
  void theLatestRequestsOfAConnectionCount() throws Exception {
    var ascending = Capture.beacon("10.0.0.1", "203.0.113.9");
    requests(ascending, 0, 40, 1);
    var descending = Capture.beacon("10.0.0.2", "203.0.113.9");
    requests(descending, 39, -1, -1);
    var tester = tester();
    tester.process(ascending.in(folder, "a")).process(descending.in(folder, "b")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "src", "missing_host_count"))
        .as("ten of the latest twenty")
        .containsExactly("10.0.0.1 10", "10.0.0.2 10");
  }
}
