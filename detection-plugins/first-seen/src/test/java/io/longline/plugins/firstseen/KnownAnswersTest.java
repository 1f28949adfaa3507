package io.longline.plugins.firstseen;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.testing.HookTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of new values that an independent program counted in three days of logs. */
class KnownAnswersTest {

  private static final List<String> DAYS = List.of("2024-04-19", "2024-04-20", "2024-04-21");

  /** Of each kind, the new values of the three days by the dates of the files. */
  private static final Map<Kind, List<Integer>> NEW =
      Map.of(
          Kind.SOURCE, List.of(7_620, 4_007, 3_364),
          Kind.DESTINATION, List.of(372, 262, 242),
          Kind.PAIR, List.of(7_981, 4_262, 3_602),
          Kind.FQDN, List.of(205, 184, 145),
          Kind.HTTP_HOST, List.of(47, 3, 2),
          Kind.USER_AGENT, List.of(413, 208, 154),
          Kind.SNI, List.of(5, 1, 2));

  @TempDir Path temporary;

  private static HookTester tester() {
    return HookTester.of(new FirstSeen())
        .settings(Given.settings(Duration.ofDays(7), Optional.empty()))
        .allowBadLines()
        .allowMissing();
  }

  /** The folders of the hours of a day. */
  private List<Path> hours(String day) throws IOException {
    var logs = SharedData.require("detections/rita-missing-host").resolve(day);
    var hours = new TreeMap<String, Path>();
    try (var files = Files.list(logs)) {
      for (var file : files.toList()) {
        var name = file.getFileName().toString();
        int dot = name.indexOf('.');
        var hour = name.substring(dot + 1, dot + 3);
        var folder = Files.createDirectories(temporary.resolve(day + "-" + hour));
        Files.copy(file, folder.resolve(name));
        hours.put(hour, folder);
      }
    }
    return List.copyOf(hours.values());
  }

  private static Map<String, Integer> counts(HookTester tester) {
    var counts = new TreeMap<String, Integer>();
    for (var row : tester.written("first_seen/run")) {
      counts.merge(row.split("\t", -1)[1], 1, Integer::sum);
    }
    return counts;
  }

  @Test
  void valuesThatAreNewEachDay() throws Exception {
    var tester = tester();
    for (int day = 0; day < DAYS.size(); day++) {
      tester.process(SharedData.require("detections/rita-missing-host").resolve(DAYS.get(day)));
      var counts = counts(tester.closeWindows());
      for (var kind : NEW.keySet()) {
        int expected = NEW.get(kind).stream().limit(day + 1).mapToInt(Integer::intValue).sum();
        assertThat(counts.get(kind.word())).as(kind + " until day " + day).isEqualTo(expected);
      }
    }
    assertThat(tester.findings()).isEmpty();
    assertThat(tester.remarks()).isEmpty();
  }

  @Test
  @Tag("slow")
  void anyOrderOfHoursGivesTheSameRows() throws Exception {
    var hours = new ArrayList<Path>();
    for (var day : DAYS) {
      hours.addAll(hours(day));
    }
    assertThat(hours).hasSize(72);
    List<String> expected = null;
    for (long seed : new long[] {0, 1}) {
      var tester = tester();
      if (seed > 0) {
        Collections.shuffle(hours, new Random(seed));
      }
      for (var hour : hours) {
        tester.process(hour);
      }
      var rows = tester.closeWindows().written("first_seen/run");
      for (var kind : NEW.keySet()) {
        assertThat(counts(tester).get(kind.word()))
            .as(kind.word())
            .isEqualTo(NEW.get(kind).stream().mapToInt(Integer::intValue).sum());
      }
      assertThat(rows).isEqualTo(expected == null ? rows : expected);
      expected = rows;
    }
  }
}
