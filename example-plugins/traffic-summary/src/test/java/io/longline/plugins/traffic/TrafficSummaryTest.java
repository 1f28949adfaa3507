package io.longline.plugins.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.testing.HookTester;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficSummaryTest {

  private static final String HEADER =
      "#path\tconn\n#fields\tts\tid.orig_h\tservice\torig_bytes\tresp_bytes\n#types\ttime\taddr\tstring\tcount\tcount\n";

  /** 29 and 30 April 2024, UTC. */
  private static final String DAY = "1714392000.000000\t";

  private static final String NEXT_DAY = "1714478400.000000\t";

  @TempDir Path folder;

  private final HookTester tester = HookTester.of(new TrafficSummary());

  private void process(String name, String rows) throws Exception {
    var directory = Files.createDirectories(folder.resolve(name));
    Files.writeString(directory.resolve("conn.log"), HEADER + rows);
    tester.process(directory);
  }

  private List<String> written(String window) {
    return tester.written("traffic-summary/" + window).stream()
        .map(line -> line.replaceAll(" +", " "))
        .toList();
  }

  @Test
  void addsUpOverAllDirectoriesByDay() throws Exception {
    tester.allowBadLines();
    process("a", DAY + "10.0.0.1\tdns\t10\t20\n" + NEXT_DAY + "10.0.0.1\t-\t-\t-\n");
    process(
        "b",
        DAY
            + "10.0.0.2\tdns\t1\t2\n"
            + DAY
            + "10.0.0.1\tssl\t100\t200\nbad row\n-\t10.0.0.1\tssl\t1\t1\n");
    tester.closeWindows();
    assertThat(written("2024-04-29"))
        .containsExactly(
            "Traffic of 2024-04-29 (UTC)",
            "",
            "service connections bytes sent bytes received",
            "ssl 1 100 200",
            "dns 2 11 22",
            "",
            "top talkers connections bytes sent bytes received",
            "10.0.0.1 2 110 220",
            "10.0.0.2 1 1 2");
    assertThat(written("2024-04-30"))
        .contains("Traffic of 2024-04-30 (UTC)", "- 1 0 0", "10.0.0.1 1 0 0");
    assertThat(written("run"))
        .contains("Traffic of the whole run", "ssl 1 100 200", "dns 2 11 22", "- 1 0 0")
        .contains("10.0.0.1 3 110 220");
  }

  @Test
  void aDayIsAddedUpAgainWhenItGetsMore() throws Exception {
    process("a", DAY + "10.0.0.1\tdns\t10\t20\n");
    tester.closeWindows();
    process("b", DAY + "10.0.0.1\tdns\t1\t2\n");
    tester.closeWindows();
    assertThat(written("2024-04-29")).contains("dns 2 11 22").doesNotContain("dns 1 10 20");
  }

  @Test
  void keepsTheLargest() throws Exception {
    var rows = new StringBuilder();
    for (int i = 1; i <= 150; i++) {
      rows.append(DAY).append("10.0.0.%d\tservice-%03d\t%d\t0\n".formatted(i, i, i));
    }
    process("a", rows.toString());
    tester.closeWindows();
    assertThat(written("run"))
        .contains("service-150 1 150 0", "service-051 1 51 0", "(and 50 with less)")
        .doesNotContain("service-050 1 50 0")
        .contains("10.0.0.141 1 141 0", "(and 140 with less)")
        .doesNotContain("10.0.0.140 1 140 0");
  }

  @Test
  void aLogMayClaimAnything() throws Exception {
    var most = Long.toString(Long.MAX_VALUE);
    process(
        "a",
        DAY
            + "10.0.0.1\t"
            + "x".repeat(50_000)
            + "\t"
            + most
            + "\t0\n"
            + DAY
            + "10.0.0.1\tdns\t"
            + most
            + "\t1\n");
    tester.closeWindows();
    assertThat(written("run"))
        .contains("x".repeat(100) + "… 1 " + most + " 0", "10.0.0.1 2 " + most + " 1");
  }

  /** Of a clock that is wrong, or of a log that is: such a line costs itself alone. */
  @Test
  void aTimeThatNoWindowHasIsABadLine() throws Exception {
    tester.allowBadLines();
    process(
        "a",
        DAY
            + "10.0.0.1\tdns\t10\t20\n"
            + "253402300800.0\t10.0.0.1\tdns\t1\t1\n"
            + "-62135596801.0\t10.0.0.1\tdns\t1\t1\n");
    tester.closeWindows();
    assertThat(written("run")).contains("dns 1 10 20");
  }

  @Test
  void writesNoTableWithoutDirectories() throws Exception {
    tester.closeWindows();
    assertThat(tester.outputs()).isEmpty();
  }
}
