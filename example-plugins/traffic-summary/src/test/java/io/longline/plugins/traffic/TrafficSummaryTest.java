package io.longline.plugins.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.testing.HookTester;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficSummaryTest {

  private static final String HEADER =
      "#path\tconn\n#fields\tid.orig_h\tservice\torig_bytes\tresp_bytes\n#types\taddr\tstring\tcount\tcount\n";

  @TempDir Path folder;

  private final HookTester tester = HookTester.of(new TrafficSummary());

  private void process(String name, String rows) throws Exception {
    var directory = Files.createDirectories(folder.resolve(name));
    Files.writeString(directory.resolve("conn.log"), HEADER + rows);
    tester.process(directory);
  }

  @Test
  void addsUpOverAllDirectories() throws Exception {
    tester.allowBadLines();
    process("a", "10.0.0.1\tdns\t10\t20\n10.0.0.1\t-\t-\t-\n");
    process("b", "10.0.0.2\tdns\t1\t2\n10.0.0.1\tssl\t100\t200\nbad row\n");
    tester.exit();
    assertThat(tester.written("traffic-summary").stream().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "Traffic of 2 directories",
            "",
            "service connections bytes sent bytes received",
            "ssl 1 100 200",
            "dns 2 11 22",
            "- 1 0 0",
            "",
            "top talkers connections bytes sent bytes received",
            "10.0.0.1 3 110 220",
            "10.0.0.2 1 1 2");
  }

  @Test
  void writesNoTableWithoutDirectories() throws Exception {
    tester.exit();
    assertThat(tester.written("traffic-summary")).isEmpty();
  }
}
