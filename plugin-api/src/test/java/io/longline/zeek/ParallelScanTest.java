package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelScanTest {

  @TempDir Path folder;

  private static final String AB =
      "#separator \\x09\n#path\tx\n#fields\ta\tb\n#types\tstring\tcount\n";
  private static final String BA = "#separator |\n#path|x\n#fields|b|a\n#types|count|string\n";

  private static ParallelScan.Result<List<String>> scan(Path file, int segmentBytes)
      throws IOException {
    return ParallelScan.of(file)
        .fields("a", "b")
        .threads(3)
        .minSegmentBytes(segmentBytes)
        .scan(
            ArrayList::new,
            (rows, record) -> rows.add(record.string(0) + "=" + record.integer(1)),
            (one, other) -> {
              one.addAll(other);
              return one;
            });
  }

  private static List<String> read(Path file) throws IOException {
    var rows = new ArrayList<String>();
    try (var reader = LogReader.builder(file).fields("a", "b").open()) {
      reader.forEach(record -> rows.add(record.string(0) + "=" + record.integer(1)));
    }
    return rows;
  }

  /** The rows and the report equal those of one reader, whatever the file and the segments. */
  @RepeatedTest(60)
  void readsTheSameAsOneReader(RepetitionInfo repetition) throws IOException {
    var random = new SplittableRandom(repetition.getCurrentRepetition());
    boolean isJson = random.nextInt(3) == 0;
    var text = new StringBuilder(isJson ? "" : AB);
    boolean isSwapped = false;
    for (int i = 0; i < 400; i++) {
      if (!isJson && random.nextInt(60) == 0) {
        isSwapped = !isSwapped;
        text.append(isSwapped ? BA : AB);
      }
      if (random.nextInt(40) == 0) {
        text.append(random.nextBoolean() ? "broken\n" : "\n");
      }
      var cell = "v".repeat(1 + random.nextInt(30)) + i;
      if (isJson) {
        text.append("{\"a\":\"%s\",\"b\":%d}\n".formatted(cell, i));
      } else {
        text.append(isSwapped ? i + "|" + cell : cell + "\t" + (random.nextInt(50) == 0 ? "x" : i))
            .append('\n');
      }
    }
    var file = Files.writeString(folder.resolve("x.log"), text);
    var result = scan(file, 200 + random.nextInt(3_000));
    assertThat(result.value()).isEqualTo(read(file));
    try (var reader = LogReader.builder(file).fields("a", "b").open()) {
      reader.forEach(record -> record.integer(1));
      assertThat(result.report()).isEqualTo(reader.report());
    }
  }

  @Test
  void readsCompressedAndEmptyFilesWithOneThread() throws IOException {
    var file = folder.resolve("x.log.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((AB + "v\t1\n".repeat(5_000)).getBytes(UTF_8));
    }
    assertThat(scan(file, 100).value()).hasSize(5_000);
    assertThat(scan(Files.createFile(folder.resolve("empty.log")), 100).value()).isEmpty();
  }

  @Test
  void reportsTheExceptionOfAnAccumulation() throws IOException {
    var file = Files.writeString(folder.resolve("x.log"), AB + "v\t1\n".repeat(100));
    assertThatThrownBy(
            () ->
                ParallelScan.of(file)
                    .scan(
                        () -> 0,
                        (sum, record) -> {
                          throw new UnsupportedOperationException("no");
                        },
                        Integer::sum))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("no");
  }
}
