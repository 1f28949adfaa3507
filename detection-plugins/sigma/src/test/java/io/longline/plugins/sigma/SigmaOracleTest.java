package io.longline.plugins.sigma;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.testing.HookTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Right answers on real logs with the rules of SigmaHQ, on which two independent evaluators agree.
 */
class SigmaOracleTest {

  private static final Pattern STREAM = Pattern.compile("\"@stream\":\"(\\w+)\"");

  @TempDir static Path rules;
  @TempDir Path logs;

  @BeforeAll
  static void unpack() throws Exception {
    SharedDetections.rules(rules);
  }

  private static HookTester tester() {
    return HookTester.of(new SigmaRules())
        .settings(SharedDetections.settings(rules))
        .allowMissing();
  }

  /** The hits of each rule, by the name of its file. */
  private static Map<String, Long> hits(HookTester tester) throws IOException {
    var names = new TreeMap<String, String>();
    for (var file : RuleFiles.find(SharedDetections.settings(rules).rules()).files()) {
      for (var line : Files.readAllLines(file)) {
        if (line.startsWith("id: ")) {
          names.put(line.substring("id: ".length()).strip(), file.getFileName().toString());
        }
      }
    }
    return tester.written("sigma").stream()
        .map(row -> names.get(row.split("\t", -1)[1]).replace(".yml", ""))
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }

  @Test
  void loadsEachRuleThatIsForZeek() {
    var settings = SharedDetections.settings(rules);
    var documents = RuleDocuments.read(settings, RuleFiles.find(settings.rules()), null);
    var set = RuleCompiler.compile(documents, settings::uses);
    assertThat(documents.problems()).isEmpty();
    assertThat(set.problems()).isEmpty();
    assertThat(set.size()).isEqualTo(179);
    assertThat(documents.others()).containsOnlyKeys("windows/dns_query/*");
  }

  @Test
  void findsWhatIsInTheTrainingCapture() throws Exception {
    var tester = tester().process(SharedDetections.require("zed-sample"));
    assertThat(hits(tester))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("zeek_dce_rpc_mitre_bzar_execution", 24L, "net_dns_low_reputation_etld", 2L));
    assertThat(tester.findings()).hasSize(26);
  }

  /** All logs are in one stream there. */
  @Test
  void findsWhatIsInTheExerciseOfAnAttack() throws Exception {
    var streams = new TreeMap<String, StringBuilder>();
    for (var line :
        Files.readAllLines(SharedDetections.require("otrf-apt29-day1/day1.log"), UTF_8)) {
      var matcher = STREAM.matcher(line);
      assertThat(matcher.find()).isTrue();
      streams
          .computeIfAbsent(matcher.group(1), any -> new StringBuilder())
          .append(line)
          .append('\n');
    }
    for (var stream : streams.entrySet()) {
      Files.writeString(logs.resolve(stream.getKey() + ".log"), stream.getValue());
    }
    assertThat(hits(tester().process(logs)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "zeek_http_executable_download_from_webdav",
                4L,
                "proxy_downloadcradle_webdav",
                2L));
  }

  @Test
  void findsWhatIsInThreeDaysOfAServer() throws Exception {
    var tester = tester();
    try (var days = Files.list(SharedDetections.require("rita-missing-host"))) {
      for (var day : days.sorted().toList()) {
        tester.process(day);
      }
    }
    assertThat(hits(tester))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "web_source_code_enumeration", 397L,
                "web_susp_useragents", 70L,
                "proxy_ua_frameworks", 64L,
                "proxy_exploit_cve_2023_1389_unauth_command_injection_tplink_archer_ax21", 31L,
                "zeek_dns_susp_zbit_flag", 8L,
                "proxy_ua_hacktool", 2L));
  }
}
