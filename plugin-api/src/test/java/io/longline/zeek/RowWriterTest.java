package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowWriterTest {

  private static final LogSchema SCHEMA =
      LogSchema.builder("dns_queries").field("host", "addr").field("answers", "count").build();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final LogWriter writer = LogWriter.rowsTo(out, SCHEMA);

  @Test
  void valuesInTheWrongOrderAreRefused() {
    var row = writer.row();
    assertThatThrownBy(() -> row.count(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "An integer was written to the column host (1 of 2) of dns_queries, which has the type addr. Are the values in the order of the schema?");
    assertThatThrownBy(() -> writer.row().string("example.org"))
        .isInstanceOf(IllegalStateException.class);
    var again = writer.row();
    assertThatThrownBy(() -> again.string("example.org"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"example.org\" was written to the column host (1 of 2)");
    row.cancel();
    writer.row().string("10.0.0.1");
    assertThatThrownBy(() -> row.string("7")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> row.integer(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("A negative integer was written to the column answers");
    assertThatThrownBy(() -> row.strings(List.of("a")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> row.timeMicros(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> row.bool(true)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRowThatWasNotEndedIsFoundByTheNextOne() throws IOException {
    var row = writer.row().string("10.0.0.1").count(1);
    assertThatThrownBy(writer::row)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("A row of dns_queries was begun and not ended: after 2 of 2 columns");
    // It was given up with that.
    assertThat(writer.row()).isSameAs(row);
    row.cancel();
    writer.close();
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void aRowThatWasNotEndedIsFoundAtTheEndOfTheLog() throws IOException {
    writer.row().string("10.0.0.1").count(1).end();
    writer.row().string("10.0.0.2");
    assertThatThrownBy(writer::close).isInstanceOf(IllegalStateException.class);
    assertThat(out.toString(UTF_8)).isEqualTo("10.0.0.1\t1\n");
  }

  @Test
  void aRowThatWasLeftForABadCellIsGivenUp() throws IOException {
    var log = "#path\tt\n#fields\th\tn\n#types\taddr\tcount\n::1\tx\n::2\t2\n::3\ty\n";
    var in = new ByteArrayInputStream(log.getBytes(UTF_8));
    try (var reader = LogReader.builder("t.log", in).fields("h", "n").open()) {
      reader.forEach(
          record -> writer.row().string(record.string(0)).count(record.integer(1)).end());
    }
    writer.close();
    assertThat(out.toString(UTF_8)).isEqualTo("::2\t2\n");
  }

  @Test
  void aCellThatCannotBeCopiedIsStillToBeWritten() throws IOException {
    var log = "#path\tt\n#fields\tn\th\n#types\tcount\taddr\nx\t::1\n";
    for (LogFormat format : List.of(TsvFormat.ZEEK, JsonFormat.ZEEK)) {
      var in = new ByteArrayInputStream(log.getBytes(UTF_8));
      var schema = LogSchema.builder("t").field("n", "count").field("h", "addr").format(format);
      var rows = LogWriter.rowsTo(out, schema.build());
      try (var reader = LogReader.builder("t.log", in).open()) {
        var record = TestLogs.first(reader);
        var row = rows.row();
        assertThatThrownBy(() -> row.copy(record, 0)).isInstanceOf(ZeekFormatException.class);
        row.unset().copy(record, 1).end();
      }
      rows.flush();
    }
    assertThat(out.toString(UTF_8)).isEqualTo("-\t::1\n{\"h\":\"::1\"}\n");
  }

  @Test
  void aBadCellThatOthersFindExcusesNoRow() {
    var row = writer.row().string("10.0.0.1");
    assertThat(row).isNotNull();
    assertThat(new ZeekFormatException("f", 1, "c", "bad")).isNotNull();
    assertThatThrownBy(writer::row).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aTextGoesIntoAnyColumn() throws IOException {
    writer.row().text("-").text("many").end();
    writer.close();
    assertThat(out.toString(UTF_8)).isEqualTo("\\x2d\tmany\n");
  }

  @Test
  void elementsThatDoNotFitAreRefused() throws IOException {
    var schema =
        LogSchema.builder("t").field("ports", "set[port]").field("hosts", "vector[addr]").build();
    var sets = LogWriter.rowsTo(out, schema);
    var row = sets.row();
    assertThatThrownBy(() -> row.strings(List.of("80", "http")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "\"http\" was written to the column ports (1 of 2) of t, which has the type set[port]");
    row.cancel();
    sets.row().strings(List.of("80", "443")).strings(List.of("::1")).end();
    var next = sets.row().strings(List.of());
    assertThatThrownBy(() -> next.strings(List.of("example.org")))
        .isInstanceOf(IllegalArgumentException.class);
    next.cancel();
    sets.close();
    assertThat(out.toString(UTF_8)).isEqualTo("80,443\t::1\n");
  }

  @Test
  void aTypeThatZeekDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> LogSchema.builder("t").field("n", "integer"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The column n of the log t has the type \"integer\"")
        .hasMessageContaining("Its types are addr, bool, count,");
    assertThatThrownBy(() -> LogSchema.builder("t").field("n", "set[strin]"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LogSchema.builder("t").field("n", "sting"))
        .hasMessageContaining("Did you mean string?");
  }
}
