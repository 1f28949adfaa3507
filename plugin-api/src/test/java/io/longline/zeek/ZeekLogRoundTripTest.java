package io.longline.zeek;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Values that are written are read again as equal ones, in either format and with any markers. */
class ZeekLogRoundTripTest {

  private static final String[] PIECES = {
    "a", "-", "(empty)", ",", "\t", "\\", "\\x41", "ä", "😀", "\u0000", "\u007f", "\"", "#", "|",
    "x"
  };

  private record Row(
      @Nullable Long micros,
      @Nullable InetAddress host,
      long count,
      double real,
      boolean flag,
      @Nullable String text,
      @Nullable List<@Nullable String> list) {}

  @RepeatedTest(200)
  void readsTheValuesThatWereWritten(RepetitionInfo repetition) throws IOException {
    var random = new SplittableRandom(repetition.getCurrentRepetition());
    var format = randomFormat(random);
    var schema =
        LogSchema.builder("test")
            .field("ts", "time")
            .field("host", "addr")
            .field("count", "count")
            .field("real", "double")
            .field("flag", "bool")
            .field("text", "string")
            .field("list", "vector[string]")
            .format(format)
            .build();
    var rows = new ArrayList<Row>();
    for (int i = random.nextInt(30); i >= 0; i--) {
      rows.add(randomRow(random));
    }
    var out = new ByteArrayOutputStream();
    try (var writer = LogWriter.to(out, schema, Clock.systemUTC())) {
      for (var row : rows) {
        var line = writer.row();
        if (row.micros() == null) {
          line.unset();
        } else {
          line.timeMicros(row.micros());
        }
        line.address(row.host()).count(row.count()).real(row.real()).bool(row.flag());
        line.string(row.text()).strings(row.list()).end();
      }
    }
    assertThat(read(out.toByteArray())).isEqualTo(rows);
  }

  private static List<Row> read(byte[] log) throws IOException {
    var rows = new ArrayList<Row>();
    var names = List.of("ts", "host", "count", "real", "flag", "text", "list");
    try (var reader =
        LogReader.builder("test", new ByteArrayInputStream(log))
            .fields(names)
            .strict(true)
            .open()) {
      for (var record = reader.next(); record != null; record = reader.next()) {
        rows.add(
            new Row(
                record.isUnset(0) ? null : (Long) record.timeMicros(0),
                record.address(1),
                record.integer(2),
                record.real(3),
                record.bool(4),
                record.string(5),
                record.strings(6)));
      }
    }
    return rows;
  }

  private static LogFormat randomFormat(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> TsvFormat.ZEEK;
      case 1 -> TsvFormat.ZEEK.withUtf8(false).withUnsetField("NoDef");
      case 2 -> TsvFormat.ZEEK.withSeparator("|").withSetSeparator("=>").withMetaPrefix("##");
      case 3 -> JsonFormat.ZEEK;
      default -> new JsonFormat(JsonFormat.Times.ISO8601);
    };
  }

  private static Row randomRow(SplittableRandom random) throws IOException {
    var address = new byte[random.nextBoolean() ? 4 : 16];
    for (int i = 0; i < address.length; i++) {
      address[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 0);
    }
    address[0] = 0x20;
    return new Row(
        random.nextInt(5) == 0
            ? null
            : (Long) random.nextLong(-1_000_000_000L, 4_000_000_000_000_000L),
        random.nextInt(5) == 0 ? null : InetAddress.getByAddress(address),
        random.nextLong(),
        random.nextInt(-1_000_000, 1_000_000) / 64.0,
        random.nextBoolean(),
        random.nextInt(5) == 0 ? null : text(random),
        random.nextInt(5) == 0 ? null : list(random));
  }

  private static List<@Nullable String> list(SplittableRandom random) {
    var list = new ArrayList<@Nullable String>();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      list.add(random.nextInt(4) == 0 ? null : text(random));
    }
    // A list of one empty or unset element looks like an empty or unset list, in TSV.
    if (list.size() == 1 && (list.get(0) == null || list.get(0).isEmpty())) {
      list.add("x");
    }
    return list;
  }

  private static String text(SplittableRandom random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    // In JSON Zeek writes a control byte as \xHH in the text, which looks just like such a text.
    return text.toString().replace("\u0000", "").replace("\u007f", "");
  }
}
