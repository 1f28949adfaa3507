package io.longline.zeek;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class LogReaderTest {

  private static final String HEADER =
      """
      #separator \\x09
      #set_separator	,
      #empty_field	(empty)
      #unset_field	-
      #path	conn
      #open	2024-04-29-20-00-00
      #fields	ts	id.orig_h	id.resp_p	duration	service	local	tags
      #types	time	addr	port	interval	string	bool	set[string]
      """;

  private static final String ROW = "1714420800.040740\t10.0.0.1\t443\t-0.135941\tssl\tT\ta,b\n";

  private static LogReader.Builder reader(String text) {
    return LogReader.builder("test.log", new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private static LogRecord first(LogReader reader) throws IOException {
    var record = reader.next();
    assertThat(record).isNotNull();
    return record;
  }

  /** All rows, each as its cells joined with a bar. */
  private static List<String> rows(LogReader reader) throws IOException {
    var rows = new ArrayList<String>();
    reader.forEach(
        record -> {
          var cells = new ArrayList<String>();
          for (int i = 0; i < record.size(); i++) {
            cells.add(record.string(i));
          }
          rows.add(String.join("|", cells));
        });
    return rows;
  }

  @Test
  void readsTheHeader() throws IOException {
    try (var reader = reader(HEADER + ROW).open()) {
      assertThat(reader.schema().path()).isEqualTo("conn");
      assertThat(reader.schema().open()).isEqualTo("2024-04-29-20-00-00");
      assertThat(reader.schema().indexOf("service")).isEqualTo(4);
      assertThat(reader.schema().fields().get(6).type()).isEqualTo(ZeekType.of("set[string]"));
    }
  }

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
      assertThat(reader.next()).isNull();
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
  void switchesTheSchemaAtAHeaderInMidFile() throws IOException {
    var text =
        "#fields\ta\tb\n#types\tstring\tcount\nx\t1\n#close\t2024\n"
            + "#separator |\n#unset_field|NONE\n#fields|b|a\n#types|count|string\n2|NONE\n3|y\n";
    try (var reader = reader(text).fields("a", "b").open()) {
      var record = first(reader);
      assertThat(record.string(0)).isEqualTo("x");
      assertThat(record.integer(1)).isEqualTo(1);
      record = first(reader);
      assertThat(record.isUnset(0)).isTrue();
      assertThat(record.integer(1)).isEqualTo(2);
      record = first(reader);
      assertThat(record.string(0)).isEqualTo("y");
    }
  }

  @Test
  void continuesAfterClose() throws IOException {
    try (var reader = reader("#fields\ta\n#types\tstring\n1\n#close\t2024\n2\n").open()) {
      assertThat(rows(reader)).containsExactly("1", "2");
      assertThat(reader.report().closed()).isFalse();
    }
  }

  @Test
  void acceptsSeparatorsOfSeveralBytes() throws IOException {
    var text =
        "#separator ||\n#set_separator||\\xc2\\xae\n#fields||a||b\n#types||string||set[string]\n1|x||p®q\n";
    try (var reader = reader(text).open()) {
      var record = first(reader);
      assertThat(record.string(0)).isEqualTo("1|x");
      assertThat(record.strings(1)).containsExactly("p", "q");
    }
  }

  @Test
  void acceptsAnotherMetaPrefix() throws IOException {
    var text =
        "PREFIX<>separator |\nPREFIX<>path|ssh\nPREFIX<>fields|a\nPREFIX<>types|string\n#1\n";
    try (var reader = reader(text).open()) {
      assertThat(reader.schema().path()).isEqualTo("ssh");
      assertThat(rows(reader)).containsExactly("#1");
      assertThat(reader.report().isDamaged()).isFalse();
    }
  }

  @Test
  void toleratesByteOrderMarkCarriageReturnsAndAMissingLastLineFeed() throws IOException {
    var text = "\uFEFF#fields\ta\tb\r\n#types\tstring\tstring\r\n1\t2\r\n\r\n3\t4";
    try (var reader = reader(text).open()) {
      assertThat(rows(reader)).containsExactly("1|2", "3|4");
      assertThat(reader.report().isDamaged()).isFalse();
    }
  }

  @Test
  void reportsRowsWithoutAHeader() throws IOException {
    try (var reader = reader("a\tb\n").open()) {
      assertThat(rows(reader)).isEmpty();
      assertThat(reader.report().problems().get(0).reason()).contains("before any header");
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
  void readsJsonKeysInAnyOrder() throws Exception {
    var text =
        """
        {"ts":1591425402.49088,"id.orig_h":"10.0.0.1","local":true,"tags":["a",null,"b,c"],"n":18446744073709551615}
        {"n":5, "id.orig_h" : "fe80::1", "ts":"2018-03-24T17:15:21.255387Z", "extra":{"x":[1]}, "n":6}
        {}
        {"ts":1714420800040,"local":null}
        """;
    try (var reader = reader(text).fields("ts", "id.orig_h", "local", "tags", "n").open()) {
      var record = first(reader);
      assertThat(record.timeMicros(0)).isEqualTo(1_591_425_402_490_880L);
      assertThat(record.address(1)).hasToString("/10.0.0.1");
      assertThat(record.bool(2)).isTrue();
      assertThat(record.strings(3)).containsExactly("a", null, "b,c");
      assertThat(Long.toUnsignedString(record.integer(4))).isEqualTo("18446744073709551615");
      record = first(reader);
      assertThat(record.time(0)).isEqualTo(Instant.parse("2018-03-24T17:15:21.255387Z"));
      assertThat(record.string(1)).isEqualTo("fe80::1");
      assertThat(record.isUnset(2)).isTrue();
      assertThat(record.integer(4)).as("the last of two equal keys").isEqualTo(6);
      record = first(reader);
      assertThat(record.isUnset(0)).isTrue();
      record = first(reader);
      assertThat(record.timeMicros(0)).as("milliseconds").isEqualTo(1_714_420_800_040_000L);
      assertThat(record.isUnset(2)).isTrue();
      assertThat(reader.next()).isNull();
      assertThat(reader.report().isDamaged()).isFalse();
    }
  }

  @Test
  void undoesEscapesOfJson() throws IOException {
    var text = "{\"s\":\"a\\\"b\\\\xffc\\n\\u00e4\\ud83d\\ude00/\\/\"}\n";
    try (var reader = reader(text).open()) {
      assertThat(first(reader).string(0)).isEqualTo("a\"b\\xffc\nä😀//");
    }
  }

  @Test
  void countsBadJsonLinesAndGoesOn() throws IOException {
    var text = "{\"a\":1}\n{\"a\":\n\n{\"a\":\"x\n{\"a\":2} x\n{\"a\":nul}\n{\"a\":3}\n{\"a\":4";
    try (var reader = reader(text).open()) {
      assertThat(rows(reader)).containsExactly("1", "3");
      assertThat(reader.report().badLines()).isEqualTo(5);
      assertThat(reader.report().blankLines()).isEqualTo(1);
    }
  }

  @Test
  void addsNewKeysOfJsonToTheSchema() throws IOException {
    try (var reader = reader("{\"ts\":1.0}\n{\"ts\":2.0,\"b\":true}\n").open()) {
      assertThat(first(reader).size()).isEqualTo(1);
      var record = first(reader);
      assertThat(record.size()).isEqualTo(2);
      assertThat(reader.schema().fields())
          .containsExactly(
              new Field("ts", ZeekType.of("time")), new Field("b", ZeekType.of("bool")));
    }
  }

  @Test
  void namesTheLogOfEachJsonRow() throws IOException {
    var text = "{\"_path\":\"conn\",\"a\":1}\n{\"_path\":\"dns\",\"a\":2}\n{\"a\":3}\n";
    try (var reader = reader(text).fields("a").open()) {
      assertThat(first(reader).path()).isEqualTo("conn");
      assertThat(first(reader).path()).isEqualTo("dns");
      assertThat(first(reader).path()).isNull();
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
  void readsALogWithoutHeaderIfAsked() throws IOException {
    var schema = LogSchema.builder("x").field("a", "string").field("n", "count").build();
    try (var reader = reader("x\t1\n-\t2\n").headerless(schema).fields("n", "a").open()) {
      assertThat(first(reader).integer(0)).isEqualTo(1);
      var record = first(reader);
      assertThat(record.isUnset(1)).isTrue();
      assertThat(record.path()).isEqualTo("x");
      assertThat(reader.report().isDamaged()).isFalse();
    }
  }

  @Test
  void readsTheNamesFromTheFirstLineIfAsked() throws IOException {
    try (var reader = reader("a\tn\n-\t1\n(empty)\t2\n").namesInFirstLine().open()) {
      assertThat(reader.schema().indexOf("n")).isEqualTo(1);
      assertThat(first(reader).isUnset(0)).isTrue();
      assertThat(first(reader).string(0)).isEmpty();
      assertThat(reader.report().isDamaged()).isFalse();
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

  @Test
  void handsOutTheRowsOfOnePathOfAStream() throws IOException {
    var text =
        "{\"_path\":\"conn\",\"a\":1}\n{\"_path\":\"dns\",\"a\":2}\n{\"_path\":\"conn\",\"a\":3}\n";
    try (var reader = reader(text).fields("a").path("conn").open()) {
      assertThat(rows(reader)).containsExactly("1", "3");
    }
  }
}
