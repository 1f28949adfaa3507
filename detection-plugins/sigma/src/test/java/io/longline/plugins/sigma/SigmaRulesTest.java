package io.longline.plugins.sigma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.Finding;
import io.longline.api.Interest;
import io.longline.api.testing.HookTester;
import io.longline.api.testing.LogsFolder;
import io.longline.api.testing.SmallLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SigmaRulesTest {

  private static final String EVIL_HOST =
      """
      title: An evil host
      id: 22222222-0000-0000-0000-000000000001
      level: high
      status: test
      tags: [attack.t1071, attack.command-and-control]
      logsource:
          category: proxy
      detection:
          selection:
              cs-host|endswith: '.evil.example'
              cs-method: get
          condition: selection
      """;

  @RegisterExtension final LogsFolder logs = new LogsFolder();
  @TempDir Path folder;
  private TestRules rules;

  @BeforeEach
  void rules() {
    rules = new TestRules(folder);
  }

  private static SmallLog http() {
    return SmallLog.tsv("http")
        .field("ts", "time")
        .field("uid", "string")
        .field("id.orig_h", "addr")
        .field("id.orig_p", "port")
        .field("id.resp_h", "addr")
        .field("id.resp_p", "port")
        .field("method", "string")
        .field("host", "string")
        .field("uri", "string");
  }

  private static SmallLog request(SmallLog log, String host, String uri) {
    return log.row(
        "2026-04-30T00:00:00Z", "C1", "10.0.0.1", 1234, "192.0.2.1", 80, "GET", host, uri);
  }

  private HookTester process(SigmaSettings settings) throws Exception {
    return rules.tester(settings).process(logs.path());
  }

  private SigmaSettings settings(
      Level level, List<String> status, List<String> include, List<String> exclude) {
    return new SigmaSettings(
        rules.settings().rules(), Optional.empty(), level, status, include, exclude, false);
  }

  @Test
  void writesARowAndAFindingForEachHit() throws Exception {
    rules.write("rules/web/evil.yml", "\ufeff" + EVIL_HOST);
    logs.add(request(request(http(), "www.evil.example", "/a"), "example.org", "/"));
    var tester = process(rules.settings());
    assertThat(tester.written("sigma"))
        .containsExactly(
            "1777507200.000000\t22222222-0000-0000-0000-000000000001\tAn evil host\thigh\tattack.t1071,attack.command-and-control\thttp\tC1\t10.0.0.1\t1234\t192.0.2.1\t80\thost=www.evil.example,method=GET");
    var finding = tester.findings().get(0);
    assertThat(tester.findings()).hasSize(1);
    assertThat(finding.rule()).isEqualTo("22222222-0000-0000-0000-000000000001");
    assertThat(finding.severity()).isEqualTo(Finding.Severity.HIGH);
    assertThat(finding.at()).isEqualTo(1_777_507_200_000_000L);
    assertThat(finding.source()).isEqualTo("10.0.0.1");
    assertThat(finding.destination()).isEqualTo("192.0.2.1");
    assertThat(finding.name()).isEqualTo("www.evil.example");
    assertThat(finding.uid()).isEqualTo("C1");
    assertThat(finding.log()).isEqualTo("http");
    assertThat(finding.sentence())
        .isEqualTo(
            "A connection from 10.0.0.1 to 192.0.2.1 in the log http matches the Sigma rule \"An evil host\" (high).");
    assertThat(finding.basis()).containsExactly("host=www.evil.example", "method=GET");
  }

  @Test
  void addsTheRecordIfAskedTo() throws Exception {
    rules.write("rules/evil.yml", EVIL_HOST);
    logs.add(request(http(), "www.evil.example", "/\"\u0001"));
    var settings =
        new SigmaSettings(
            rules.settings().rules(),
            Optional.empty(),
            Level.LOW,
            List.of("test"),
            List.of(),
            List.of(),
            true);
    assertThat(process(settings).written("sigma").get(0))
        .endsWith("\"method\":\"GET\",\"host\":\"www.evil.example\",\"uri\":\"/\\\\\"\\\\u0001\"}");
  }

  @Test
  void wantsNothingButWhatRulesUse() throws Exception {
    var hook = new SigmaRules();
    assertThat(hook.interest()).isEqualTo(SigmaRules.IDLE);
    rules.write("rules/evil.yml", EVIL_HOST);
    var interest = hook.interest(rules.settings());
    assertThat(interest.logs()).extracting(Interest.Log::path).containsExactly("http");
    assertThat(interest.logs().get(0).fields())
        .extracting(Object::toString)
        .containsExactly(
            "host",
            "method",
            "ts",
            "uid",
            "id.orig_h or id_orig_h",
            "id.orig_p or id_orig_p",
            "id.resp_h or id_resp_h",
            "id.resp_p or id_resp_p");
    rules.write("rules/keyword.yml", TestRules.rule("k: [x]\ncondition: k"));
    assertThat(new SigmaRules().interest(rules.settings()).logs())
        .filteredOn(log -> log.path().equals("test"))
        .allMatch(log -> log.fields().isEmpty())
        .hasSize(1);
  }

  @Test
  void isIdleWithoutRules() throws Exception {
    var none =
        new SigmaSettings(
            List.of(), Optional.empty(), Level.LOW, List.of(), List.of(), List.of(), false);
    assertThat(new SigmaRules().interest(none)).isEqualTo(SigmaRules.IDLE);
    Files.createDirectories(folder.resolve("rules"));
    assertThat(new SigmaRules().interest(rules.settings()).logs()).isEmpty();
  }

  @Test
  void rulesAreChosenByLevelStatusAndId() throws Exception {
    rules.write("rules/evil.yml", EVIL_HOST);
    logs.add(request(http(), "www.evil.example", "/"));
    var id = List.of("22222222-0000-0000-0000-000000000001");
    var test = List.of("test");
    List<String> all = List.of();
    assertThat(process(settings(Level.HIGH, test, all, all)).written("sigma")).hasSize(1);
    assertThat(uses(settings(Level.CRITICAL, test, all, all))).isFalse();
    assertThat(uses(settings(Level.LOW, List.of("stable"), all, all))).isFalse();
    assertThat(process(settings(Level.LOW, test, id, all)).written("sigma")).hasSize(1);
    assertThat(uses(settings(Level.LOW, test, List.of("other"), all))).isFalse();
    assertThat(uses(settings(Level.LOW, test, all, id))).isFalse();
  }

  private static boolean uses(SigmaSettings settings) {
    return !new SigmaRules().interest(settings).logs().isEmpty();
  }

  @Test
  void suppressesKnownHitsUntilADay() throws Exception {
    rules.write("rules/evil.yml", EVIL_HOST);
    logs.add(request(http(), "www.evil.example", "/"));
    assertThat(suppressed("rule: '*'")).isTrue();
    assertThat(suppressed("rule: An evil host\n    field: id.orig_h\n    value: 10.0.0.0/8"))
        .isTrue();
    assertThat(suppressed("rule: '*'\n    field: cs-host\n    value: 'WWW.*'")).isTrue();
    assertThat(suppressed("rule: '*'\n    field: uri\n    value: '/'")).isTrue();
    assertThat(suppressed("rule: '*'\n    field: uri\n    value: '/other'")).isFalse();
    assertThat(suppressed("rule: other")).isFalse();
    assertThat(suppressed("rule: '*'\n    until: 2026-05-01")).isTrue();
    assertThat(suppressed("rule: '*'\n    until: 2026-04-30")).isFalse();
    assertThat(suppressed("rule: '*'\n    until: 2026-04-30T00:00:01Z")).isTrue();
  }

  private boolean suppressed(String entry) throws Exception {
    var site = rules.write("site.yml", "suppress:\n  - " + entry + "\n");
    return process(rules.settings(site)).outputs().isEmpty();
  }

  @Test
  void aSiteHasItsOwnNames() throws Exception {
    var site =
        rules.write(
            "site.yml",
            """
            fields:
              SourceName: host
            logsources:
              - category: network_connection
                log: http
            placeholders:
              internal: ['*.corp.example', 'intranet']
            """);
    rules.write(
        "rules/own.yml",
        """
        title: Own names
        logsource: {category: network_connection}
        detection:
          s: {SourceName|expand: '%internal%'}
          condition: s
        """);
    logs.add(request(request(http(), "a.corp.example", "/"), "corp.example", "/"));
    var tester = process(rules.settings(site));
    assertThat(tester.written("sigma")).hasSize(1);
    assertThat(tester.remarks()).isEmpty();
  }

  @Test
  void reportsWhatCannotBeUsedAndUsesTheRest() throws Exception {
    rules.write("rules/1.yml", TestRules.rule("s: {a|sounds: x}\ncondition: s"));
    rules.write("rules/2.yml", TestRules.rule("s: {a: x}\ncondition: t").replace("01\n", "02\n"));
    rules.write(
        "rules/3.yml", TestRules.rule("s: {a|re: '(?=x)'}\ncondition: s").replace("01\n", "03\n"));
    rules.write(
        "rules/4.yml",
        TestRules.rule("s: {a|expand: '%p%'}\ncondition: s").replace("01\n", "04\n"));
    rules.write("rules/5.yml", "title: [\n");
    rules.write("rules/6.yml", "a: ".repeat(5) + "1");
    rules.write("rules/7.yml", "x: " + "[".repeat(100) + "]".repeat(100));
    rules.write("rules/8.yml", EVIL_HOST);
    rules.write("rules/9.yml", EVIL_HOST);
    rules.write("rules/a.yml", EVIL_HOST.replace("01\n", "0a\n").replace("cs-host", "cs-x"));
    rules.write("rules/b.yml", EVIL_HOST.replace("01\n", "0b\n").replace("high", "huge"));
    rules.write("rules/c.txt", "not a rule");
    logs.add(request(http(), "www.evil.example", "/"));
    var tester = process(rules.settings());
    assertThat(tester.written("sigma")).hasSize(1);
    var remarks = String.join("\n", tester.remarks()).replace(folder + "/rules/", "");
    assertThat(remarks)
        .contains(
            "1.yml: the rule \"A rule\" (11111111-0000-0000-0000-000000000001) is not used: there is no modifier \"sounds\".",
            "2.yml: the rule \"A rule\" (11111111-0000-0000-0000-000000000002) is not used: the condition names \"t\", which is not in the detection.",
            "3.yml: the rule \"A rule\" (11111111-0000-0000-0000-000000000003) is not used: the regular expression \"(?=x)\" cannot be used:",
            "4.yml: the rule \"A rule\" (11111111-0000-0000-0000-000000000004) is not used: the modifier expand needs values for the placeholder %p%",
            "5.yml: not YAML that can be used:",
            "line",
            "6.yml: not YAML that can be used:",
            "7.yml: nested deeper than 30 levels.",
            "9.yml: the id 22222222-0000-0000-0000-000000000001 is that of a rule in 8.yml.",
            "a.yml: the rule \"An evil host\" (22222222-0000-0000-0000-00000000000a): http has no field cs-x, so it is taken as absent; map it in the site file under fields.",
            "b.yml: there is no level \"huge\"");
    assertThat(tester.process(logs.path()).remarks()).hasSize(tester.remarks().size());
  }

  @Test
  void aFilterNarrowsTheRulesThatItNames() throws Exception {
    rules.write("rules/evil.yml", EVIL_HOST);
    logs.add(request(request(http(), "a.evil.example", "/"), "known.evil.example", "/"));
    var filter =
        """
        title: Known hosts
        logsource: {category: proxy}
        filter:
          rules: RULES
          known: {cs-host|startswith: 'known.'}
          condition: not known
        """;
    rules.write("rules/filter.yml", filter.replace("RULES", "['An evil host']"));
    assertThat(process(rules.settings()).written("sigma")).hasSize(1);
    rules.write("rules/filter.yml", filter.replace("RULES", "any"));
    assertThat(process(rules.settings()).written("sigma")).hasSize(1);
    rules.write("rules/filter.yml", filter.replace("RULES", "[another]"));
    assertThat(process(rules.settings()).written("sigma")).hasSize(2);
    rules.write("rules/filter.yml", filter.replace("RULES", "any").replace("proxy", "dns"));
    assertThat(process(rules.settings()).written("sigma")).hasSize(2);
  }

  @Test
  void aFilterThatCannotBeUsedCostsNoRule() throws Exception {
    rules.write("rules/evil.yml", EVIL_HOST);
    rules.write("rules/good.yml", EVIL_HOST.replace(".evil", ".good").replace("01\n", "02\n"));
    rules.write(
        "rules/filter.yml",
        """
        title: Known hosts
        logsource: {category: proxy}
        filter:
          rules: any
          known: {cs-host|sounds: 'known.'}
          condition: not known
        """);
    logs.add(request(request(http(), "a.evil.example", "/"), "a.good.example", "/"));
    var tester = process(rules.settings());
    assertThat(tester.written("sigma")).hasSize(2);
    assertThat(tester.remarks())
        .hasSize(1)
        .allMatch(
            each ->
                each.contains(
                    "filter.yml: the filter \"Known hosts\" is not used, and its rules are used without it: there is no modifier \"sounds\"."));
  }

  @Test
  void readsRulesAgainWhenTheirFilesChange() throws Exception {
    var nanos = new AtomicLong();
    var tester =
        HookTester.of(new SigmaRules(nanos::get)).settings(rules.settings()).allowMissing();
    rules.write("rules/evil.yml", EVIL_HOST);
    logs.add(request(http(), "www.good.example", "/"));
    assertThat(tester.process(logs.path()).outputs()).isEmpty();
    rules.write("rules/evil.yml", EVIL_HOST.replace("evil.example", "good.example.."));
    rules.write("rules/good.yml", EVIL_HOST.replace(".evil", ".good").replace("01\n", "02\n"));
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(tester.process(logs.path()).outputs()).isEmpty();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(10));
    assertThat(tester.process(logs.path()).written("sigma")).hasSize(1);
  }

  @Test
  void saysWhichLogsNewRulesNeed() throws Exception {
    rules.write("rules/evil.yml", EVIL_HOST);
    var read = new SigmaRules().interest(rules.settings());
    assertThat(loaded().unread(read)).isEmpty();
    rules.write("rules/evil.yml", EVIL_HOST.replace("cs-method", "cs-uri"));
    assertThat(loaded().unread(read))
        .containsExactly(
            "New rules need more of the log http than is read: start Longline again to use them");
    rules.write("rules/evil.yml", EVIL_HOST.replace("category: proxy", "category: dns"));
    assertThat(loaded().unread(read)).hasSize(1).allMatch(each -> each.contains("dns"));
  }

  /** Otherwise {@code not filter} would be true of each record. */
  @Test
  void leavesOutNewRulesWhoseFieldsAreNotRead() throws Exception {
    rules.write("rules/evil.yml", EVIL_HOST);
    var read = new SigmaRules().interest(rules.settings());
    rules.write(
        "rules/new.yml",
        EVIL_HOST
            .replace("01\n", "02\n")
            .replace("    condition: selection", "    f: {cs-uri: /a}\n    condition: not f"));
    var usable = loaded().readable(read);
    assertThat(usable.set().logs().get("http").rules())
        .extracting(rule -> rule.header().file())
        .containsExactly(folder.resolve("rules/evil.yml").toString());
    assertThat(usable.set().notices()).hasSize(1);
    var all = new SigmaRules().interest(rules.settings());
    assertThat(loaded().readable(all).set().size()).isEqualTo(2);
  }

  private LoadedRules loaded() {
    var settings = rules.settings();
    var documents = RuleDocuments.read(settings, RuleFiles.find(settings.rules()), null);
    return new LoadedRules(documents, RuleCompiler.compile(documents, settings::uses), false);
  }

  @Test
  void keepsTheSiteFileAsItWasIfItCannotBeUsed() throws Exception {
    var nanos = new AtomicLong();
    rules.write("rules/evil.yml", EVIL_HOST);
    var site = rules.write("site.yml", "suppress: [{rule: '*'}]");
    logs.add(request(http(), "www.evil.example", "/"));
    var tester =
        HookTester.of(new SigmaRules(nanos::get)).settings(rules.settings(site)).allowMissing();
    assertThat(tester.process(logs.path()).outputs()).isEmpty();
    rules.write("site.yml", "suppress: [{rule: '*', field: host}]");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(10));
    assertThat(tester.process(logs.path()).outputs()).isEmpty();
    assertThat(tester.remarks())
        .anyMatch(
            each ->
                each.endsWith(
                    "site.yml: a suppression has either a field and a value, or neither; it is used as it was before."));
  }

  @Test
  void refusesASiteFileThatCannotBeUsed() throws Exception {
    rules.write("rules/evil.yml", EVIL_HOST);
    var site = rules.write("site.yml", "field: {a: b}\n");
    assertThatThrownBy(() -> new SigmaRules().interest(rules.settings(site)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "site.yml: \"field\" is unknown: use fields, logsources, placeholders, suppress.");
    var missing = rules.settings(folder.resolve("none.yml"));
    assertThatThrownBy(() -> new SigmaRules().interest(missing))
        .hasMessageContaining("cannot be read");
  }

  /** Any bytes, no time, and a field of another type. */
  @Test
  void aLogMayClaimAnything() throws Exception {
    rules.write("rules/evil.yml", EVIL_HOST.replace("'.evil.example'", "'l'"));
    Files.writeString(
        logs.path().resolve("http.log"),
        "#separator \\x09\n#path\thttp\n#fields\tts\tid.orig_h\tid.orig_p\tmethod\thost\n"
            + "#types\tstring\tstring\tstring\tstring\tset[string]\n"
            + "never\tnobody\t-99\tGET\ta,\\xff\\xfel\n"
            + "-\t-\t-\tget\t"
            + "l".repeat(100_000)
            + "\n");
    var tester = process(rules.settings());
    assertThat(tester.written("sigma")).hasSize(2);
    assertThat(tester.written("sigma").get(0)).startsWith("-\t2222");
  }
}
