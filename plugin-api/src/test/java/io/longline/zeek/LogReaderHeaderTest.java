package io.longline.zeek;

import static io.longline.zeek.TestLogs.HEADER;
import static io.longline.zeek.TestLogs.ROW;
import static io.longline.zeek.TestLogs.first;
import static io.longline.zeek.TestLogs.reader;
import static io.longline.zeek.TestLogs.rows;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Headers of TSV logs: in any place, with any markers, or missing. */
class LogReaderHeaderTest {

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
}
