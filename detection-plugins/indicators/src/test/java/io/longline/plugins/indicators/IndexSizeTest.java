package io.longline.plugins.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** 1.7 million indicators are read and searched in a process with a heap of 80 MB. */
@Tag("slow")
class IndexSizeTest {

  private static final int ADDRESSES = 1_000_000;
  private static final int NAMES = 600_000;
  private static final int URLS = 100_000;

  @TempDir Path folder;

  @Test
  @Timeout(300)
  void millionsOfIndicatorsNeedLittleMemory() throws Exception {
    var feed = folder.resolve("large.intel");
    write(feed);
    var out = folder.resolve("out");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx80m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                IndexProbe.class.getName(),
                feed.toString())
            .redirectOutput(out.toFile())
            .redirectErrorStream(false)
            .redirectError(folder.resolve("err").toFile())
            .start();
    try {
      assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue())
          .as(() -> folder.resolve("err").toFile().length() + " bytes of messages")
          .isZero();
    } finally {
      process.destroyForcibly();
    }
    var lines = Files.readAllLines(out).stream().map(Long::parseLong).toList();
    System.out.println("indicators, MB, matches, bytes, ns, matches of others: " + lines);
    assertThat(lines.get(0)).isEqualTo(ADDRESSES + NAMES + URLS);
    assertThat(lines.get(1)).as("megabytes").isLessThan(60);
    assertThat(lines.get(2)).isEqualTo(ADDRESSES);
    assertThat(lines.get(3)).as("bytes allocated by 5.5 million searches").isLessThan(100_000);
    // Generous, so that a busy machine stays within it.
    assertThat(lines.get(4)).as("nanoseconds for a search").isLessThan(5_000);
    assertThat(lines.get(5)).isZero();
  }

  private static void write(Path feed) throws Exception {
    try (var out = Files.newBufferedWriter(feed)) {
      out.write("#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\n");
      for (int i = 0; i < ADDRESSES; i++) {
        out.write(
            "1.%d.%d.%d\tIntel::ADDR\tsource%d\tdescription %d\n"
                .formatted(i >> 16, i >> 8 & 0xFF, i & 0xFF, i % 40, i));
      }
      for (int i = 0; i < NAMES; i++) {
        out.write("host%d.evil%d.example\tIntel::DOMAIN\tnames\t-\n".formatted(i, i % 1_000));
      }
      for (int i = 0; i < URLS; i++) {
        out.write("evil%d.example/path/%d\tIntel::URL\turls\t-\n".formatted(i % 1_000, i));
      }
    }
  }
}
