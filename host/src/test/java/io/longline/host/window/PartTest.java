package io.longline.host.window;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.Combiner;
import io.longline.api.Windows;
import io.longline.api.internal.Panes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Facts that are sorted into parts, and parts that are merged. */
class PartTest {

  private static final long HOUR = 3_600_000_000L;

  @TempDir Path folder;

  private int parts;

  private record Row(String key, long time, String value) implements Comparable<Row> {

    @Override
    public int compareTo(Row other) {
      int order = key.compareTo(other.key);
      order = order != 0 ? order : Long.compare(time, other.time);
      return order != 0 ? order : value.compareTo(other.value);
    }
  }

  private static Panes panes() {
    return new Panes(List.of(Windows.sliding(Duration.ofHours(3), Duration.ofHours(1))));
  }

  private FactSorter sorter(@Nullable Combiner combiner) {
    return new FactSorter(folder.resolve("staging"), panes(), combiner);
  }

  private PartFile finish(FactSorter sorter) throws IOException {
    parts++;
    var file = folder.resolve("part-" + parts);
    try (var out = Files.newOutputStream(file)) {
      assertThat(sorter.finish(out)).isTrue();
    }
    return new PartFile(file, 0, Files.size(file), "/logs/" + parts);
  }

  private List<Row> read(List<PartFile> files, long start, long end) throws IOException {
    var rows = new ArrayList<Row>();
    try (var facts = MergedWindow.open(files, start, end, folder.resolve("staging"))) {
      while (facts.nextKey()) {
        while (facts.next()) {
          rows.add(new Row(facts.key(), facts.time(), new String(facts.value(), UTF_8)));
        }
      }
    }
    assertThat(stagedFiles()).isEmpty();
    return rows;
  }

  private List<Path> stagedFiles() throws IOException {
    var staging = folder.resolve("staging");
    if (!Files.exists(staging)) {
      return List.of();
    }
    try (var files = Files.list(staging)) {
      return files.toList();
    }
  }

