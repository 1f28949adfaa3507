package io.longline.plugins.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.Finding;
import io.longline.api.testing.HookTester;
import io.longline.api.testing.SmallLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigmaCorrelationsTest {

  private static final Instant START = Instant.parse("2026-04-30T23:30:00Z");

  private static final String RULES =
      """
      title: Failed
      name: failed
      logsource: {product: zeek, service: ssh}
      detection:
        s: {auth_success: false}
        condition: s
      ---
      title: Success
      name: success
      logsource: {product: zeek, service: ssh}
      detection:
        s: {auth_success: true}
        condition: s
      ---
      title: Request
      name: request
      logsource: {category: proxy}
      detection:
        s: {cs-method: GET}
        condition: s
      ---
      """;

  @TempDir Path folder;
  private TestRules rules;

  @BeforeEach
  void rules() {
    rules = new TestRules(folder);
  }

  private void correlation(String body) throws Exception {
    rules.write(
        "rules/rules.yml",
        RULES
            + """
            title: The correlation
            id: 33333333-0000-0000-0000-000000000001
            level: critical
            tags: [attack.t1110]
            correlation:
            """
            + body.indent(2));
  }

  /** A login, so many seconds after the start. */
  private record Login(int seconds, String client, String server, boolean isSuccess) {

    static Login failed(int seconds) {
      return new Login(seconds, "10.0.0.1", "10.0.0.9", false);
    }

    static Login success(int seconds) {
      return new Login(seconds, "10.0.0.1", "10.0.0.9", true);
    }
  }

  private Path batch(List<Login> logins) throws Exception {
    var log =
        SmallLog.tsv("ssh")
            .field("ts", "time")
            .field("uid", "string")
            .field("id.orig_h", "addr")
            .field("id.resp_h", "addr")
            .field("auth_success", "bool");
    for (var login : logins) {
      log.row(
          START.plusSeconds(login.seconds()),
          "C" + login.seconds(),
          login.client(),
          login.server(),
          login.isSuccess());
    }
    var batch = Files.createTempDirectory(folder, "batch");
    log.writeTo(batch);
    return batch;
  }

  private HookTester tester() {
    return HookTester.of(new SigmaCorrelations()).settings(rules.settings()).allowMissing();
  }

  private static List<String> rows(HookTester tester) {
    var rows = new ArrayList<String>();
    tester.outputs().stream()
        .filter(output -> output.startsWith("sigma_correlations/"))
        .forEach(output -> rows.addAll(tester.written(output)));
    Collections.sort(rows);
    return rows;
  }

  private List<String> rows(Login... logins) throws Exception {
    var tester = tester().process(batch(List.of(logins))).closeWindows();
    assertThat(tester.remarks()).isEmpty();
    return rows(tester);
  }

  @Test
  void countsEventsOfAGroup() throws Exception {
    correlation(
        "type: event_count\nrules: [failed]\ngroup-by: [src_ip]\ntimespan: 5m\ncondition: {gte: 3}");
    var tester =
        tester()
            .process(batch(List.of(Login.failed(0), Login.failed(100))))
            .process(
                batch(
                    List.of(
                        Login.failed(300),
                        Login.failed(310),
                        new Login(310, "10.0.0.2", "10.0.0.9", false),
                        Login.success(320))))
            .closeWindows();
    assertThat(rows(tester))
        .containsExactly(
            "1777592100.000000\t33333333-0000-0000-0000-000000000001\tThe correlation\tcritical\tattack.t1110\tevent_count\tsrc_ip=10.0.0.1\t3\t300.000000\t1777591800.000000\tC300");
    assertThat(tester.findings()).hasSize(1);
    var finding = tester.findings().get(0);
    assertThat(finding.severity()).isEqualTo(Finding.Severity.CRITICAL);
    assertThat(finding.source()).isEqualTo("10.0.0.1");
    assertThat(finding.destination()).isEqualTo("10.0.0.9");
    assertThat(finding.sentence())
        .isEqualTo(
            "3 hits for src_ip=10.0.0.1 within 5 min: the Sigma correlation \"The correlation\" (critical).");
  }

  /** So many failed logins, at these seconds, and at how many the condition begins to be true. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      textBlock =
          """
          gte: 3         ¦ 0 100 300                 ¦ 1
          gte: 3         ¦ 0 100 301                 ¦ 0
          gt: 3          ¦ 0 1 2                     ¦ 0
          gt: 3          ¦ 0 1 2 3                   ¦ 1
          gte: 2         ¦ 0 0                       ¦ 1
          gte: 2         ¦ 0 100 200 300 400 500 600 ¦ 1
          gte: 2         ¦ 0 1 1000 1001             ¦ 2
          eq: 2          ¦ 0 1 2                     ¦ 1
          eq: 2          ¦ 0 0 0                     ¦ 0
          lt: 2          ¦ 0 1                       ¦ 1
          lte: 1         ¦ 0                         ¦ 1
          neq: 1         ¦ 0 1                       ¦ 1
          'gt: 1, lte: 2' ¦ 0 0 0                    ¦ 0
          'gt: 1, lte: 2' ¦ 0 0                      ¦ 1
          gte: 2         ¦ 1790 1810                 ¦ 1
          gte: 2         ¦ 5390 5410                 ¦ 1
          """)
  void conditions(String condition, String seconds, int expected) throws Exception {
    correlation(
        "type: event_count\nrules: failed\ngroup-by: src_ip\ntimespan: 5m\ncondition: {%s}"
            .formatted(condition));
    var logins = new ArrayList<Login>();
    for (var second : seconds.split(" ", -1)) {
      logins.add(Login.failed(Integer.parseInt(second)));
    }
    assertThat(rows(logins.toArray(Login[]::new))).hasSize(expected);
  }

  @Test
  void countsDifferentValues() throws Exception {
    correlation(
        "type: value_count\nrules: [failed]\ngroup-by: [src_ip]\ntimespan: 1h\ncondition: {gte: 3, field: dst_ip}");
    var same = new ArrayList<Login>();
    var different = new ArrayList<Login>();
    for (int i = 0; i < 3; i++) {
      same.add(Login.failed(i));
      different.add(new Login(i, "10.0.0.1", "10.0.0." + (100 + i), false));
    }
    assertThat(rows(same.toArray(Login[]::new))).isEmpty();
    assertThat(rows(different.toArray(Login[]::new))).hasSize(1);
  }

  @Test
  void wantsAllRulesInAnyOrder() throws Exception {
    correlation(
        "type: temporal\nrules: [failed, success]\ngroup-by: [src_ip, dst_ip]\ntimespan: 30s");
    assertThat(rows(Login.failed(0), Login.success(30))).hasSize(1);
    assertThat(rows(Login.success(0), Login.failed(30))).hasSize(1);
    assertThat(rows(Login.success(0), Login.failed(31))).isEmpty();
    assertThat(rows(Login.failed(0), new Login(1, "10.0.0.1", "10.0.0.8", true))).isEmpty();
  }

  @Test
  void takesAConditionOverRules() throws Exception {
    correlation(
        "type: temporal\nrules: [failed, success]\ngroup-by: [src_ip]\ntimespan: 30s\ncondition: failed and not success");
    assertThat(rows(Login.failed(0))).hasSize(1);
    assertThat(rows(Login.success(0), Login.failed(10))).isEmpty();
    correlation(
        "type: temporal\nrules: [failed, success]\ngroup-by: [src_ip]\ntimespan: 30s\ncondition: {gte: 1}");
    assertThat(rows(Login.failed(0))).hasSize(1);
  }

  @Test
  void wantsAllRulesInOrder() throws Exception {
    correlation(
        "type: temporal_ordered\nrules: [failed, success]\ngroup-by: [src_ip]\ntimespan: 30s");
    assertThat(rows(Login.failed(0), Login.success(30))).hasSize(1);
    assertThat(rows(Login.success(0), Login.failed(30))).isEmpty();
    assertThat(rows(Login.failed(0), Login.success(31))).isEmpty();
    assertThat(rows(Login.failed(0), Login.failed(20), Login.success(31))).hasSize(1);
    assertThat(rows(Login.failed(5), Login.success(5))).hasSize(1);
  }

  /** The example of the specification: many failed logins, and then one that succeeds. */
  @Test
  void countsOtherCorrelations() throws Exception {
    var many =
        """
        title: Many failed
        name: many_failed
        correlation:
          type: event_count
          rules: [failed]
          group-by: [src_ip, dst_ip]
          timespan: 5m
          condition: {gte: 3}
        ---
        title: Login after many failed
        correlation:
          type: temporal_ordered
          rules: [many_failed, success]
          group-by: [src_ip]
          timespan: 10m
        """;
    rules.write("rules/rules.yml", RULES + many);
    assertThat(rows(Login.failed(0), Login.failed(1), Login.failed(2), Login.success(602)))
        .hasSize(1)
        .allMatch(row -> row.contains("Login after many failed"));
    assertThat(rows(Login.failed(0), Login.failed(1), Login.failed(2), Login.success(603)))
        .isEmpty();
    assertThat(rows(Login.failed(0), Login.failed(1), Login.success(2))).isEmpty();
    assertThat(
            rows(
                Login.failed(0),
                Login.failed(1),
                new Login(2, "10.0.0.1", "10.0.0.8", false),
                Login.success(3)))
        .isEmpty();
    assertThat(
            rows(
                Login.failed(0),
                Login.failed(1),
                Login.failed(250),
                Login.failed(260),
                Login.success(860)))
        .hasSize(1);
    rules.write("rules/rules.yml", RULES + many + "  generate: true\n");
    assertThat(rows(Login.failed(0), Login.failed(1), Login.failed(2), Login.success(3)))
        .hasSize(2);
  }

  @Test
  void aliasesJoinFieldsOfDifferentLogs() throws Exception {
    correlation(
        """
        type: temporal
        rules: [success, request]
        group-by: [host]
        timespan: 1m
        aliases:
          host:
            success: id.resp_h
            request: src_ip
        """);
    var batch = batch(List.of(Login.success(0)));
    SmallLog.tsv("http")
        .field("ts", "time")
        .field("id.orig_h", "addr")
        .field("method", "string")
        .row(START.plusSeconds(50), "10.0.0.9", "GET")
        .row(START.plusSeconds(50), "10.0.0.1", "GET")
        .writeTo(batch);
    assertThat(rows(tester().process(batch).closeWindows()))
        .hasSize(1)
        .allMatch(row -> row.contains("host=10.0.0.9"));
  }

  @Test
  void hitsWithoutTheFieldsOfAGroupDoNotCount() throws Exception {
    correlation(
        "type: event_count\nrules: [failed]\ngroup-by: [user]\ntimespan: 1m\ncondition: {gte: 1}");
    var tester = tester().process(batch(List.of(Login.failed(0)))).closeWindows();
    assertThat(rows(tester)).isEmpty();
    assertThat(tester.remarks().get(0))
        .contains("correlations use the field user of its hits, which ssh does not have");
  }

  /** As if there were no windows: compared with the definition, over days and timespans. */
  @Test
  void doesNotDependOnBatchesOrWindows() throws Exception {
    var random = new Random(17);
    for (var timespan : List.of("10m", "1h", "2h", "1d", "3d")) {
      correlation(
          "type: event_count\nrules: [failed]\ngroup-by: [src_ip]\ntimespan: %s\ncondition: {gte: 4}"
              .formatted(timespan));
      var logins = new ArrayList<Login>();
      for (int i = 0; i < 300; i++) {
        int day = random.nextInt(12) * 86_400;
        logins.add(
            Login.failed(
                day + (random.nextBoolean() ? random.nextInt(5_000) : random.nextInt(86_400))));
      }
      var batches = new ArrayList<Path>();
      for (int i = 0; i < 300; i += 50) {
        batches.add(batch(logins.subList(i, i + 50)));
      }
      var found = new ArrayList<List<String>>();
      for (int round = 0; round < 2; round++) {
        Collections.shuffle(batches, random);
        var tester = tester();
        for (var batch : batches) {
          tester.process(batch);
        }
        found.add(rows(tester.closeWindows()));
      }
      assertThat(found.get(1)).isEqualTo(found.get(0));
      assertThat(found.get(0).stream().map(row -> seconds(row)))
          .as(timespan)
          .containsExactlyElementsOf(expected(logins, timespan));
    }
  }

  private static int seconds(String row) {
    var micros = row.substring(0, row.indexOf('.'));
    return (int) (Long.parseLong(micros) - START.getEpochSecond());
  }

  private static List<Integer> expected(List<Login> logins, String timespan) {
    int span =
        (int)
            Duration.parse(
                    (timespan.endsWith("d") ? "P" : "PT")
                        + timespan.toUpperCase(java.util.Locale.ROOT))
                .toSeconds();
    var times = logins.stream().map(Login::seconds).sorted().distinct().toList();
    var expected = new ArrayList<Integer>();
    boolean was = false;
    int before = Integer.MIN_VALUE / 2;
    for (int time : times) {
      boolean is =
          logins.stream()
                  .filter(each -> each.seconds() >= time - span && each.seconds() <= time)
                  .count()
              >= 4;
      if (is && !(was && time - before <= span)) {
        expected.add(time);
      }
      was = is;
      before = time;
    }
    return expected;
  }

  @Test
  void rulesThatAreCountedAreNotReportedThemselves() throws Exception {
    var body =
        "type: event_count\nrules: [failed]\ngroup-by: [src_ip]\ntimespan: 5m\ncondition: {gte: 3}";
    var batch = batch(List.of(Login.failed(0)));
    correlation(body);
    assertThat(rules.tester(rules.settings()).process(batch).outputs()).isEmpty();
    correlation(body + "\ngenerate: true");
    assertThat(rules.tester(rules.settings()).process(batch).written("sigma")).hasSize(1);
  }

  @Test
  void rulesOfCorrelationsThatAreNotUsedAreReported() throws Exception {
    var body = "type: event_count\nrules: [failed]\ntimespan: 5m\ncondition: {gte: 3}";
    var batch = batch(List.of(Login.failed(0)));
    var all = rules.settings();
    for (var unused :
        List.of(
            deprecated(bad("1", body)),
            bad("1", body.replace("[failed]", "[failed, gone]")),
            bad("1", body.replace("5m", "40d")),
            bad("1", body.replace("[failed]", "[B2]")) + bad("2", body.replace("5m", "40d")))) {
      rules.write("rules/rules.yml", RULES + unused);
      assertThat(rules.tester(all).process(batch).written("sigma")).as(unused).hasSize(1);
    }
    correlation(body);
    var excluded =
        new SigmaSettings(
            all.rules(),
            all.site(),
            all.minLevel(),
            all.status(),
            all.include(),
            List.of("The correlation"),
            false);
    assertThat(rules.tester(excluded).process(batch).written("sigma")).hasSize(1);
  }

  private static String deprecated(String document) {
    return "status: deprecated\n" + document;
  }

  /** A correlation that another would hide, were that one used. */
  @Test
  void correlationsThatOnlyAnUnusedOneCountsAreReported() throws Exception {
    rules.write(
        "rules/rules.yml",
        RULES
            + bad("1", "type: event_count\nrules: [failed]\ntimespan: 5m\ncondition: {gte: 1}")
            + deprecated(
                bad("2", "type: event_count\nrules: [B1]\ntimespan: 5m\ncondition: {gte: 1}")));
    assertThat(rows(Login.failed(0))).hasSize(1).allMatch(row -> row.contains("B1"));
  }

  @Test
  void reportsCorrelationsThatCannotBeUsed() throws Exception {
    rules.write(
        "rules/rules.yml",
        RULES
            + bad("1", "type: value_sum\nrules: [failed]\ntimespan: 1m\ncondition: {gte: 3}")
            + bad("2", "type: event_count\nrules: [gone]\ntimespan: 1m\ncondition: {gte: 3}")
            + bad("3", "type: event_count\nrules: [failed]\ntimespan: 1y\ncondition: {gte: 3}")
            + bad("4", "type: event_count\nrules: [failed]\ntimespan: 1m")
            + bad("5", "type: value_count\nrules: [failed]\ntimespan: 1m\ncondition: {gte: 3}")
            + bad("6", "type: event_count\nrules: [failed]\ntimespan: 1m\ncondition: {gte: many}")
            + bad("7", "type: event_count\nrules: [B1]\ntimespan: 1m\ncondition: {gte: 3}")
            + bad(
                "9",
                "type: value_count\nrules: [B8]\ntimespan: 1m\ncondition: {gte: 3, field: a}\ngenerate: true")
            + bad("8", "type: event_count\nrules: [failed]\ntimespan: 1m\ncondition: {gte: 1}"));
    var tester = tester().process(batch(List.of(Login.failed(0)))).closeWindows();
    assertThat(rows(tester)).hasSize(1);
    assertThat(String.join("\n", tester.remarks()))
        .contains(
            "\"B1\" is not used: the type \"value_sum\" is not supported",
            "\"B2\" is not used: there is no rule \"gone\" for a log that Zeek writes",
            "\"B3\" is not used: the timespan \"1y\" is not supported",
            "\"B4\" is not used: there is no condition",
            "\"B5\" is not used: the condition names no field",
            "\"B6\" is not used: the condition has \"many\", which is no whole number",
            "\"B7\" is not used: there is no rule \"B1\" for a log that Zeek writes, and no correlation that can be used",
            "\"B9\" is not used: values of the correlation \"B8\" cannot be counted");
  }

  private static String bad(String number, String body) {
    return "title: B" + number + "\ncorrelation:\n" + body.indent(2) + "---\n";
  }

  @Test
  void leavesOutNewCorrelationsWhoseFieldsAreNotRead() throws Exception {
    var body = "type: event_count\nrules: [failed]\ntimespan: 5m\ncondition: {gte: 3}";
    rules.write("rules/rules.yml", RULES + bad("1", body));
    var read = set().interest();
    rules.write("rules/rules.yml", RULES + bad("1", body) + bad("2", body + "\ngroup-by: [user]"));
    var usable = set().readable(read);
    assertThat(usable.byKey()).hasSize(1);
    assertThat(usable.loaded().set().size()).isEqualTo(1);
    assertThat(usable.loaded().set().notices()).anyMatch(each -> each.contains("start Longline"));
    assertThat(set().readable(set().interest()).byKey()).hasSize(2);
  }

  private CorrelationSet set() {
    var settings = rules.settings();
    return CorrelationSet.of(
        settings, RuleDocuments.read(settings, RuleFiles.find(settings.rules()), null));
  }

  @Test
  void isIdleWithoutCorrelations() throws Exception {
    rules.write("rules/rules.yml", RULES);
    assertThat(new SigmaCorrelations().interest(rules.settings()).logs()).isEmpty();
  }
}
