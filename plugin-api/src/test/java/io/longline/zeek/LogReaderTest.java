package io.longline.zeek;

import static io.longline.zeek.TestLogs.HEADER;
import static io.longline.zeek.TestLogs.ROW;
import static io.longline.zeek.TestLogs.first;
import static io.longline.zeek.TestLogs.reader;
import static io.longline.zeek.TestLogs.rows;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows and cells of TSV logs, and what a reader does about bad ones. */
class LogReaderTest {

  @Test
  void readsEachTypeWithItsAccessor() throws Exception {
    try (var reader = reader(HEADER + ROW).open()) {
      var record = first(reader);
      assertThat(record.time(0)).isEqualTo(Instant.parse("2024-04-29T20:00:00.040740Z"));
      assertThat(record.timeMicros(0)).isEqualTo(1_714_420_800_040_740L);
      assertThat(record.address(1)).hasToString("/10.0.0.1");
      assertThat(record.integer(2)).isEqualTo(443);
      assertThat(record.interval(3)).isEqualTo(Duration.ofNanos(-135_941_000));
      assertThat(record.string(4)).isEqualTo("ssl");
      assertThat(record.bool(5)).isTrue();
      assertThat(record.strings(6)).containsExactly("a", "b");
      assertThat(record.line()).isEqualTo(9);
      assertThat(record.file()).isEqualTo("test.log");
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void readsALastRowThatIsLongerThanAllBeforeItAndHasNoLineEnd() throws IOException {
    var a = "a".repeat(500);
    var b = "b".repeat(700);
    var logs =
        List.of(
            "#fields\tx\ty\n#types\tstring\tstring\n1\t2\n" + a + "\t" + b,
            "#separator ||\n#fields||x||y\n#types||string||string\n1||2\n" + a + "||" + b,
            "{\"x\":\"1\",\"y\":\"2\"}\n{\"x\":\"" + a + "\",\"y\":\"" + b + "\"}");
    for (var log : logs) {
      try (var reader = reader(log).open()) {
        assertThat(first(reader).string(1)).isEqualTo("2");
        var last = first(reader);
        assertThat(last.string(0)).isEqualTo(a);
        assertThat(last.string(1)).isEqualTo(b);
        assertThat(reader.next()).isNull();
        assertThat(reader.report().badLines()).isZero();
      }
    }
  }

  @Test
  void numbersColumnsByTheListOfFields() throws IOException {
    try (var reader = reader(HEADER + ROW).fields("service", "nope", "ts").open()) {
      var record = first(reader);
      assertThat(record.size()).isEqualTo(3);
      assertThat(record.string(0)).isEqualTo("ssl");
      assertThat(record.isUnset(1)).isTrue();
      assertThat(record.string(1)).isNull();
      assertThat(record.integer(1, 7)).isEqualTo(7);
      assertThat(record.string(2)).startsWith("1714420800");
      assertThat(record.indexOf("ts")).isEqualTo(2);
    }
  }

  @Test
  void distinguishesUnsetEmptyAndTheTextOfTheMarkers() throws IOException {
    var text =
        HEADER
            + "-\t-\t-\t-\t(empty)\t-\t(empty)\n"
            + "-\t-\t-\t-\t\\x2d\t-\t-,(empty),\\x28empty)\n";
    try (var reader = reader(text).open()) {
      var record = first(reader);
      assertThat(record.isUnset(0)).isTrue();
      assertThat(record.time(0)).isNull();
      assertThat(record.string(4)).isEmpty();
      assertThat(record.isEmpty(4)).isTrue();
      assertThat(record.strings(6)).isEmpty();
      record = first(reader);
      assertThat(record.string(4)).isEqualTo("-");
      assertThat(record.strings(6)).containsExactly(null, "", "(empty)");
    }
  }

  @Test
  void undoesEscapesBeforeItDecodesText() throws IOException {
    var cell = "a\\x09b\\\\x41\\n\\xc3\\xa4\\xff";
    try (var reader = reader("#fields\ts\n#types\tstring\n" + cell + "\n").open()) {
      var record = first(reader);
      assertThat(record.string(0)).isEqualTo("a\tb\\x41\\nä\uFFFD");
      assertThat(record.bytes(0)).isEqualTo("a\tb\\x41\\n\u00c3\u00a4\u00ff".getBytes(ISO_8859_1));
      assertThat(record.text(0)).isEqualTo(cell);
    }
  }

  @Test
  void readsCountsAboveTheSignedRange() throws IOException {
    try (var reader = reader("#fields\tn\n#types\tcount\n18446744073709551615\n").open()) {
      assertThat(Long.toUnsignedString(first(reader).integer(0))).isEqualTo("18446744073709551615");
    }
  }

  @Test
  void readsTimesWithExponentsAndBeforeTheEpoch() throws IOException {
    var text = "#fields\tt\n#types\ttime\n2.147484e+09\n-1.500000\n0.000000\n";
    try (var reader = reader(text).open()) {
      assertThat(first(reader).timeMicros(0)).isEqualTo(2_147_484_000_000_000L);
      assertThat(first(reader).timeMicros(0)).isEqualTo(-1_500_000L);
      assertThat(first(reader).timeMicros(0)).isZero();
    }
  }

  @Test
  void countsBadLinesAndContinues() throws IOException {
    var text = HEADER + ROW + "cut\t1\n" + "\n" + ROW;
    try (var reader = reader(text).open()) {
      assertThat(rows(reader)).hasSize(2);
      var report = reader.report();
      assertThat(report.badLines()).isEqualTo(1);
      assertThat(report.blankLines()).isEqualTo(1);
      assertThat(report.problems())
          .containsExactly(new ReadReport.Problem(10, null, "Expected 7 columns, found 2."));
      assertThat(report.summary())
          .isEqualTo("1 bad line; first: line 10: Expected 7 columns, found 2.");
    }
  }

  @Test
  void countsARowWhoseCellCannotBeReadAndContinues() throws IOException {
    var text = "#fields\ta\tb\n#types\tcount\tcount\n1\tx\n2\t3\n";
    var sums = new ArrayList<Long>();
    try (var reader = reader(text).open()) {
      reader.forEach(record -> sums.add(record.integer(1)));
      assertThat(sums).containsExactly(3L);
      assertThat(reader.report().badLines()).isEqualTo(1);
      assertThat(reader.report().problems().get(0).column()).isEqualTo("b");
    }
  }

  @Test
  void namesFileLineAndColumnOfABadCell() throws IOException {
    try (var reader = reader("#fields\ta\n#types\tcount\n12x\n").open()) {
      var record = first(reader);
      assertThatThrownBy(() -> record.integer(0))
          .isInstanceOf(ZeekFormatException.class)
          .hasMessage("test.log, line 3, column a: Expected a whole number, found \"12x\".");
    }
  }

  @Test
  void aStrictReaderStopsAtTheFirstBadLine() throws IOException {
    try (var reader = reader(HEADER + ROW + "cut\n" + ROW).strict(true).open()) {
      first(reader);
      assertThatThrownBy(reader::next)
          .isInstanceOf(ZeekFormatException.class)
          .hasMessageContaining("test.log, line 10");
    }
  }

  @Test
  void handsOutRowsWithSurplusColumns() throws IOException {
    try (var reader = reader("#fields\ta\tb\n#types\tstring\tstring\n1\t2\t3\n").open()) {
      assertThat(rows(reader)).containsExactly("1|2");
      assertThat(reader.report().longRows()).isEqualTo(1);
      assertThat(reader.report().isDamaged()).isTrue();
    }
  }

  @Test
  void anEmptyFileHasNoRow() throws IOException {
    try (var reader = reader("").open()) {
      assertThat(reader.next()).isNull();
      assertThat(reader.report().isDamaged()).isFalse();
    }
  }

  @Test
  void readsRowsLongerThanTheBuffer() throws IOException {
    var cell = "x".repeat(3_000_000);
    var text = "#fields\ta\tb\n#types\tstring\tstring\n1\t" + cell + "\n2\ty\n";
    try (var reader = reader(text).open()) {
      assertThat(first(reader).string(1)).hasSize(3_000_000);
      assertThat(first(reader).string(1)).isEqualTo("y");
    }
  }

  @Test
  void skipsRowsAboveTheLimitAndContinues() throws IOException {
    var text = "#fields\ta\n#types\tstring\n" + "x".repeat(1_000_000) + "\ny\n";
    try (var reader = reader(text).maxRowBytes(300_000).open()) {
      assertThat(rows(reader)).containsExactly("y");
      assertThat(reader.report().problems().get(0).reason()).contains("300000");
    }
  }

  /** The rows are the same, whatever the size of the pieces in which the input arrives. */
  @Test
  void doesNotDependOnHowTheInputIsCutIntoPieces() throws IOException {
    var text = (HEADER + ROW.repeat(20)).getBytes(UTF_8);
    for (int piece = 1; piece < 40; piece++) {
      int size = piece;
      var in =
          new ByteArrayInputStream(text) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
              return super.read(bytes, offset, Math.min(length, size));
            }

            @Override
            public boolean markSupported() {
              return false;
            }
          };
      try (var reader = LogReader.builder("test.log", in).open()) {
        assertThat(rows(reader)).hasSize(20);
        assertThat(reader.report().isDamaged()).isFalse();
      }
    }
  }

