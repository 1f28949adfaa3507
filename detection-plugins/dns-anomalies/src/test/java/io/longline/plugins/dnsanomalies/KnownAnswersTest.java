package io.longline.plugins.dnsanomalies;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.Finding;
import io.longline.api.testing.HookTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Captures of tunnels and of other traffic, with the answers that other programs found. */
class KnownAnswersTest {

  private static final int NAMES = 3;
  private static final int QUERIES = 4;
  private static final int NX_QUERIES = 4;

  @TempDir Path folder;

  private final HookTester tester = Testers.withDefaults();

  /** What days have written to an output; other windows have a part of that. */
  private List<String[]> daily(String output) {
    return tester.outputs().stream()
        .filter(name -> name.startsWith(output + "/") && name.endsWith("T00-24h"))
        .flatMap(name -> rows(name).stream())
        .toList();
  }

  private List<String[]> rows(String output) {
    return tester.written(output).stream().map(line -> line.split("\t", -1)).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "dnscat2-cname, 4774, 4774, 157.1, CNAME=4774",
    "iodine-cname, 9073, 9087, 34.0, CNAME=9",
    "andiodine-mx, 137, 137, 44.4, MX=1",
  })
  void findsTunnels(String name, String names, String queries, String length, String types)
      throws Exception {
    tester.process(Shared.require("dns-tunnels/" + name)).closeWindows();
    var rows = daily("dns_anomalies");
    assertThat(rows).hasSize(1);
    var row = rows.get(0);
    assertThat(row[2]).isEqualTo("ggy666.tk");
    assertThat(row[NAMES]).isEqualTo(names);
    assertThat(row[QUERIES]).isEqualTo(queries);
    assertThat(row[7]).startsWith(length);
    assertThat(row[10]).startsWith(types);
    assertThat(tester.findings()).isNotEmpty();
    assertThat(tester.findings())
        .allSatisfy(finding -> assertThat(finding.rule()).isEqualTo("dns-tunnel"))
        .allSatisfy(finding -> assertThat(finding.severity()).isNotEqualTo(Finding.Severity.LOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dns-tunnels/normal-00000", "zed-sample", "rita-proxy"})
  void findsNothingElsewhere(String name) throws Exception {
    tester.process(Shared.require(name)).closeWindows();
    assertThat(daily("dns_anomalies")).isEmpty();
    assertThat(tester.findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"dns-tunnels/normal-00000, 60", "zed-sample, 2022", "rita-proxy, 23"})
  void countsNamesThatDoNotExist(String name, long total) throws Exception {
    tester.process(Shared.require(name)).closeWindows();
    var rows = daily("dns_nxdomain");
    assertThat(rows.stream().mapToLong(row -> Long.parseLong(row[NX_QUERIES])).sum())
        .isEqualTo(total);
  }

  @Test
  void countsNamesThatDoNotExistByClient() throws Exception {
    tester.process(Shared.require("zed-sample")).closeWindows();
    assertThat(daily("dns_nxdomain"))
        .anySatisfy(row -> assertThat(row).containsSubsequence("10.47.8.155", "1826", "218"));
  }

  /** 72 directories, each with the logs of an hour. */
  private List<Path> hours() throws IOException {
    var hours = new TreeMap<String, Path>();
    for (var day : List.of("2024-04-19", "2024-04-20", "2024-04-21")) {
      try (var files = Files.list(Shared.require("rita-missing-host/" + day))) {
        for (var file : files.sorted().toList()) {
          var name = file.getFileName().toString();
          var log = name.substring(0, name.indexOf('.'));
          if (List.of("dns", "http", "ssl").contains(log)) {
            var hour = day + name.substring(log.length()).replace(".log.gz", "").replace(':', '-');
            var directory = Files.createDirectories(folder.resolve(hour));
            Files.copy(file, directory.resolve(name));
            hours.put(hour, directory);
          }
        }
      }
    }
    return new ArrayList<>(hours.values());
  }

  @Test
  void theOrderOfDirectoriesDoesNotMatter() throws Exception {
    var hours = hours();
    assertThat(hours).hasSize(72);
    for (var hour : hours) {
      tester.process(hour);
    }
    tester.closeWindows();
    assertThat(tester.findings()).isEmpty();
    // Windows from midnight to midnight.
    var perDay =
        List.of("2024-04-19", "2024-04-20", "2024-04-21").stream()
            .flatMap(day -> rows("dns_nxdomain/" + day + "T00-24h").stream())
            .filter(row -> row[2].equals("64.225.56.201"))
            .toList();
    assertThat(perDay.stream().mapToLong(row -> Long.parseLong(row[NX_QUERIES])).sum())
        .isEqualTo(2541);
    assertThat(perDay.stream().mapToLong(row -> Long.parseLong(row[3])).sum()).isEqualTo(5240);

    Collections.shuffle(hours, new Random(17));
    var other = Testers.withDefaults();
    for (var hour : hours) {
      other.process(hour);
    }
    other.closeWindows();
    assertThat(other.outputs()).isEqualTo(tester.outputs());
    for (var output : tester.outputs()) {
      assertThat(other.written(output)).isEqualTo(tester.written(output));
    }
  }
}
