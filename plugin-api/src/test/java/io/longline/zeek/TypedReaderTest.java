package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedReaderTest {

  @TempDir Path folder;

  record Everything(
      Instant ts,
      @Column("id.orig_h") InetAddress originator,
      @Column(value = "id.orig_p", type = "port") int port,
      Boolean local,
      Long bytes,
      Double score,
      Duration took,
      String text,
      Subnet net,
      List<String> names,
      Set<String> tags) {}

  record Small(String a, long n) {
    Small {
      if (n > 100) {
        throw new IllegalArgumentException("n is over 100");
      }
    }
  }

  record Odd(Thread thread) {}

  private static <T extends Record> List<T> read(TypedReader<T> reader) throws IOException {
    var rows = new ArrayList<T>();
    for (var row = reader.next(); row != null; row = reader.next()) {
      rows.add(row);
    }
    return rows;
  }

  private static LogReader.Builder log(String text) {
    return LogReader.builder("test.log", new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsTheRecordsThatWereWritten(boolean isJson) throws IOException {
    var full =
        new Everything(
            Instant.parse("2024-04-29T20:00:00.040740Z"),
            InetAddress.getByName("10.0.0.1"),
            443,
            true,
            5_000_000_000L,
            0.5,
            Duration.ofMillis(-1500),
            "a\tb",
            new Subnet(InetAddress.getByName("10.0.0.0"), 8),
            List.of("x,y", "z"),
            Set.of("one"));
    var empty =
        new Everything(Instant.EPOCH, null, 0, null, null, null, null, null, null, null, null);
    var out = new ByteArrayOutputStream();
    var format = isJson ? JsonFormat.ZEEK : TsvFormat.ZEEK;
    try (var writer = TypedWriter.to(out, "test", format, Everything.class)) {
      writer.write(full);
      writer.write(empty);
    }
    try (var reader = TypedReader.open(log(out.toString(UTF_8)), Everything.class)) {
      assertThat(read(reader)).containsExactly(full, empty);
    }
    if (!isJson) {
      assertThat(out.toString(UTF_8))
          .contains(
              "#types\ttime\taddr\tport\tbool\tcount\tdouble\tinterval\tstring\tsubnet\tvector[string]\tset[string]\n");
    }
  }

  @Test
  void countsAndSkipsRowsThatAreNotRecords() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("x.log"),
            "#fields\tn\ta\n#types\tcount\tstring\n1\tx\n-\ty\n200\tz\nq\tv\n2\t-\n");
    try (var reader = TypedReader.open(file, Small.class)) {
      assertThat(read(reader)).containsExactly(new Small("x", 1), new Small(null, 2));
      assertThat(reader.report().badLines()).isEqualTo(3);
      assertThat(reader.report().problems())
          .extracting(ReadReport.Problem::reason)
          .anyMatch(reason -> reason.contains("n cannot be null"))
          .anyMatch(reason -> reason.contains("n is over 100"));
    }
  }

  @Test
  void aStrictReaderStopsAtTheFirstSuchRow() throws IOException {
    var text = "#fields\tn\ta\n#types\tcount\tstring\n-\ty\n";
    try (var reader = TypedReader.open(log(text).strict(true), Small.class)) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(ZeekFormatException.class)
          .hasMessageContaining("line 3");
    }
  }

  @Test
  void rejectsATypeThatNoColumnHas() {
    assertThatThrownBy(() -> TypedReader.open(log(""), Odd.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The component thread of")
        .hasMessageContaining("java.lang.Thread");
  }
}
