package io.longline.plugins.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.ExtractedFiles;
import io.longline.api.LogDirectory;
import io.longline.api.testing.RecordingContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficSummaryTest {

  private static final String HEADER =
      "#path\tconn\n#fields\tid.orig_h\tservice\torig_bytes\tresp_bytes\n#types\taddr\tstring\tcount\tcount\n";

  @TempDir Path folder;

  private final TrafficSummary hook = new TrafficSummary();
  private final RecordingContext context =
      new RecordingContext(Clock.systemUTC(), ExtractedFiles.none());

  private void process(String name, String rows) throws Exception {
    var directory = Files.createDirectories(folder.resolve(name));
    Files.writeString(directory.resolve("conn.log"), HEADER + rows);
    context.process(hook, LogDirectory.of(directory));
  }

  @Test
  void addsUpOverAllDirectories() throws Exception {
    process("a", "10.0.0.1\tdns\t10\t20\n10.0.0.1\t-\t-\t-\n");
    process("b", "10.0.0.2\tdns\t1\t2\n10.0.0.1\tssl\t100\t200\nbad row\n");
    hook.exit(context);
    assertThat(context.written("traffic-summary").stream().map(line -> line.replaceAll(" +", " ")))
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
    hook.exit(context);
    assertThat(context.written("traffic-summary")).isEmpty();
  }
}
