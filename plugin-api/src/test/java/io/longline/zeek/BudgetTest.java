package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile logs of all shapes have a budget: a heap that does not depend on the log, and a time for
 * each byte. The time is generous, so that a busy machine stays within it; what takes quadratic
 * time, or for ever, does not.
 */
@Tag("slow")
class BudgetTest {

  /** Ten times what the slowest shape takes on an idle machine. */
  private static final double MILLIS_PER_BYTE = 0.05;

  private static final long MILLIS_AT_LEAST = 5_000;
  private static final int SEEDS = 3;

  /** A window of twice the longest row allowed here, its cells, and the JVM. */
  private static final String HEAP = "-Xmx64m";

  private static final String STACK = "-Xss512k";

  @TempDir Path folder;

  @Test
  @Timeout(900)
  void noShapeOfLogExceedsItsBudget() throws Exception {
    var lines = probe(1);
    assertThat(lines).hasSize(SEEDS * HostileLogs.SHAPES);
    for (var line : lines) {
      var parts = line.split("\t", -1);
      long budget = MILLIS_AT_LEAST + (long) (Long.parseLong(parts[1]) * MILLIS_PER_BYTE);
      assertThat(Long.parseLong(parts[2])).as(line).isLessThan(budget);
    }
  }

  private List<String> probe(long firstSeed) throws IOException, InterruptedException {
    var out = folder.resolve("out").toFile();
    var err = folder.resolve("err").toFile();
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                STACK,
                "-cp",
                classPath(),
                BudgetProbe.class.getName(),
                Long.toString(firstSeed),
                Integer.toString(SEEDS))
            .redirectOutput(out)
            .redirectError(err)
            .start();
    try {
      boolean hasEnded = process.waitFor(14, TimeUnit.MINUTES);
      assertThat(hasEnded).as(() -> text(out)).isTrue();
      assertThat(process.exitValue()).as(() -> text(out) + text(err)).isZero();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(out.toPath(), UTF_8);
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static String text(File file) {
    try {
      return Files.readString(file.toPath(), UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
