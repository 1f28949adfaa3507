package io.longline.plugins.indicators;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.Finding;
import io.longline.api.Interest;
import io.longline.api.testing.HookTester;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndicatorsTest {

  private static final String ZEEK =
      "#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\tmeta.do_notice\tmeta.if_in\tmeta.whitelist\n";

  private static final String ENDS = "ts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p";
  private static final String ENDS_TYPES = "time\tstring\taddr\tport\taddr\tport";
  private static final String CELLS = "1714420800.5\tC1\t10.0.0.1\t1234\t192.0.2.1\t443";

  @TempDir Path folder;

  private Path feed;
  private Path logs;

  @BeforeEach
  void makeFolders() throws Exception {
    feed = Files.createDirectory(folder.resolve("feeds")).resolve("feed.intel");
    logs = Files.createDirectory(folder.resolve("logs"));
  }

  private void feed(String text) throws Exception {
    Files.writeString(feed, text);
  }

  private void log(String path, String fields, String types, String... rows) throws Exception {
    var text =
        "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\t%s\n#fields\t%s\n#types\t%s\n%s\n"
            .formatted(path, fields, types, String.join("\n", rows));
    Files.write(logs.resolve(path + ".log"), text.getBytes(ISO_8859_1));
  }

  private void connections(String fields, String types, String... rows) throws Exception {
    log("conn", ENDS + fields, ENDS_TYPES + types, rows);
  }

  private static IndicatorsSettings settings(List<Path> feeds, List<Path> allowLists) {
    return new IndicatorsSettings(
        feeds,
        DomainMatching.BY_FORMAT,
        List.of(),
        allowLists,
        Optional.empty(),
        List.of(),
        Duration.ZERO);
  }

  private HookTester tester() throws Exception {
    return HookTester.of(new Indicators())
        .settings(settings(List.of(feed), List.of()))
        .process(logs);
  }

  /** Value, type, place, matched types and sources of each row. */
  private List<String> seen() throws Exception {
    return tester().written("indicators").stream()
        .map(row -> row.split("\t", -1))
        .map(row -> String.join(" ", row[6], row[7], row[8], row[10], row[11]))
        .toList();
  }

  @Test
  void writesTheColumnsOfZeekAndAFinding() throws Exception {
    feed(ZEEK + "192.0.2.0/24\tIntel::SUBNET\tone\tbad network\tF\t-\t-\n");
    connections("", "", CELLS);
    var tester = tester();
    assertThat(tester.written("indicators"))
        .containsExactly(
            "1714420800.500000\tC1\t10.0.0.1\t1234\t192.0.2.1\t443\t192.0.2.1\tIntel::ADDR\tConn::IN_RESP\t-\tIntel::SUBNET\tone\t-\t-\t-\tconn\t-");
    var finding = tester.findings().get(0);
    assertThat(finding.rule()).isEqualTo("indicator-addr");
    assertThat(finding.severity()).isEqualTo(Finding.Severity.MEDIUM);
    assertThat(finding.sentence())
        .isEqualTo("10.0.0.1 connected to 192.0.2.1, port 443, which is listed by one.");
    assertThat(finding.basis())
        .containsExactly(
            "seen in Conn::IN_RESP", "matched Intel::SUBNET", "listed by one", "bad network");
    assertThat(finding.uid()).isEqualTo("C1");
    assertThat(finding.at()).isEqualTo(1714420800_500000L);
  }

  @Test
  void anAddressMatchesSubnetsToo() throws Exception {
    feed(
        ZEEK
            + "192.0.2.1\tIntel::ADDR\tb\t-\tF\t-\t-\n192.0.2.0/25\tIntel::SUBNET\ta\t-\tF\t-\t-\n"
            + "192.0.2.128/25\tIntel::SUBNET\tno\t-\tF\t-\t-\n0.0.0.0/0\tIntel::SUBNET\tall\t-\tF\t-\t-\n");
    connections("", "", CELLS);
    assertThat(seen())
        .containsExactly(
            "10.0.0.1 Intel::ADDR Conn::IN_ORIG Intel::SUBNET all",
            "192.0.2.1 Intel::ADDR Conn::IN_RESP Intel::ADDR,Intel::SUBNET a,all,b");
  }

  @Test
  void aPortBelongsToItsEnd() throws Exception {
    feed("192.0.2.1:443\n10.0.0.1:443\n10.0.0.1:1234\n");
    connections("", "", CELLS);
    assertThat(seen())
        .containsExactly(
            "10.0.0.1 Intel::ADDR Conn::IN_ORIG Intel::ADDR_PORT feed.intel",
            "192.0.2.1 Intel::ADDR Conn::IN_RESP Intel::ADDR_PORT feed.intel");
    assertThat(tester().findings().get(0).rule()).isEqualTo("indicator-addr-port");
  }

  @Test
  void looksIntoNamesAndAnswers() throws Exception {
    feed("evil.example\n192.0.2.9\n2001:db8::9\n");
    log(
        "dns",
        ENDS + "\tquery\tanswers",
        ENDS_TYPES + "\tstring\tvector[string]",
        CELLS + "\twww.EVIL.example\talias.example,192.0.2.9,2001:db8::9",
        CELLS + "\tgood.example\t(empty)",
        CELLS + "\t-\t-");
    log(
        "ssl",
        ENDS + "\tserver_name",
        ENDS_TYPES + "\tstring",
        CELLS + "\tevil.example",
        CELLS + "\tevil.example.org");
    assertThat(seen())
        .containsExactly(
            "www.EVIL.example Intel::DOMAIN DNS::IN_REQUEST Intel::DOMAIN feed.intel",
            "192.0.2.9 Intel::ADDR DNS::IN_RESPONSE Intel::ADDR feed.intel",
            "2001:db8::9 Intel::ADDR DNS::IN_RESPONSE Intel::ADDR feed.intel",
            "evil.example Intel::DOMAIN SSL::IN_SERVER_NAME Intel::DOMAIN feed.intel");
  }

  @Test
  void looksIntoRequests() throws Exception {
    feed(
        ZEEK
            + "evil.example\tIntel::DOMAIN\ts\t-\tF\t-\t-\n192.0.2.7\tIntel::ADDR\ts\t-\tF\t-\t-\n"
            + "evil.example:8080/a?b\tIntel::URL\ts\t-\tF\t-\t-\nother.example/c\tIntel::URL\ts\t-\tF\t-\t-\n"
            + "192.0.2.1:8080/d\tIntel::URL\ts\t-\tF\t-\t-\nAgent 1\tIntel::SOFTWARE\ts\t-\tF\t-\t-\n");
    var fields = "\thost\turi\treferrer\tuser_agent\tproxied";
    var types = "\tstring\tstring\tstring\tstring\tset[string]";
    var cells = CELLS.replace("443", "8080");
    log(
        "http",
        ENDS + fields,
        ENDS_TYPES + types,
        cells + "\tevil.example:8080\t/A?b\thttp://other.example/c\tAGENT 1\t-",
        cells + "\t192.0.2.7:8080\t/\t-\t-\tX-FORWARDED-FOR -> 192.0.2.7,VIA -> 192.0.2.7",
        cells + "\t[2001:db8::1]\thttp://other.example/c\t-\t-\t(empty)",
        cells + "\t-\t/d\t-\t-\t-");
    assertThat(seen())
        .containsExactlyInAnyOrder(
            "evil.example Intel::DOMAIN HTTP::IN_HOST_HEADER Intel::DOMAIN s",
            "evil.example:8080/A?b Intel::URL HTTP::IN_URL Intel::URL s",
            "other.example/c Intel::URL HTTP::IN_REFERRER_HEADER Intel::URL s",
            "AGENT 1 Intel::SOFTWARE HTTP::IN_USER_AGENT_HEADER Intel::SOFTWARE s",
            "192.0.2.7 Intel::ADDR HTTP::IN_HOST_HEADER Intel::ADDR s",
            "192.0.2.7 Intel::ADDR HTTP::IN_X_FORWARDED_FOR_HEADER Intel::ADDR s",
            "other.example/c Intel::URL HTTP::IN_URL Intel::URL s",
            "192.0.2.1:8080/d Intel::URL HTTP::IN_URL Intel::URL s");
  }

  @Test
  void looksIntoFilesAndCertificates() throws Exception {
    feed(
        ZEEK
            + "0123456789abcdef\tIntel::FILE_HASH\ts\t-\tF\t-\t-\nEVIL.exe\tIntel::FILE_NAME\ts\t-\tF\t-\t-\n"
            + "evil.example\tIntel::DOMAIN\ts\t-\tF\t-\t-\nx@evil.example\tIntel::EMAIL\ts\t-\tF\t-\t-\n"
            + "aa:bb\tIntel::PUBKEY_HASH\ts\t-\tF\t-\t-\nfeed00\tIntel::CERT_HASH\ts\t-\tF\t-\t-\n"
            + "ja3hash\tIntel::JA3\ts\t-\tF\t-\t-\n");
    log(
        "files",
        "ts\tfuid\ttx_hosts\trx_hosts\tconn_uids\tmime_type\tfilename\tmd5",
        "time\tstring\tset[addr]\tset[addr]\tset[string]\tstring\tstring\tstring",
        "1.0\tF1\t192.0.2.1\t10.0.0.1,10.0.0.2\tC1,C2\tapplication/x-dosexec\tevil.EXE\t0123456789ABCDEF");
    log(
        "x509",
        "ts\tfingerprint\tcertificate.subject\tsan.dns\tsan.email",
        "time\tstring\tstring\tvector[string]\tvector[string]",
        "1.0\tfeed00\temailAddress=x@evil.example,CN=evil.example,O=CN\tgood.example,evil.example\tx@evil.example");
    log("smb_files", ENDS + "\tname", ENDS_TYPES + "\tstring", CELLS + "\tdir\\\\sub\\\\evil.exe");
    log("ssh", ENDS + "\thost_key", ENDS_TYPES + "\tstring", CELLS + "\tAA:BB");
    log("ssl", ENDS + "\tja3", ENDS_TYPES + "\tstring", CELLS + "\tja3hash");
    assertThat(seen())
        .containsExactlyInAnyOrder(
            "evil.EXE Intel::FILE_NAME Files::IN_NAME Intel::FILE_NAME s",
            "0123456789ABCDEF Intel::FILE_HASH Files::IN_HASH Intel::FILE_HASH s",
            "evil.example Intel::DOMAIN X509::IN_CERT Intel::DOMAIN s",
            "evil.example Intel::DOMAIN X509::IN_CERT Intel::DOMAIN s",
            "x@evil.example Intel::EMAIL X509::IN_CERT Intel::EMAIL s",
            "x@evil.example Intel::EMAIL X509::IN_CERT Intel::EMAIL s",
            "feed00 Intel::CERT_HASH X509::IN_CERT Intel::CERT_HASH s",
            "evil.exe Intel::FILE_NAME SMB::IN_FILE_NAME Intel::FILE_NAME s",
            "AA:BB Intel::PUBKEY_HASH SSH::IN_SERVER_HOST_KEY Intel::PUBKEY_HASH s",
            "ja3hash Intel::JA3 SSL::IN_JA3 Intel::JA3 s");
    var finding =
        tester().findings().stream()
            .filter(each -> each.rule().equals("indicator-file-hash"))
            .findFirst()
            .orElseThrow();
    assertThat(finding.source()).isEqualTo("10.0.0.1");
    assertThat(finding.destination()).isEqualTo("192.0.2.1");
    assertThat(finding.uid()).isEqualTo("C1");
    assertThat(finding.severity()).isEqualTo(Finding.Severity.HIGH);
  }

  @Test
  void looksIntoMail() throws Exception {
    feed(
        ZEEK
            + "a@evil.example\tIntel::EMAIL\ts\t-\tF\t-\t-\n192.0.2.7\tIntel::ADDR\ts\t-\tF\t-\t-\n"
            + "mailer\tIntel::SOFTWARE\ts\t-\tF\t-\t-\n");
    log(
        "smtp",
        ENDS + "\tmailfrom\trcptto\tfrom\tto\tcc\treply_to\tx_originating_ip\tpath\tuser_agent",
        ENDS_TYPES
            + "\tstring\tset[string]\tstring\tset[string]\tset[string]\tstring\taddr\tvector[addr]\tstring",
        CELLS
            + "\ta@evil.example\tb@x.example,A@evil.example\t\"A, B\" <a@evil.example>\tAny One <a@evil.example>,c\t@,a@evil.example\ta@evil.example\t192.0.2.7\t10.0.0.1,192.0.2.7\tMailer");
    assertThat(seen().stream().map(row -> row.split(" ", -1)[2]))
        .containsExactlyInAnyOrder(
            "SMTP::IN_MAIL_FROM",
            "SMTP::IN_RCPT_TO",
            "SMTP::IN_FROM",
            "SMTP::IN_TO",
            "SMTP::IN_CC",
            "SMTP::IN_REPLY_TO",
            "SMTP::IN_X_ORIGINATING_IP_HEADER",
            "SMTP::IN_RECEIVED_HEADER",
            "SMTP::IN_HEADER");
  }

  @Test
  void aWhitelistOfTheFeedSuppressesItsMatches() throws Exception {
    feed(
        ZEEK
            + "10.0.0.1\tIntel::ADDR\ta\t-\tF\t-\tF\n10.0.0.1\tIntel::ADDR\tb\t-\tF\t-\tT\n"
            + "192.0.2.1\tIntel::ADDR\ta\t-\tF\t-\tF\n");
    connections("", "", CELLS);
    assertThat(seen()).containsExactly("192.0.2.1 Intel::ADDR Conn::IN_RESP Intel::ADDR a");
  }

  @Test
  void aFeedMayAskForAttention() throws Exception {
    feed(
        ZEEK
            + "10.0.0.1\tIntel::ADDR\ta\t-\tT\tConn::IN_ORIG\t-\n192.0.2.1\tIntel::ADDR\ta\t-\tT\tConn::IN_ORIG\t-\n");
    connections("", "", CELLS);
    assertThat(tester().findings().stream().map(Finding::severity))
        .containsExactly(Finding.Severity.MEDIUM, Finding.Severity.MEDIUM);
  }

  @Test
  void anAllowListIsNamedAndDropsNothing() throws Exception {
    feed("192.0.2.1\n10.0.0.1\nevil.example\n");
    var ours = Files.writeString(folder.resolve("ours.txt"), "10.0.0.0/8\n");
    connections("", "", CELLS);
    var tester =
        HookTester.of(new Indicators())
            .settings(settings(List.of(feed), List.of(ours)))
            .process(logs);
    assertThat(tester.written("indicators").stream().map(row -> row.split("\t", -1)[16]))
        .containsExactly("ours", "-");
    assertThat(tester.findings().stream().map(Finding::allowedBy)).containsExactly("ours", null);
  }

  @Test
  void readsJsonWithOtherNames() throws Exception {
    feed("192.0.2.1\nevil.example\n");
    Files.writeString(
        logs.resolve("all.log"),
        """
        {"_path":"conn","ts":1.5,"uid":"C1","id_orig_h":"10.0.0.1","id_orig_p":1,"id_resp_h":"192.0.2.1","id_resp_p":2}
        """);
    Files.writeString(
        logs.resolve("dns.log"),
        """
        {"_path":"dns","ts":"2024-01-01T00:00:00Z","uid":"C1","id.orig_h":"10.0.0.1","query":"evil.example","answers":["192.0.2.1",null,7]}
        """);
    assertThat(seen())
        .containsExactly(
            "192.0.2.1 Intel::ADDR Conn::IN_RESP Intel::ADDR feed.intel",
            "evil.example Intel::DOMAIN DNS::IN_REQUEST Intel::DOMAIN feed.intel",
            "192.0.2.1 Intel::ADDR DNS::IN_RESPONSE Intel::ADDR feed.intel");
  }

  @Test
  void aLogMayClaimAnything() throws Exception {
    feed("192.0.2.1\n*.evil.example\n192.0.2.1:5\n");
    var port = "99999999999999999";
    connections(
        "",
        "",
        "1.0\tC\t10.0.0.1\t" + port + "\t192.0.2.1\t-5",
        "1.0\tC\tnot an address\t1\t192.0.2.1\t5",
        "-\t-\t-\t-\t192.0.2.1\t-");
    log(
        "dns",
        ENDS + "\tquery\tanswers",
        ENDS_TYPES + "\tstring\tvector[string]",
        CELLS + "\t\\xff" + "a.".repeat(100_000) + "evil.example\t\\x00,,192.0.2.1" + ",".repeat(9),
        CELLS + "\t...\t(empty)",
        CELLS + "\t.evil.example\t-");
    var tester =
        HookTester.of(new Indicators())
            .settings(settings(List.of(feed), List.of()))
            .allowBadLines()
            .process(logs);
    assertThat(tester.written("indicators")).hasSize(5);
    assertThat(tester.written("indicators").get(0))
        .startsWith("1.000000\tC\t10.0.0.1\t-\t192.0.2.1\t-\t192.0.2.1");
    assertThat(tester.findings().stream().map(Finding::sentence))
        .contains("A host connected to 192.0.2.1, which is listed by feed.intel.");
  }

  @Test
  void isIdleWithoutFeeds() {
    var hook = new Indicators();
    assertThat(hook.interest(settings(List.of(), List.of())).logs()).isEmpty();
    assertThat(hook.interest(settings(List.of(), List.of())).toString())
        .contains("No feed of indicators is named");
  }

  @Test
  void wantsWhatItsIndicatorsNeed() throws Exception {
    feed(ZEEK + "0123\tIntel::FILE_HASH\ts\t-\tF\t-\t-\n");
    var interest = interest();
    assertThat(interest.logs().stream().map(Interest.Log::path)).containsExactly("files");
    assertThat(interest.logs().get(0).fields().toString())
        .contains("md5", "sha1", "sha256")
        .doesNotContain("filename");
    feed(ZEEK);
    assertThat(interest().logs()).isEmpty();
    Files.delete(feed);
    assertThatThrownBy(this::interest)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("feed.intel does not exist");
  }

  private Interest interest() {
    return new Indicators().interest(settings(List.of(feed), List.of()));
  }

  @Test
  void namesPlacesThatDoNotExist() {
    assertThatThrownBy(
            () ->
                new IndicatorsSettings(
                    List.of(),
                    DomainMatching.EXACT,
                    List.of("HTTP::NOWHERE"),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HTTP::NOWHERE")
        .hasMessageContaining("HTTP::IN_URL");
  }

  @Test
  void takesFeedsThatChange() throws Exception {
    feed(ZEEK + "192.0.2.1\tIntel::ADDR\told\t-\tF\t-\t-\n");
    connections("", "", CELLS);
    var tester =
        HookTester.of(new Indicators())
            .settings(settings(List.of(folder.resolve("feeds")), List.of()));
    tester.process(logs);
    feed(ZEEK + "192.0.2.1\tIntel::ADDR\tnewer\t-\tF\t-\t-\nbroken\n");
    tester.process(logs).process(logs);
    Files.writeString(folder.resolve("feeds/second.txt"), "10.0.0.1\n");
    tester.process(logs);
    Files.delete(feed);
    tester.process(logs);
    assertThat(tester.written("indicators").stream().map(row -> row.split("\t", -1)[11]))
        .containsExactly("old", "newer", "newer", "second.txt", "newer", "second.txt");
    assertThat(tester.remarks())
        .hasSize(2)
        .first()
        .asString()
        .contains("feed.intel:3: 1 columns in place of 7: \"broken\"");
  }

  @Test
  void reportsWhatItCouldNotUseAtTheStart() throws Exception {
    feed("192.0.2.1\nnonsense\n");
    connections("", "", CELLS);
    var tester = tester();
    assertThat(tester.remarks()).hasSize(1).first().asString().contains("feed.intel:2");
    assertThat(tester.process(logs).remarks()).hasSize(1);
  }

  @Test
  void looksAtFilesNoMoreOftenThanItMay() throws Exception {
    feed("192.0.2.1\n");
    connections("", "", CELLS);
    var settings =
        new IndicatorsSettings(
            List.of(feed),
            DomainMatching.BY_FORMAT,
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            Duration.ofMinutes(1));
    var start = Instant.parse("2024-01-01T00:00:00Z");
    var zone = ZoneOffset.UTC;
    var tester = HookTester.of(new Indicators()).settings(settings);
    tester.clock(Clock.fixed(start, zone)).process(logs);
    feed("# nothing is left of it\n");
    tester.clock(Clock.fixed(start.plusSeconds(59), zone)).process(logs);
    assertThat(tester.written("indicators")).hasSize(2);
    tester.clock(Clock.fixed(start.plusSeconds(60), zone)).process(logs);
    assertThat(tester.written("indicators")).hasSize(2);
  }
}
