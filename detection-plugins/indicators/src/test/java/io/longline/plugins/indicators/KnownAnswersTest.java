package io.longline.plugins.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.Finding;
import io.longline.api.testing.HookTester;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The answers that independent programs gave on real logs. */
class KnownAnswersTest {

  private static final String FORWARDED = "HTTP::IN_X_FORWARDED_FOR_HEADER";
  private static final int INDICATOR = 6;
  private static final int WHERE = 8;
  private static final int LOG = 15;
  private static final int ALLOWED_BY = 16;

  @TempDir Path temporary;

  private static IndicatorsSettings settings(Path feed, Optional<Path> warningLists) {
    return new IndicatorsSettings(
        List.of(feed),
        DomainMatching.BY_FORMAT,
        List.of(FORWARDED),
        List.of(),
        warningLists,
        List.of(),
        Duration.ofSeconds(30));
  }

  private static HookTester process(IndicatorsSettings settings, Path... folders) throws Exception {
    var tester = HookTester.of(new Indicators()).settings(settings).allowBadLines();
    for (var folder : folders) {
      tester.process(folder);
    }
    assertThat(tester.remarks()).isEmpty();
    return tester;
  }

  private static List<String[]> rows(HookTester tester) {
    return tester.written("indicators").stream()
        .map(row -> row.split("\t", -1))
        .collect(Collectors.toList());
  }

  private static Map<String, Integer> counts(List<String[]> rows, int column) {
    var counts = new TreeMap<String, Integer>();
    rows.forEach(row -> counts.merge(row[column], 1, Integer::sum));
    return counts;
  }

  @Test
  void addressesOfThreeDays() throws Exception {
    var logs = SharedData.require("detections/rita-missing-host");
    var settings = settings(SharedData.feeds(temporary), Optional.empty());
    var tester =
        process(
            settings,
            logs.resolve("2024-04-19"),
            logs.resolve("2024-04-20"),
            logs.resolve("2024-04-21"));
    var rows = rows(tester);
    assertThat(counts(rows, LOG)).isEqualTo(Map.of("conn", 13_310));
    assertThat(counts(rows, WHERE))
        .isEqualTo(Map.of("Conn::IN_ORIG", 12_771, "Conn::IN_RESP", 539));
    assertThat(counts(rows, INDICATOR)).hasSize(2_663);
    assertThat(tester.findings()).hasSize(13_310);
  }

  @Test
  void namesBehindAProxy() throws Exception {
    var logs = SharedData.require("detections/rita-proxy");
    var rows = rows(process(settings(SharedData.feeds(temporary), Optional.empty()), logs));
    assertThat(counts(rows, WHERE)).isEqualTo(Map.of("DNS::IN_REQUEST", 20, "DNS::IN_RESPONSE", 3));
    rows.removeIf(row -> !row[WHERE].equals("DNS::IN_REQUEST"));
    assertThat(counts(rows, INDICATOR))
        .containsOnlyKeys("chrome.cloudflare-dns.com", "dns.google.com");
  }

  @Test
  void namesOfATrainingCaptureAndWhatIsAllowed() throws Exception {
    var logs = SharedData.require("detections/zed-sample");
    var lists = SharedData.require("detections/warninglists");
    var feeds = SharedData.feeds(temporary);
    var expected =
        Map.of(
            "DNS::IN_REQUEST", 32,
            "SSL::IN_SERVER_NAME", 13,
            "DNS::IN_RESPONSE", 52,
            "X509::IN_CERT", 12);
    assertThat(counts(rows(process(settings(feeds, Optional.empty()), logs)), WHERE))
        .isEqualTo(expected);

    var tester = process(settings(feeds, Optional.of(lists)), logs);
    var rows = rows(tester);
    assertThat(counts(rows, WHERE)).isEqualTo(expected);
    Map<String, Set<String>> allowedBy = new HashMap<>();
    rows.forEach(
        row ->
            allowedBy.computeIfAbsent(row[INDICATOR], any -> new HashSet<>()).add(row[ALLOWED_BY]));
    assertThat(allowedBy)
        .containsEntry("www.bing.com", Set.of("cisco_top1000"))
        .containsEntry("update.microsoft.com", Set.of("cisco_top1000"))
        .containsEntry("www.update.microsoft.com", Set.of("microsoft"))
        .containsEntry("www.download.windowsupdate.com", Set.of("microsoft"))
        .containsEntry("80.67.16.8", Set.of("-"));
    assertThat(tester.findings().stream().map(Finding::allowedBy).toList())
        .isEqualTo(
            rows.stream()
                .map(row -> row[ALLOWED_BY].equals("-") ? null : row[ALLOWED_BY])
                .toList());
  }

  @Test
  void theServerOfATrojanByAddressAndPort() throws Exception {
    var source = SharedData.require("corpus/slips/test18-labeled");
    var logs = Files.createDirectory(temporary.resolve("logs"));
    Files.copy(source.resolve("conn.log.labeled"), logs.resolve("conn.log"));
    var feed = Files.writeString(temporary.resolve("remcos.txt"), "# a trail\n66.63.168.35:5888\n");
    var rows = rows(process(settings(feed, Optional.empty()), logs));
    var found = new HashSet<String>();
    rows.forEach(row -> found.add(row[1]));
    assertThat(rows).hasSize(719).allMatch(row -> row[5].equals("5888"));
    Map<String, Integer> labels = new TreeMap<>();
    Map<String, Integer> all = new TreeMap<>();
    for (var line : Files.readAllLines(logs.resolve("conn.log"))) {
      if (!line.startsWith("#")) {
        var cells = line.split("\t", -1);
        labels.merge(cells[21], found.contains(cells[1]) ? 1 : 0, Integer::sum);
        all.merge(cells[21], 1, Integer::sum);
      }
    }
    assertThat(all).isEqualTo(Map.of("Malicious", 719, "Benign", 44, "Unknown", 3));
    assertThat(labels).isEqualTo(Map.of("Malicious", 719, "Benign", 0, "Unknown", 0));
  }

  @Test
  void aListOfNetworksOfProvidersIsNotUsedUnlessItIsNamed() throws Exception {
    var lists = SharedData.require("detections/warninglists");
    var source = SharedData.require("corpus/slips/test18-labeled");
    var logs = Files.createDirectory(temporary.resolve("logs"));
    Files.copy(source.resolve("conn.log.labeled"), logs.resolve("conn.log"));
    var feed = Files.writeString(temporary.resolve("remcos.txt"), "66.63.168.35:5888\n");
    assertThat(counts(rows(process(settings(feed, Optional.of(lists)), logs)), ALLOWED_BY))
        .isEqualTo(Map.of("-", 719));
    var named =
        new IndicatorsSettings(
            List.of(feed),
            DomainMatching.BY_FORMAT,
            List.of(),
            List.of(),
            Optional.of(lists),
            List.of("vpn-ipv4"),
            Duration.ZERO);
    assertThat(counts(rows(process(named, logs)), ALLOWED_BY)).isEqualTo(Map.of("vpn-ipv4", 719));
  }
}
