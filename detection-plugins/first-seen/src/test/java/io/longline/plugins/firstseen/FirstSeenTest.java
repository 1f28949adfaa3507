package io.longline.plugins.firstseen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.Finding;
import io.longline.api.Interest;
import io.longline.api.testing.HookTester;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstSeenTest {

  private static final String ENDS = "ts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p";
  private static final String ENDS_TYPES = "time\tstring\taddr\tport\taddr\tport";
  private static final long DAY = 86_400;
  private static final long START = 1_714_000_000;

  @TempDir Path folder;

  private HookTester tester =
      HookTester.of(new FirstSeen()).settings(Given.settings(Duration.ofDays(7), Optional.empty()));

  private int directories;

  private void process(String path, String fields, String types, String... rows) throws Exception {
    var directory = Files.createDirectory(folder.resolve("d" + directories++));
    var text =
        "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\t%s\n#fields\t%s\n#types\t%s\n%s\n"
            .formatted(path, fields, types, String.join("\n", rows));
    Files.write(directory.resolve(path + ".log"), text.getBytes(ISO_8859_1));
    tester.process(directory);
  }

  private static String cells(long day, String from, String to, int port) {
    return "%d.0\tC%d\t%s\t1234\t%s\t%d".formatted(START + day * DAY, day, from, to, port);
  }

  private void connections(String... rows) throws Exception {
    process("conn", ENDS + "\tproto\tconn_state", ENDS_TYPES + "\tenum\tstring", rows);
  }

  private void queries(String... rows) throws Exception {
    process("dns", ENDS + "\tquery", ENDS_TYPES + "\tstring", rows);
  }

  private static String query(long day, String name) {
    return cells(day, "10.0.0.1", "10.0.0.2", 53) + "\t" + name;
  }

  /** Kind, value, host and uid of each row. */
  private List<String> rows() throws Exception {
    return tester.closeWindows().written("first_seen/run").stream()
        .map(row -> row.split("\t", -1))
        .map(row -> String.join(" ", row[1], row[2], row[3], row[4]))
        .toList();
  }

  private List<String> rules() {
    return tester.findings().stream().map(each -> each.rule() + " " + each.name()).toList();
  }

  @Test
  void recordsAddressesByTheirRoles() throws Exception {
    connections(
        cells(2, "10.0.0.1", "192.0.2.1", 443) + "\ttcp\tSF",
        cells(1, "10.0.0.3", "192.0.2.1", 443) + "\ttcp\tS0",
        cells(3, "198.51.100.1", "10.0.0.5", 22) + "\ttcp\tREJ",
        cells(4, "198.51.100.1", "10.0.0.6", 22) + "\ttcp\tSF",
        cells(4, "10.0.0.1", "fd00::1", 0) + "\ticmp\tOTH");
    assertThat(rows())
        .containsExactlyInAnyOrder(
            "internal-host 10.0.0.1 10.0.0.1 C2",
            "internal-host 10.0.0.3 10.0.0.3 C1",
            "internal-host 10.0.0.6 10.0.0.6 C4",
            "external-ip 192.0.2.1 10.0.0.3 C1",
            "host-port 10.0.0.6:22/tcp 198.51.100.1 C4",
            "source 10.0.0.1 10.0.0.1 C2",
            "source 10.0.0.3 10.0.0.3 C1",
            "source 198.51.100.1 198.51.100.1 C3",
            "destination 10.0.0.5 198.51.100.1 C3",
            "destination 10.0.0.6 198.51.100.1 C4",
            "destination 192.0.2.1 10.0.0.3 C1",
            "destination fd00::1 10.0.0.1 C4",
            "pair 10.0.0.1 192.0.2.1 10.0.0.1 C2",
            "pair 10.0.0.3 192.0.2.1 10.0.0.3 C1",
            "pair 10.0.0.1 fd00::1 10.0.0.1 C4",
            "pair 198.51.100.1 10.0.0.5 198.51.100.1 C3",
            "pair 198.51.100.1 10.0.0.6 198.51.100.1 C4");
  }

  @Test
  void aConnectionWithoutAProtocolHasHostsAndNoPort() throws Exception {
    connections(cells(1, "198.51.100.1", "10.0.0.6", 22) + "\t-\t-");
    assertThat(rows())
        .contains("internal-host 10.0.0.6 10.0.0.6 C1")
        .noneMatch(row -> row.startsWith("host-port"));
  }

  @Test
  void recordsNamesAndTheirDomains() throws Exception {
    queries(
        query(2, "WWW.example.co.uk"),
        query(1, "www.Example.co.uk"),
        query(0, "mail.example.co.uk"),
        query(0, "co.uk"),
        query(0, "-"),
        query(0, "(empty)"));
    assertThat(rows())
        .containsExactlyInAnyOrder(
            "fqdn co.uk 10.0.0.1 C0",
            "fqdn mail.example.co.uk 10.0.0.1 C0",
            "fqdn www.example.co.uk 10.0.0.1 C1",
            "registered-domain example.co.uk 10.0.0.1 C0");
  }

  @Test
  void recordsClientsAndCertificates() throws Exception {
    process(
        "http",
        ENDS + "\thost\tuser_agent",
        ENDS_TYPES + "\tstring\tstring",
        cells(0, "10.0.0.1", "192.0.2.1", 80) + "\tExample.org:8080\tcurl/7",
        cells(0, "10.0.0.1", "192.0.2.1", 80) + "\t-\tCURL/7 \\xff");
    process(
        "ssl",
        ENDS + "\tserver_name\tja3\tja4",
        ENDS_TYPES + "\tstring\tstring\tstring",
        cells(0, "10.0.0.1", "192.0.2.1", 443) + "\texample.org\taa\tt13d");
    process("x509", "ts\tfingerprint", "time\tstring", START + ".0\tfeed");
    process(
        "dhcp",
        "ts\tuids\tclient_addr\tmac\tassigned_addr",
        "time\tset[string]\taddr\tstring\taddr",
        START + ".0\tC9\t-\t00:11:22:33:44:55\t10.0.0.9");
    assertThat(rows())
        .containsExactlyInAnyOrder(
            "http-host example.org:8080 10.0.0.1 C0",
            "user-agent curl/7 10.0.0.1 C0",
            "user-agent CURL/7 \\\\xff 10.0.0.1 C0",
            "sni example.org 10.0.0.1 C0",
            "ja3 aa 10.0.0.1 C0",
            "ja4 t13d 10.0.0.1 C0",
            "certificate feed - -",
            "mac 00:11:22:33:44:55 10.0.0.9 -");
  }

  @Test
  void newValuesAreFindingsWhenTheKindWasLearned() throws Exception {
    queries(query(0, "a.example"), query(6, "b.example"));
    queries(query(7, "c.example"), query(7, "a.example"));
    connections(cells(7, "10.0.0.1", "192.0.2.1", 443) + "\ttcp\tSF");
    tester.closeWindows();
    assertThat(rules()).containsExactly("new-fqdn c.example", "new-registered-domain c.example");
    var finding = tester.findings().get(0);
    assertThat(finding.severity()).isEqualTo(Finding.Severity.LOW);
    assertThat(finding.sentence())
        .isEqualTo("10.0.0.1 asked for the name c.example for the first time in 7 days.");
    assertThat(tester.written("first_seen/run"))
        .contains(
            "1714604800.000000\tfqdn\tc.example\t10.0.0.1\tC7\t1714000000.000000\tF\t1714604800.000000\t-\t-",
            "1714000000.000000\tfqdn\ta.example\t10.0.0.1\tC0\t1714000000.000000\tT\t1714604800.000000\t-\t-");
  }

  @Test
  void anEarlierDirectoryThatComesLateChangesWhatIsNew() throws Exception {
    queries(query(0, "a.example"));
    queries(query(9, "b.example"));
    tester.closeWindows();
    assertThat(rules()).containsExactly("new-fqdn b.example", "new-registered-domain b.example");
    queries(query(3, "b.example"));
    tester.closeWindows();
    assertThat(rules()).isEmpty();
    assertThat(rows()).contains("fqdn b.example 10.0.0.1 C3");
  }

  @Test
  void whatWasForgottenIsNewAgain() throws Exception {
    queries(query(0, "a.example"));
    queries(query(89, "a.example"));
    queries(query(179, "a.example"));
    tester.closeWindows();
    assertThat(rules()).containsExactly("new-fqdn a.example", "new-registered-domain a.example");
    assertThat(tester.written("first_seen/run").get(1))
        .startsWith("1729465600.000000\tfqdn\ta.example\t10.0.0.1\tC179")
        .endsWith("F\t1729465600.000000\t7776000.000000\t-");
  }

  @Test
  void whatComesAgainCanBeReported() throws Exception {
    tester =
        HookTester.of(new FirstSeen())
            .settings(Given.settings(Duration.ZERO, Optional.of(Duration.ofDays(30))));
    queries(query(0, "a.example"));
    queries(query(29, "a.example"));
    queries(query(59, "a.example"));
    tester.closeWindows();
    assertThat(rules()).contains("new-fqdn a.example", "reappeared-fqdn a.example").hasSize(4);
    assertThat(tester.findings().get(2).sentence())
        .isEqualTo("10.0.0.1 asked for the name a.example again, after 30 days without it.");
  }

  @Test
  void anAllowListIsNamed() throws Exception {
    var ours = Files.writeString(folder.resolve("ours.txt"), "good.example\n");
    tester =
        HookTester.of(new FirstSeen())
            .settings(
                new FirstSeenSettings(
                    List.of("fqdn"),
                    List.of("fqdn"),
                    Given.INTERNAL,
                    Duration.ZERO,
                    Duration.ofDays(90),
                    Optional.empty(),
                    List.of(ours),
                    Optional.empty(),
                    List.of()));
    queries(query(0, "www.good.example"), query(0, "bad.example"));
    tester.closeWindows();
    assertThat(tester.findings().stream().map(each -> each.name() + " " + each.allowedBy()))
        .containsExactly("bad.example null", "www.good.example ours");
  }

  @Test
  void aLogMayClaimAnything() throws Exception {
    tester.allowBadLines();
    connections(
        "99999999999999.0\tC\t10.0.0.1\t1\t192.0.2.1\t1\ttcp\tSF",
        "-5.0\tC\t10.0.0.1\t1\t192.0.2.1\t1\ttcp\tSF",
        "-\tC\t10.0.0.1\t1\t192.0.2.1\t1\ttcp\tSF",
        "1.0\tC\tno address\t1\t192.0.2.1\t1\ttcp\tSF",
        "1.0\tC\t-\t1\t-\t1\ttcp\tSF",
        "1.0\t-\t10.0.0.1\t1\t10.0.0.2\t99999999999\ttcp\t-");
    assertThat(rows()).hasSize(6).contains("host-port 10.0.0.2:65535/tcp 10.0.0.1 -");
    var huge = "x".repeat(100_000);
    queries(
        query(0, huge + ".example"),
        query(0, huge + ".examplf"),
        query(0, "\\x00"),
        query(0, "..."),
        query(0, "\\xff\\xfe.example"));
    assertThat(rows()).hasSize(6 + 5 + 1);
  }

  @Test
  void manyValuesOfABatchAreStillOneEach() throws Exception {
    var rows = new String[15_000];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = query(i % 3, "n" + i % 10_100 + ".example");
    }
    queries(rows);
    assertThat(rows()).hasSize(20_200);
  }

  @Test
  void theLatestOfVeryManyAreFindings() throws Exception {
    tester =
        HookTester.of(new FirstSeen()).settings(Given.settings(Duration.ZERO, Optional.empty()));
    var rows = new String[6_000];
    for (int i = 0; i < rows.length; i++) {
      rows[i] =
          "%d.0\tC\t10.0.0.1\t1\t10.0.0.2\t53\tn%d.example.org".formatted(START + i, i * 7 % 6_000);
    }
    queries(rows);
    tester.closeWindows();
    assertThat(tester.written("first_seen/run")).hasSize(6_001);
    // The domain, and the names from the 1,000th on.
    assertThat(rules())
        .hasSize(5_001)
        .startsWith("new-registered-domain example.org", "new-fqdn n1000.example.org")
        .contains("new-fqdn n5993.example.org")
        .doesNotContain("new-fqdn n7.example.org");
    assertThat(tester.remarks()).hasSize(1).first().asString().contains("6,000", "fqdn", "5,000");
  }

  @Test
  void readsJson() throws Exception {
    var directory = Files.createDirectory(folder.resolve("json"));
    Files.writeString(
        directory.resolve("conn.log"),
        """
        {"_path":"conn","ts":1.5,"uid":"C1","id_orig_h":"10.0.0.1","id_resp_h":"192.0.2.1","id_resp_p":2,"proto":"tcp"}
        """);
    tester.process(directory);
    assertThat(rows())
        .contains("internal-host 10.0.0.1 10.0.0.1 C1", "external-ip 192.0.2.1 10.0.0.1 C1");
  }

  @Test
  void wantsTheLogsOfItsKinds() {
    var hook = new FirstSeen();
    assertThat(paths(hook.interest(settings(List.of("mac", "fqdn")))))
        .containsExactly("dns", "dhcp");
    assertThat(hook.interest(settings(List.of())).logs()).isEmpty();
    assertThatThrownBy(() -> settings(List.of("hosts")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"hosts\"")
        .hasMessageContaining("internal-host");
  }

  private static List<String> paths(Interest interest) {
    return interest.logs().stream().map(Interest.Log::path).toList();
  }

  private static FirstSeenSettings settings(List<String> kinds) {
    return new FirstSeenSettings(
        kinds,
        List.of(),
        Given.INTERNAL,
        Duration.ZERO,
        Duration.ofDays(90),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of());
  }
}
