package io.longline.plugins.beacons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longline.api.LogDirectory;
import io.longline.api.testing.HookTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The numbers that RITA's own tests expect of its test data. */
class PublishedNumbersTest {

  private static final String LAST_WINDOW = "2024-04-20T23-25h";

  /** A folder of data; the calling test is skipped without it, and fails in CI. */
  private static Path data(String name) {
    var shared = System.getProperty("longline.shared", "../../../shared");
    var folder = Path.of(shared, "detections", name);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(folder).as("what CI must have").isDirectory();
    }
    assumeTrue(Files.isDirectory(folder), "SKIPPED: there is no " + folder);
    return folder;
  }

  private static HookTester tester() throws Exception {
    var settings =
        new GivenSettings()
            .with(
                "internal",
                List.of(
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "fd00::/8",
                    "64.225.56.201/32"))
            .with("externalToInternal", true);
    return HookTester.of(new Beacons()).settings(settings.get());
  }

  /** The logs of three days, each hour a batch. */
  private static List<LogDirectory> hours() throws IOException {
    var hours = new ArrayList<LogDirectory>();
    for (var day : days()) {
      var names = new TreeMap<String, List<String>>();
      try (Stream<Path> files = Files.list(day)) {
        files
            .map(file -> file.getFileName().toString())
            .forEach(name -> names.computeIfAbsent(hour(name), x -> new ArrayList<>()).add(name));
      }
      for (var each : names.values()) {
        hours.add(LogDirectory.of(day, each));
      }
    }
    assertThat(hours).hasSize(72);
    return hours;
  }

  /** Of conn.18:00:00-19:00:00.log.gz 18; some logs of an hour begin later in it. */
  private static String hour(String name) {
    int dot = name.indexOf('.');
    return name.substring(dot + 1, dot + 3);
  }

  private static List<Path> days() throws IOException {
    try (Stream<Path> days = Files.list(data("rita-missing-host"))) {
      return days.sorted().toList();
    }
  }

  private static Map<String, List<String>> written(HookTester tester) {
    var written = new TreeMap<String, List<String>>();
    tester.outputs().forEach(name -> written.put(name, tester.written(name)));
    return written;
  }

  private static void hasThePublishedRow(HookTester tester, String window, String severity) {
    var columns =
        new String[] {
          "window_start",
          "window_end",
          "dst",
          "count",
          "missing_host_count",
          "score",
          "ts_score",
          "ds_score",
          "dur_score",
          "hist_score",
          "total_duration",
          "total_bytes",
          "prevalence",
          "first_seen",
          "ports",
          "severity",
          "final_score",
          "src"
        };
    assertThat(WrittenRows.of(tester, window, columns))
        .filteredOn(row -> row.endsWith(" 73.54.23.243"))
        .containsExactly(
            "1713657591.000000 1713743991.000000 64.225.56.201 331 330 0.963 0.852 1.0 1.0 1.0"
                + " 270036.631115 1679442 1.0 1713470872.000000 22:tcp:ssh,80:tcp:http "
                + severity
                + " 73.54.23.243");
  }

  @Test
  @Tag("slow")
  void rowsAreThePublishedOnesAfterAnyOrderOfHours() throws Exception {
    var hours = hours();
    Map<String, List<String>> expected = Map.of();
    for (int seed = 0; seed < 3; seed++) {
      Collections.shuffle(hours, new Random(seed));
      var tester = tester();
      for (int i = 0; i < hours.size(); i++) {
        tester.process(hours.get(i));
        if (i == 20 + seed) {
          tester.closeWindows();
        }
      }
      tester.closeWindows();
      hasThePublishedRow(tester, "run", "critical 0.9");
      // Within its own hours a window does not know how old a destination is.
      hasThePublishedRow(tester, LAST_WINDOW, "high 0.75");
      if (seed == 0) {
        expected = written(tester);
      } else {
        assertThat(written(tester)).isEqualTo(expected);
      }
    }
    var days = tester();
    for (var day : days()) {
      days.process(day);
    }
    days.closeWindows();
    assertThat(written(days)).as("a batch of a day is one of its hours").isEqualTo(expected);
  }

  @Test
  void rowsAreThePublishedOnesAndOneConnectionIsLongIfOpenOnesAreRead() throws Exception {
    var tester = tester(hours());
    hasThePublishedRow(tester, "run", "critical 0.9");
    assertThat(longConnections(tester)).containsExactly("270036.631115");
    var closed = new ArrayList<LogDirectory>();
    for (var hour : hours()) {
      var names =
          hour.logs().stream()
              .map(log -> log.file().getFileName().toString())
              .filter(name -> !name.startsWith("open_"))
              .toList();
      closed.add(LogDirectory.of(hour.path(), names));
    }
    assertThat(longConnections(tester(closed))).isEmpty();
  }

  private static HookTester tester(List<LogDirectory> batches) throws Exception {
    var tester = tester();
    for (var batch : batches) {
      tester.process(batch);
    }
    return tester.closeWindows();
  }

  private static List<String> longConnections(HookTester tester) {
    return WrittenRows.ofRun(tester, "total_duration").stream()
        .filter(duration -> Double.parseDouble(duration) >= 3600)
        .toList();
  }

  @Test
  void aProxysConnectionsCountForNames() throws Exception {
    var tester = HookTester.of(new Beacons()).settings(new GivenSettings().get());
    tester.process(data("rita-proxy")).closeWindows();
    assertThat(
            WrittenRows.ofRun(
                tester,
                "fqdn",
                "src",
                "kind",
                "count",
                "proxy_count",
                "total_bytes",
                "total_duration"))
        .containsExactly(
            "www.google.com 10.136.0.18 sni 6 6 139385 0.725752",
            "www.honestimnotevil.com 10.136.0.18 sni 357 357 963595 12.454628");
    assertThat(
            WrittenRows.ofRun(
                tester, "fqdn", "score", "ts_score", "ds_score", "dur_score", "hist_score"))
        .anySatisfy(row -> assertThat(row).isEqualTo("www.google.com 0.586 0.48 0.865 1.0 0.0"));
    var evil = WrittenRows.ofRun(tester, "fqdn", "score").get(1);
    assertThat(Double.parseDouble(evil.substring(evil.indexOf(' '))))
        .isCloseTo(0.979, within(0.05));
  }
}