  @Test
  void passesOnTheReportWhenItIsClosed() throws IOException {
    var reports = new ArrayList<ReadReport>();
    try (var reader = reader(HEADER + ROW).onClose(reports::add).open()) {
      rows(reader);
    }
    assertThat(reports).singleElement().extracting(ReadReport::rows).isEqualTo(1L);
  }

  @Test
  void readsTypedElements() throws IOException {
    var text =
        "#fields\tt\ta\tn\n#types\tvector[interval]\tset[addr]\tvector[count]\n0.5,-,1.0\t10.0.0.1,::1\t(empty)\n-\t-\t7\n";
    try (var reader = reader(text).open()) {
      var record = first(reader);
      var times = record.elements(0);
      assertThat(times.size()).isEqualTo(3);
      assertThat(times.intervalMicros(0)).isEqualTo(500_000);
      assertThat(times.isUnset(1)).isTrue();
      assertThat(record.elements(1).address(1)).hasToString("/0:0:0:0:0:0:0:1");
      assertThat(record.elements(2).size()).isZero();
      record = first(reader);
      assertThat(record.elements(0).size()).isZero();
      assertThat(record.elements(2).integer(0)).isEqualTo(7);
    }
  }

  @Test
  void namesTheColumnOfABadElement() throws IOException {
    try (var reader = reader("#fields\tn\n#types\tset[count]\n1,x\n").open()) {
      var elements = first(reader).elements(0);
      assertThatThrownBy(() -> elements.integer(1))
          .hasMessage("test.log, line 3, column n: Expected a whole number, found \"x\".");
    }
  }

  @Test
  void readsSubnetsAndAddressesWithoutObjects() throws IOException {
    try (var reader =
        reader("#fields\ts\ta\n#types\tsubnet\taddr\n10.0.0.0/8\t::1\nfe80::/129\tx\n").open()) {
      var record = first(reader);
      assertThat(record.subnet(0)).hasToString("10.0.0.0/8");
      var bytes = new byte[16];
      assertThat(record.addressBytes(1, bytes)).isEqualTo(16);
      assertThat(bytes[15]).isEqualTo((byte) 1);
      var bad = first(reader);
      assertThatThrownBy(() -> bad.subnet(0)).isInstanceOf(ZeekFormatException.class);
      assertThatThrownBy(() -> bad.addressBytes(1, bytes)).isInstanceOf(ZeekFormatException.class);
    }
  }
}
