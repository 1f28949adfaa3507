package io.longline.zeek;

import static io.longline.zeek.TestLogs.HEADER;
import static io.longline.zeek.TestLogs.ROW;
import static io.longline.zeek.TestLogs.reader;
import static io.longline.zeek.TestLogs.rows;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Compressed logs, whole and damaged. */
class LogReaderCompressionTest {

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void readsGzipOfSeveralMembers() throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.write(gzip("#fields\ta\n#types\tstring\n1\n2"));
    bytes.write(gzip("3\n4\n"));
    InputStream in = new ByteArrayInputStream(bytes.toByteArray());
    try (var reader = LogReader.builder("test.log.gz", in).open()) {
      assertThat(rows(reader)).containsExactly("1", "23", "4");
    }
  }

  @Test
  void readsATruncatedGzipAsFarAsItGoesAndReportsIt() throws IOException {
    var text = new StringBuilder("#fields\ta\n#types\tstring\n");
    for (int i = 0; i < 5_000; i++) {
      text.append(Integer.toHexString(i * 7919)).append('\n');
    }
    var whole = gzip(text.toString());
    var in = new ByteArrayInputStream(Arrays.copyOf(whole, whole.length / 2));
    try (var reader = LogReader.builder("test.log.gz", in).open()) {
      assertThat(rows(reader)).hasSizeBetween(1_000, 4_000);
      assertThat(reader.report().damage()).isEqualTo("the compressed stream is cut off");
      assertThat(reader.report().isDamaged()).isTrue();
    }
  }

  @Test
  void readsZstd() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zstd = new com.github.luben.zstd.ZstdOutputStream(bytes)) {
      zstd.write((HEADER + ROW.repeat(1_000)).getBytes(UTF_8));
    }
    var whole = bytes.toByteArray();
    try (var reader = LogReader.builder("test.log.zst", new ByteArrayInputStream(whole)).open()) {
      assertThat(rows(reader)).hasSize(1_000);
      assertThat(reader.report().damage()).isNull();
    }
    var cut = new ByteArrayInputStream(Arrays.copyOf(whole, whole.length - 5));
    try (var reader = LogReader.builder("test.log.zst", cut).open()) {
      rows(reader);
      assertThat(reader.report().damage()).contains("the compressed stream is damaged");
    }
  }
}
