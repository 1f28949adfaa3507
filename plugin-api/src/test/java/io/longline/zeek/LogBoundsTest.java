package io.longline.zeek;

import static io.longline.zeek.TestLogs.HEADER;
import static io.longline.zeek.TestLogs.ROW;
import static io.longline.zeek.TestLogs.reader;
import static io.longline.zeek.TestLogs.rows;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logs that are made to take more memory or time than their length allows. */
@Timeout(60)
class LogBoundsTest {

  private static byte[] gzip(byte[] plain) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }

  private static LogReader.Builder bytes(byte[] log) {
    return LogReader.builder("test.log", new ByteArrayInputStream(log));
  }

  /** Hands out a few bytes at a time. */
  private static InputStream drops(byte[] bytes, int most) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, Math.min(length, most));
      }
    };
  }

  @Test
  void readsGzipOfManyEmptyMembers() throws IOException {
    var log = new ByteArrayOutputStream();
    var empty = gzip(new byte[0]);
    for (int i = 0; i < 200_000; i++) {
      log.write(empty);
    }
    log.write(gzip((HEADER + ROW).getBytes(UTF_8)));
    log.write(empty);
    try (var reader = bytes(log.toByteArray()).open()) {
      assertThat(rows(reader)).hasSize(1);
      assertThat(reader.report().isDamaged()).isFalse();
    }
  }

  @Test
  void readsGzipWithAMemberForEachByte() throws IOException {
    var log = new ByteArrayOutputStream();
    for (byte b : (HEADER + ROW.repeat(2_000)).getBytes(UTF_8)) {
      log.write(gzip(new byte[] {b}));
    }
    try (var reader = bytes(log.toByteArray()).open()) {
      assertThat(rows(reader)).hasSize(2_000);
    }
  }

  @Test
  void skipsLongNamesAndCommentsInHeadersOfGzip() throws IOException {
    var plain = gzip((HEADER + ROW).getBytes(UTF_8));
    var log = new ByteArrayOutputStream();
    log.write(plain, 0, 3);
    log.write(4 | 8 | 16 | 2);
    log.write(plain, 4, 6);
    log.write(new byte[] {(byte) 0xFF, (byte) 0xFF});
    log.write(new byte[0xFFFF]);
    for (int i = 0; i < 2; i++) {
      log.write("n".repeat(8_000_000).getBytes(UTF_8));
      log.write(0);
    }
    log.write(new byte[2]);
    log.write(plain, 10, plain.length - 10);
    try (var reader = bytes(log.toByteArray()).open()) {
      assertThat(rows(reader)).hasSize(1);
      assertThat(reader.report().isDamaged()).isFalse();
    }
  }

  @Test
  void handsOutWhatComesBeforeDamage() throws IOException {
    var log = new ByteArrayOutputStream();
    log.write(gzip((HEADER + ROW).getBytes(UTF_8)));
    var second = gzip(ROW.getBytes(UTF_8));
    second[second.length - 6] ^= 1;
    log.write(second);
    try (var reader = bytes(log.toByteArray()).open()) {
      assertThat(rows(reader)).hasSize(2);
      assertThat(reader.report().damage()).contains("damaged");
    }
  }

  @Test
  void readsZstdThatStartsWithFramesToSkip() throws IOException {
    var log = new ByteArrayOutputStream();
    for (int i = 0; i < 100_000; i++) {
      log.write(new byte[] {0x50, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 'x', 'x'});
      log.write(com.github.luben.zstd.Zstd.compress(new byte[0]));
    }
    log.write(com.github.luben.zstd.Zstd.compress((HEADER + ROW).getBytes(UTF_8)));
    try (var reader = bytes(log.toByteArray()).open()) {
      assertThat(rows(reader)).hasSize(1);
      assertThat(reader.report().isDamaged()).isFalse();
    }
  }

  @Test
  void looksAtALongRowOnceHoweverItArrives() throws IOException {
    var cell = "a".repeat(8_000_000);
    var tsv = ("#fields\ta\tb\n#types\tstring\tstring\n" + cell + "\tx\n").getBytes(UTF_8);
    try (var reader = LogReader.builder("test.log", drops(tsv, 100)).open()) {
      assertThat(rows(reader)).containsExactly(cell + "|x");
    }
    var json = ("{\"a\":\"" + cell + "\"}\n").getBytes(UTF_8);
    try (var reader = LogReader.builder("test.log", drops(json, 100)).open()) {
      assertThat(rows(reader)).containsExactly(cell);
    }
  }

  @Test
  void keepsABoundedNumberOfKeys() throws IOException {
    var log = new StringBuilder();
    for (int i = 0; i < 2 * LogBounds.MAX_KEYS; i++) {
      log.append("{\"k").append(i).append("\":1}\n");
    }
    log.append("{\"k7\":2}\n");
    try (var reader = reader(log.toString()).open()) {
      long rows = 0;
      for (var record = reader.next(); record != null; record = reader.next()) {
        rows++;
      }
      assertThat(rows).isEqualTo(LogBounds.MAX_KEYS + 1);
      assertThat(reader.schema().fields()).hasSize(LogBounds.MAX_KEYS);
      assertThat(reader.report().badLines()).isEqualTo(LogBounds.MAX_KEYS);
      assertThat(reader.report().summary()).contains("line 5001: The key k5000 is a new one");
    }
  }

  @Test
  void refusesLongKeys() throws IOException {
    var log = "{\"a\":1}\n{\"" + "k".repeat(1_001) + "\":1}\n{\"a\":2}\n";
    try (var reader = reader(log).fields("a").open()) {
      assertThat(rows(reader)).containsExactly("1", "2");
      assertThat(reader.report().summary()).contains("line 2: A key is longer than 1000 bytes");
    }
  }

  @Test
  void refusesHeadersOfTooManyColumns() throws IOException {
    var names =
        IntStream.rangeClosed(0, LogBounds.MAX_COLUMNS)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining("\t"));
    try (var reader = reader("#fields\t" + names + "\n" + names + "\n" + HEADER + ROW).open()) {
      assertThat(rows(reader)).hasSize(1);
      assertThat(reader.report().badLines()).isEqualTo(2);
      assertThat(reader.report().summary()).contains("more than 10000 columns");
    }
  }

  @Test
  void refusesLongNamesAndMarkersOfHeaders() throws IOException {
    var longName = "n".repeat(5_000_000);
    try (var reader = reader("#fields\ta\t" + longName + "\nx\ty\n").open()) {
      assertThat(rows(reader)).isEmpty();
      assertThat(reader.report().summary()).contains("5000000 bytes, and a name may have 1000");
    }
    for (var line : new String[] {"path", "unset_field", "empty_field", "set_separator", "open"}) {
      var header = "#" + line + "\t" + longName + "\n#fields\ta\n";
      try (var reader = reader(header + "x\n").open()) {
        assertThat(rows(reader)).as(line).containsExactly("x");
        assertThat(reader.report().summary()).contains("#" + line + " has 5000000 bytes");
      }
    }
    var separator = "a".repeat(1_000_000);
    try (var reader = reader("#separator " + separator + "\n#fields\ta\n" + separator).open()) {
      assertThat(rows(reader)).containsExactly(separator);
      assertThat(reader.report().summary()).contains("#separator has 1000000 bytes");
    }
  }

  @Test
  void headerLinesCostNoMoreThanTheirLength() throws IOException {
    var names = IntStream.range(0, 10_000).mapToObj(i -> "c" + i).collect(Collectors.joining("\t"));
    var log = "#fields\t" + names + "\n" + "#path\ta\nx\n#unset_field\t-\nx\n".repeat(100_000);
    try (var reader = reader(log).open()) {
      assertThat(rows(reader)).isEmpty();
      assertThat(reader.report().badLines()).isEqualTo(200_000);
    }
  }

  @Test
  void cutsWhatMessagesQuote() {
    var problem = new ZeekFormatException("f.log", 1, "c".repeat(2_000), "r".repeat(2_000));
    assertThat(problem.reason()).hasSize(1_001).endsWith("…");
    assertThat(problem.getMessage()).hasSizeLessThan(2_100);
  }

  @Test
  void refusesSchemasOfTooManyColumns() {
    var schema = LogSchema.builder("x");
    for (int i = 0; i < 10_000; i++) {
      schema.field("c" + i, "string");
    }
    assertThatThrownBy(() -> schema.field("one-more", "string"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The log x has more than 10000 columns, the most that a log may have.");
    assertThatThrownBy(() -> LogSchema.builder("x").field("n".repeat(1_001), "string"))
        .hasMessageContaining("has 1001 characters; it may have 1000");
  }

  @Test
  void readsBlocksOfRowsWithManyColumns() throws IOException {
    var names = IntStream.range(0, 9_000).mapToObj(i -> "c" + i).collect(Collectors.joining("\t"));
    var log = new StringBuilder("#fields\t" + names + "\n");
    for (int i = 0; i < 300; i++) {
      log.append(names).append('\n');
    }
    try (var reader = reader(log.toString()).open()) {
      var block = HostAccess.block(reader, 2_048);
      long rows = 0;
      while (block.next()) {
        assertThat(block.size() * 9_000).isLessThan(256 * 1024);
        rows += block.size();
      }
      assertThat(rows).isEqualTo(300);
    }
  }
}
