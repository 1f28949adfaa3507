package io.longline.zeek;

import static io.longline.zeek.TestLogs.first;
import static io.longline.zeek.TestLogs.reader;
import static io.longline.zeek.TestLogs.rows;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of JSON logs. */
class LogReaderJsonTest {

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

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"a\":        | The JSON object is cut off; expected a value.",
        "{\"a\":\"x     | The JSON object is cut off; expected the end of a string.",
        "{\"a\":2} x    | Expected the end of the line, found \"x\".",
        "{\"a\":nul}    | Expected a value, found \"n\".",
        "[1]            | Expected a JSON object, found \"[\"."
      })
  void countsABadLineAndContinues(String line, String reason) throws IOException {
    try (var reader = reader("{\"a\":1}\n" + line + "\n{\"a\":3}\n").open()) {
      assertThat(rows(reader)).containsExactly("1", "3");
      assertThat(reader.report().badLines()).isEqualTo(1);
      assertThat(reader.report().problems())
          .containsExactly(new ReadReport.Problem(2, null, reason));
    }
  }

  @Test
  void countsALineThatIsCutOffAtTheEndOfTheFile() throws IOException {
    try (var reader = reader("{\"a\":1}\n{\"a\":4").open()) {
      assertThat(rows(reader)).containsExactly("1");
      assertThat(reader.report().badLines()).isEqualTo(1);
    }
  }

  @Test
  void countsBadAndBlankLinesOfOneLog() throws IOException {
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
  void handsOutTheRowsOfOnePathOfAStream() throws IOException {
    var text =
        "{\"_path\":\"conn\",\"a\":1}\n{\"_path\":\"dns\",\"a\":2}\n{\"_path\":\"conn\",\"a\":3}\n";
    try (var reader = reader(text).fields("a").path("conn").open()) {
      assertThat(rows(reader)).containsExactly("1", "3");
    }
  }
}
