package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogWriterTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-24T10:20:30Z"), ZoneOffset.UTC);

  private static LogSchema.Builder all() {
    return LogSchema.builder("test")
        .field("ts", "time")
        .field("host", "addr")
        .field("n", "count")
        .field("d", "double")
        .field("took", "interval")
        .field("ok", "bool")
        .field("s", "string")
        .field("v", "vector[string]");
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private static void writeRow(LogWriter writer) throws IOException {
    writer
        .row()
        .time(Instant.parse("2024-04-29T20:00:00.040740Z"))
        .address(InetAddress.getByName("2001:db8:0:0:1:0:0:1"))
        .count(-1)
        .real(0.5)
        .interval(Duration.ofMillis(-1500))
        .bool(true)
        .string("a\tb\\ä\u0001")
        .strings(Arrays.asList("x,y", null, "", "-"))
        .end();
  }

  @Test
  void writesTsvAsZeekDoes() throws IOException {
    try (var writer = LogWriter.to(out, all().build(), CLOCK)) {
      writeRow(writer);
      writer
          .row()
          .unset()
          .unset()
          .unset()
          .unset()
          .unset()
          .unset()
          .string("-")
          .strings(List.of())
          .end();
    }
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            #separator \\x09
            #set_separator	,
            #empty_field	(empty)
            #unset_field	-
            #path	test
            #open	2026-11-24-10-20-30
            #fields	ts	host	n	d	took	ok	s	v
            #types	time	addr	count	double	interval	bool	string	vector[string]
            1714420800.040740	2001:db8::1:0:0:1	18446744073709551615	0.5	-1.500000	T	a\\x09b\\\\\\xc3\\xa4\\x01	x\\x2cy,-,(empty),\\x2d
            -	-	-	-	-	-	\\x2d	(empty)
            #close	2026-11-24-10-20-30
            """);
  }

  @Test
  void writesJsonAsZeekDoes() throws IOException {
    var schema = all().format(new JsonFormat(JsonFormat.Times.ISO8601)).build();
    try (var writer = LogWriter.to(out, schema, CLOCK)) {
      writeRow(writer);
      writer
          .row()
          .unset()
          .unset()
          .unset()
          .unset()
          .unset()
          .unset()
          .string("")
          .strings(List.of())
          .end();
    }
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            {"ts":"2024-04-29T20:00:00.040740Z","host":"2001:db8::1:0:0:1","n":18446744073709551615,"d":0.5,"took":-1.5,"ok":true,"s":"a\\tb\\\\ä\\\\x01","v":["x,y",null,"","-"]}
            {"s":"","v":[]}
            """);
  }

  @Test
  void writesUtf8AsHexIfAsked() throws IOException {
    var schema =
        LogSchema.builder("t").field("s", "string").format(TsvFormat.ZEEK.withUtf8(false)).build();
    try (var writer = LogWriter.rowsTo(out, schema)) {
      writer.row().string("ä").end();
    }
    assertThat(out.toString(UTF_8)).isEqualTo("\\xc3\\xa4\n");
  }

  @Test
  void escapesInvalidUtf8AndARowThatLooksLikeAHeader() throws IOException {
    var schema = LogSchema.builder("t").field("s", "string").build();
    try (var writer = LogWriter.rowsTo(out, schema)) {
      writer.row().bytes(new byte[] {'a', (byte) 0xff, (byte) 0xc3}).end();
      writer.row().string("#Kaputt").end();
    }
    assertThat(out.toString(UTF_8)).isEqualTo("a\\xff\\xc3\n\\x23Kaputt\n");
  }

  @Test
  void acceptsOtherMarkersAndAnyTypeNameOfALog() throws IOException {
    var format = TsvFormat.ZEEK.withSeparator("||").withUnsetField("NoDef");
    var schema =
        LogSchema.builder("t")
            .field(new Field("a", ZeekType.of("int64")))
            .field("b", "string")
            .format(format)
            .build();
    try (var writer = LogWriter.to(out, schema, CLOCK)) {
      writer.row().string("12").string("x||y").end();
      writer.row().unset().unset().end();
    }
    assertThat(out.toString(UTF_8))
        .contains(
            "#separator ||\n", "#types||int64||string\n", "\n12||x\\x7c\\x7cy\nNoDef||NoDef\n");
  }

  @Test
  void rejectsRowsWithTooFewOrTooManyColumns() {
    var writer = LogWriter.rowsTo(out, all().build());
    assertThatThrownBy(() -> writer.row().unset().end())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has 1 of 8 columns; the next is host.");
    assertThatThrownBy(
            () -> {
              var row = writer.row();
              for (int i = 0; i < 9; i++) {
                row.unset();
              }
            })
        .isInstanceOf(IllegalStateException.class);
  }
}