  /** Rows of some hours, with many equal keys and times. */
  private static List<Row> rows(Random random, int count) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < count; i++) {
      var key = "key-" + random.nextInt(50);
      rows.add(
          new Row(key, random.nextInt(6) * HOUR + random.nextInt(20), "v" + random.nextInt(9)));
    }
    return rows;
  }

  private PartFile part(List<Row> rows) throws IOException {
    var sorter = sorter(null);
    for (var row : rows) {
      sorter.put(row.time(), row.key(), row.value().getBytes(UTF_8));
    }
    return finish(sorter);
  }

  private static List<Row> sorted(List<Row> rows, long start, long end) {
    return rows.stream().filter(row -> row.time() >= start && row.time() < end).sorted().toList();
  }

  @Test
  void aWindowHasTheFactsOfAllPartsInOneOrder() throws IOException {
    var random = new Random(1);
    var all = new ArrayList<Row>();
    var files = new ArrayList<PartFile>();
    // More sections than are merged at once.
    for (int i = 0; i < 120; i++) {
      var rows = rows(random, 200);
      all.addAll(rows);
      files.add(part(rows));
    }
    var backwards = new ArrayList<>(files);
    Collections.reverse(backwards);
    for (long start = -HOUR; start < 7 * HOUR; start += HOUR) {
      var expected = sorted(all, start, start + 3 * HOUR);
      assertThat(read(files, start, start + 3 * HOUR)).isEqualTo(expected);
      assertThat(read(backwards, start, start + 3 * HOUR)).isEqualTo(expected);
    }
    assertThat(read(files, Long.MIN_VALUE, Long.MAX_VALUE))
        .isEqualTo(sorted(all, Long.MIN_VALUE, Long.MAX_VALUE));
  }

  @Test
  void factsThatDoNotFitInMemoryAreSortedInFiles() throws IOException {
    var random = new Random(2);
    var rows =
        rows(random, 30_000).stream()
            .map(row -> new Row(row.key(), row.time(), row.value() + "x".repeat(300)))
            .collect(toCollection(ArrayList::new));
    var sorter = sorter(null);
    for (var row : rows) {
      sorter.put(row.time(), row.key(), row.value().getBytes(UTF_8));
    }
    assertThat(stagedFiles()).hasSizeGreaterThan(3);
    assertThat(read(List.of(finish(sorter)), Long.MIN_VALUE, Long.MAX_VALUE))
        .isEqualTo(sorted(rows, Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static final Combiner SUM =
      (one, other) -> number(ByteBuffer.wrap(one).getLong() + ByteBuffer.wrap(other).getLong());

  @Test
  void aCombinerLeavesOneFactForEachKeyInAPane() throws IOException {
    var sorter = sorter(SUM);
    for (int i = 0; i < 200_000; i++) {
      sorter.put((i % 2) * HOUR + i % 7, "key-" + i % 10_000, number(1));
    }
    // Spilled, and combined again when the files are merged.
    assertThat(stagedFiles()).isNotEmpty();
    var part = finish(sorter);
    assertThat(part.sections()).hasSize(2);
    assertThat(part.sections()).allMatch(section -> section.facts() == 5_000);
    long sum = 0;
    try (var facts = MergedWindow.open(List.of(part), Long.MIN_VALUE, Long.MAX_VALUE, folder)) {
      while (facts.nextKey()) {
        assertThat(facts.next()).isTrue();
        assertThat(ByteBuffer.wrap(facts.value()).getLong()).isEqualTo(20);
        assertThat(facts.time() % HOUR).isLessThan(7);
        sum += ByteBuffer.wrap(facts.value()).getLong();
        assertThat(facts.next()).isFalse();
      }
    }
    assertThat(sum).isEqualTo(200_000);
  }

  @Test
  void keysThatAreNotReadAreLeftOut() throws IOException {
    var part = part(List.of(new Row("a", 1, "1"), new Row("a", 2, "2"), new Row("b", 1, "3")));
    try (var facts = MergedWindow.open(List.of(part), 0, 3 * HOUR, folder)) {
      assertThatThrownBy(facts::key).isInstanceOf(IllegalStateException.class);
      assertThat(facts.nextKey()).isTrue();
      assertThatThrownBy(facts::value).hasMessageContaining("next()");
      assertThat(facts.nextKey()).isTrue();
      assertThat(facts.key()).isEqualTo("b");
      assertThat(facts.next()).isTrue();
      assertThat(facts.value()).asString(UTF_8).isEqualTo("3");
      assertThat(facts.next()).isFalse();
      assertThat(facts.nextKey()).isFalse();
      assertThat(facts.nextKey()).isFalse();
    }
  }

  @Test
  void aCallWithoutFactsHasNoPart() throws IOException {
    try (var out = Files.newOutputStream(folder.resolve("part"))) {
      assertThat(sorter(null).finish(out)).isFalse();
    }
  }

  @Test
  void aByteThatHasChangedIsFound() throws IOException {
    var rows = rows(new Random(3), 300);
    var part = part(rows);
    var whole = Files.readAllBytes(part.file());
    for (int at = 0; at < whole.length; at++) {
      var damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(part.file(), damaged);
      assertThatThrownBy(() -> read(List.of(part), Long.MIN_VALUE, Long.MAX_VALUE))
          .as("byte %d", at)
          .isInstanceOf(DamagedPartException.class)
          .hasMessageContaining("/logs/1");
    }
    for (int length = 0; length < whole.length; length += 97) {
      Files.write(part.file(), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> read(List.of(part), Long.MIN_VALUE, Long.MAX_VALUE))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void ofAPartOnlyTheFactsOfTheWindowAreRead() throws IOException {
    var sorter = sorter(null);
    for (int hour = 0; hour < 3; hour++) {
      sorter.put(hour * HOUR, "key".getBytes(UTF_8), new byte[] {1});
    }
    var part = finish(sorter);
    var damaged = Files.readAllBytes(part.file());
    damaged[(int) part.sections().get(1).position()] ^= 0x10;
    Files.write(part.file(), damaged);
    assertThat(read(List.of(part), 0, HOUR)).hasSize(1);
    assertThat(read(List.of(part), 2 * HOUR, 3 * HOUR)).hasSize(1);
    assertThatThrownBy(() -> read(List.of(part), 0, 2 * HOUR))
        .isInstanceOf(DamagedPartException.class);
  }

  @Test
  @Tag("slow")
  void tenMillionFactsAreMergedInLittleMemory() throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                TenMillionFacts.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).isEqualTo("10000000 in order");
  }
}
