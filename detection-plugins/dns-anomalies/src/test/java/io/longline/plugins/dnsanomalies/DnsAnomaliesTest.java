package io.longline.plugins.dnsanomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.longline.api.Finding;
import io.longline.api.testing.HookTester;
import io.longline.api.testing.LogsFolder;
import io.longline.api.testing.SmallLog;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsAnomaliesTest {

  private static final Instant NOON = Instant.parse("2024-01-31T12:00:00Z");
  private static final String DAY = "2024-01-31T00-24h";

  private static final int NOERROR = 0;
  private static final int NXDOMAIN = 3;

  @RegisterExtension final LogsFolder logs = new LogsFolder();

  private final HookTester tester = Testers.withDefaults();
  private SmallLog dns = withFields(SmallLog.tsv("dns"));

  private static SmallLog withFields(SmallLog log) {
    return log.field("ts", "time")
        .field("id.orig_h", "addr")
        .field("query", "string")
        .field("qtype", "count")
        .field("rcode", "count")
        .field("answers", "vector[string]");
  }

  private void query(Instant time, String client, String name, int code) {
    dns.row(time, client, name, 1, code, null);
  }

  /** Queries for different names, one a second. */
  private void names(Instant time, int from, int count, String domain) {
    for (int i = from; i < from + count; i++) {
      query(time.plusSeconds(i - from), "10.0.0.1", "host-" + i + "." + domain, NOERROR);
    }
  }

  private void process() throws Exception {
    logs.add(dns);
    tester.process(logs.path());
    dns = withFields(SmallLog.tsv("dns"));
  }

  private List<String> domains(String window) {
    return tester.written("dns_anomalies/" + window).stream()
        .map(row -> row.split("\t", -1)[2] + " " + row.split("\t", -1)[3])
        .toList();
  }

  @Test
  void countsDifferentNames() throws Exception {
    names(NOON, 0, 100, "example.com");
    names(NOON, 0, 100, "EXAMPLE.com.");
    names(NOON, 0, 99, "example.net");
    process();
    tester.closeWindows();
    assertThat(tester.written("dns_anomalies/" + DAY))
        .containsExactly(
            "1706659200.000000\t1706745600.000000\texample.com\t100\t200\t1\t10.0.0.1\t18.9\t19\t"
                + "2.759\tA=200\t0.0\t0.0\t0\t-\t0.2\tlow\t-");
  }

  @Test
  void leavesOutWhatIsNotInTheDnsOfTheInternet() throws Exception {
    names(NOON, 0, 150, "0.10.in-addr.arpa");
    names(NOON, 0, 150, "printers.local");
    names(NOON, 0, 150, "com.br");
    for (int i = 0; i < 150; i++) {
      query(NOON, "10.0.0.1", "host-" + i, NOERROR);
      query(NOON, "10.0.0.1", "10.0.0." + i, NOERROR);
    }
    dns.row(NOON, null, null, null, null, null).row(NOON, null, "", 1, 0, null);
    process();
    tester.closeWindows();
    assertThat(tester.outputs()).isEmpty();
  }

  @Test
  void findsATunnelThatMidnightDivides() throws Exception {
    names(Instant.parse("2024-01-31T23:59:00Z"), 0, 120, "example.com");
    process();
    tester.closeWindows();
    // The first window that has all of it, and no later one.
    assertThat(tester.outputs()).containsExactly("dns_anomalies/2024-01-31T06-24h");
    assertThat(tester.findings()).hasSize(1);
  }

  @Test
  void reportsATunnelWhenItBeginsAndEachDay() throws Exception {
    for (int day = 0; day < 3; day++) {
      for (int hour = 0; hour < 24; hour++) {
        names(NOON.plusSeconds(3600L * (24 * day + hour)), 1000 * (24 * day + hour), 20, "tk.com");
      }
    }
    process();
    tester.closeWindows();
    assertThat(tester.outputs())
        .containsExactly(
            "dns_anomalies/2024-01-30T18-24h",
            "dns_anomalies/2024-01-31T00-24h",
            "dns_anomalies/2024-02-01T00-24h",
            "dns_anomalies/2024-02-02T00-24h",
            "dns_anomalies/2024-02-03T00-24h");
    assertThat(domains("2024-02-01T00-24h")).containsExactly("tk.com 480");
  }

  @Test
  void itDoesNotMatterHowBatchesDivideIt() throws Exception {
    names(NOON, 0, 80, "example.com");
    process();
    names(NOON.minusSeconds(7200), 40, 80, "example.com");
    process();
    tester.closeWindows();
    assertThat(domains(DAY)).containsExactly("example.com 120");
    var finding = tester.findings().get(tester.findings().size() - 1);
    assertThat(finding.at()).isEqualTo(1_706_695_200_000_000L);
    assertThat(finding.charts().get(0).counts()).hasSize(24).endsWith(0L, 0L).contains(80L);
  }

  @Test
  void readsJson() throws Exception {
    dns = withFields(SmallLog.json("dns"));
    for (int i = 0; i < 100; i++) {
      var answers = List.of("192.0.2.1", "some text, with a comma");
      dns.row(NOON, "2001:db8::1", "host-" + i + ".example.com", 16, NOERROR, answers);
    }
    process();
    tester.closeWindows();
    assertThat(tester.written("dns_anomalies/" + DAY).get(0))
        .contains("example.com\t100\t100\t1\t2001:db8::1\t")
        .contains("TXT=100\t1.0\t0.0\t");
  }

  /** As programs write it that allow no dots in keys. */
  @Test
  void readsJsonWithoutDotsInKeys() throws Exception {
    var lines = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      lines.append(
          "{\"ts\":1706702400.0,\"id_orig_h\":\"10.0.0.1\",\"query\":\"host-%d.example.com\",\"qtype\":1,\"rcode\":0}%n"
              .formatted(i));
    }
    Files.writeString(logs.path().resolve("dns.log"), lines);
    tester.process(logs.path());
    tester.closeWindows();
    // Early, and for the day.
    assertThat(tester.findings())
        .hasSize(2)
        .allSatisfy(finding -> assertThat(finding.source()).isEqualTo("10.0.0.1"));
  }

  private void connections(String path, String column, int count, String host) throws Exception {
    var log = SmallLog.tsv(path).field("ts", "time").field(column, "string");
    for (int i = 0; i < count; i++) {
      log.row(NOON, host);
    }
    logs.add(log);
  }

  private double score() {
    var score = tester.findings().get(0).score();
    assertThat(score).isNotNull();
    return score;
  }

  @Test
  void aDomainWithoutConnectionsIsWorse() throws Exception {
    connections("ssl", "server_name", 3, "www.example.org");
    names(NOON, 0, 100, "example.com");
    process();
    tester.closeWindows();
    assertThat(score()).isEqualTo(0.35);
  }

  @ParameterizedTest
  @ValueSource(strings = {"WWW.example.com:8080", "example.com", "a.b.example.com."})
  void aDomainWithConnectionsIsLessBad(String host) throws Exception {
    connections("http", "host", 10, host);
    connections("quic", "server_name", 10, "www.example.org");
    names(NOON, 0, 100, "example.com");
    process();
    tester.closeWindows();
    assertThat(score()).isZero();
    assertThat(tester.written("dns_anomalies/" + DAY).get(0)).contains("\t10\t0.0\tlow");
  }

  @Test
  void findsGeneratedDomains() throws Exception {
    for (int i = 0; i < 150; i++) {
      query(NOON, "10.0.0.7", "qx" + i * 7919 + ".com", NXDOMAIN);
      query(NOON, "10.0.0.8", "pc" + i + ".corp.example.com", NXDOMAIN);
      query(NOON, "10.0.0.9", i + ".2.0.192.in-addr.arpa", NXDOMAIN);
    }
    query(NOON, "10.0.0.7", "www.example.com", NOERROR);
    process();
    tester.closeWindows();
    assertThat(tester.written("dns_nxdomain/" + DAY))
        .containsExactly(
            "1706659200.000000\t1706745600.000000\t10.0.0.7\t151\t150\t151\t150\t150\t0.993\t0.743\thigh\t-",
            "1706659200.000000\t1706745600.000000\t10.0.0.8\t150\t150\t150\t150\t1\t1.0\t-\t-\t-",
            "1706659200.000000\t1706745600.000000\t10.0.0.9\t150\t150\t150\t150\t0\t1.0\t-\t-\t-");
    assertThat(tester.findings())
        .filteredOn(finding -> finding.rule().equals("generated-domains"))
        .allSatisfy(finding -> assertThat(finding.source()).isEqualTo("10.0.0.7"))
        .allSatisfy(
            finding ->
                assertThat(finding.sentence())
                    .startsWith("10.0.0.7 asked for 150 names that do not exist within 24 hours"))
        .hasSize(2);
  }

  @Test
  void aClientWithManyGoodNamesIsNoFinding() throws Exception {
    for (int i = 0; i < 150; i++) {
      query(NOON, "10.0.0.7", "qx" + i + ".com", NXDOMAIN);
      query(NOON, "10.0.0.7", "a" + i + ".net", NOERROR);
      query(NOON, "10.0.0.7", "b" + i + ".net", NOERROR);
    }
    process();
    tester.closeWindows();
    assertThat(tester.findings()).isEmpty();
  }

  @Test
  void whatIsAllowedIsMarked() throws Exception {
    names(NOON, 0, 100, "spamhaus.org");
    names(NOON, 0, 100, "example.com");
    names(NOON, 0, 100, "example.net");
    logs.add(dns);
    var allowing = Testers.with("Example.com");
    allowing.process(logs.path()).closeWindows();
    assertThat(allowing.findings())
        .extracting(Finding::name, Finding::allowedBy)
        .contains(
            tuple("spamhaus.org", "lookup services"),
            tuple("example.com", "setting allowed"),
            tuple("example.net", null));
  }

  @Test
  void aLogMayHaveAnything() throws Exception {
    tester.allowBadLines();
    dns.row(-1e11, "10.0.0.1", "a.example.com", 1, 0, null);
    dns.row(9e11, "10.0.0.1", "a.example.com", 1, 0, null);
    dns.row(NOON, "10.0.0.1", "a.".repeat(50_000) + "example.com", 1, 0, null);
    dns.row(NOON, "10.0.0.1", ".".repeat(50_000), 1, 0, null);
    dns.row(NOON, "10.0.0.1", "\u0000\ufffd<script>.example.com", 1L << 62, 1L << 62, null);
    dns.row(NOON, "10.0.0.1", "x".repeat(50_000) + ".com", 1, 0, List.of("y".repeat(100_000)));
    names(NOON, 0, 100, "<b>\t\\x2e.com");
    process();
    tester.closeWindows();
    assertThat(tester.findings()).extracting(Finding::name).contains("<b>\t\\x2e.com");
  }

  @Test
  void aBatchMayHaveMoreDomainsThanFitInMemory() throws Exception {
    int domains = 60_000;
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < domains; i++) {
        query(NOON, "10.0.0.1", "host" + round + ".example" + i + ".com", NOERROR);
      }
      names(NOON, round * 60, 60, "example.org");
    }
    process();
    tester.closeWindows();
    assertThat(domains(DAY)).containsExactly("example.org 120");
  }

  @Test
  void thresholdsMustGrow() {
    assertThatThrownBy(() -> new DnsAnomaliesSettings(100, 100, 800, 1000, 100, 0.5, 50, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("least-names (100), low-names (100)");
  }
}
