package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.testing.SmallLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogFieldsTest {

  @TempDir Path folder;

  private static SmallLog log(String format) {
    var log = format.equals("tsv") ? SmallLog.tsv("t") : SmallLog.json("t");
    return log.field("ts", "time")
        .field("took", "interval")
        .field("n", "count")
        .field("share", "double")
        .field("ok", "bool")
        .field("host", "addr")
        .field("net", "subnet")
        .field("name", "string")
        .field("names", "set[string]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tsv", "json"})
  void readsEachTypeByName(String format) throws IOException {
    var fields = LogFields.of("t");
    // In another order than the log has.
    var names = fields.strings("names");
    var name = fields.string("name");
    var net = fields.subnet("net");
    var host = fields.address("host");
    var ok = fields.bool("ok");
    var share = fields.real("share");
    var count = fields.integer("n");
    var took = fields.interval("took");
    var time = fields.time("ts");
    var file =
        log(format)
            .row(
                "2026-04-30T00:00:00Z",
                1.5,
                7,
                0.5,
                true,
                "10.0.0.1",
                "10.0.0.0/8",
                "a",
                List.of("x", "y"))
            .row(null, null, null, null, null, null, null, null, null)
            .writeTo(folder);
    try (var reader = LogReader.builder(file).fields(fields).open()) {
      var row = reader.next();
      assertThat(time.get(row)).isEqualTo(Instant.parse("2026-04-30T00:00:00Z"));
      assertThat(time.micros(row)).isEqualTo(1_777_507_200_000_000L);
      assertThat(took.get(row)).isEqualTo(Duration.ofMillis(1500));
      assertThat(took.micros(row)).isEqualTo(1_500_000L);
      assertThat(count.get(row)).isEqualTo(7);
      assertThat(share.get(row)).isEqualTo(0.5);
      assertThat(ok.get(row)).isTrue();
      assertThat(host.get(row)).isEqualTo(InetAddress.getByName("10.0.0.1"));
      assertThat(host.bytes(row, new byte[16])).isEqualTo(4);
      assertThat(net.get(row)).hasToString("10.0.0.0/8");
      assertThat(name.get(row)).isEqualTo("a");
      assertThat(name.bytes(row)).containsExactly('a');
      assertThat(name.text(row)).isEqualTo("a");
      assertThat(names.get(row)).containsExactly("x", "y");
      assertThat(names.elements(row).size()).isEqualTo(2);
      assertThat(time.column()).isEqualTo(8);

      row = reader.next();
      assertThat(time.get(row)).isNull();
      assertThat(took.get(row)).isNull();
      assertThat(count.get(row, 9)).isEqualTo(9);
      assertThat(share.get(row, 0.25)).isEqualTo(0.25);
      assertThat(ok.get(row, true)).isTrue();
      assertThat(host.get(row)).isNull();
      assertThat(net.get(row)).isNull();
      assertThat(name.isUnset(row)).isTrue();
      assertThat(names.get(row)).isNull();
      assertThat(reader.report().missingFields()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tsv", "json"})
  void findsAFieldByAnotherNameThatItHas(String format) throws IOException {
    var fields = LogFields.of("files");
    var uids = fields.strings("uid", "conn_uids");
    var seen = new ArrayList<List<String>>();
    for (var name : List.of("uid", "conn_uids")) {
      var log = format.equals("tsv") ? SmallLog.tsv("files") : SmallLog.json("files");
      var file = log.field(name, "set[string]").row(List.of("C1")).writeTo(folder);
      try (var reader = LogReader.builder(file).fields(fields).open()) {
        reader.forEach(record -> seen.add(uids.get(record)));
        assertThat(reader.report().missingFields()).isEmpty();
      }
    }
    assertThat(seen).containsExactly(List.of("C1"), List.of("C1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"uid\":\"D\",\"conn_uids\":\"E\"}", "{\"conn_uids\":\"E\",\"uid\":\"D\"}"})
  void theFirstNameCountsWhereARowHasBoth(String row) throws IOException {
    var fields = LogFields.of("files");
    var uid = fields.string("uid", "conn_uids");
    var file = folder.resolve("files.log");
    Files.writeString(file, row + "\n");
    try (var reader = LogReader.builder(file).fields(fields).open()) {
      var record = reader.next();
      assertThat(uid.get(record)).isEqualTo("D");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tsv", "json"})
  void aRequiredFieldThatIsMissingIsInTheReportWithTheNearestName(String format)
      throws IOException {
    var log = format.equals("tsv") ? SmallLog.tsv("conn") : SmallLog.json("conn");
    var file =
        log.field("uid", "string").field("id.orig_h", "addr").row("C1", "::1").writeTo(folder);
    try (var reader =
        LogReader.builder(file)
            .fields("uid", "id.orig_hh", "something_else")
            .optionalFields("service")
            .open()) {
      reader.forEach(record -> assertThat(record.isUnset(1)).isTrue());
      assertThat(reader.report().missingFields())
          .containsExactly(
              new ReadReport.MissingField("id.orig_hh", "id.orig_h"),
              new ReadReport.MissingField("something_else", null));
    }
  }

  @Test
  void whatAJsonLogLacksIsKnownAtItsEnd() throws IOException {
    var file =
        SmallLog.json("conn")
            .field("uid", "string")
            .field("service", "string")
            .row("C1", null)
            .row("C2", null)
            .row("C3", "dns")
            .writeTo(folder);
    try (var reader = LogReader.builder(file).fields("uid", "service", "x").open()) {
      assertThat(reader.next()).isNotNull();
      assertThat(reader.report().missingFields()).isEmpty();
      reader.forEach(record -> {});
      assertThat(reader.report().missingFields())
          .extracting(ReadReport.MissingField::name)
          .containsExactly("x");
    }
  }

  @Test
  void aStreamOfManyLogsWithoutARowOfTheLogLacksNoFieldOfIt() throws IOException {
    var file = folder.resolve("stream.log");
    Files.writeString(file, "{\"_path\":\"conn\",\"uid\":\"C1\"}\n");
    try (var reader = LogReader.builder(file).path("dns").fields("query").open()) {
      assertThat(reader.next()).isNull();
      assertThat(reader.report().missingFields()).isEmpty();
    }
  }

  @Test
  void aFieldThatComesAfterTheFirstUseIsRefused() {
    var fields = LogFields.of("conn");
    fields.string("uid");
    assertThat(fields.fields()).hasSize(1);
    assertThatThrownBy(() -> fields.string("service"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("service comes too late")
        .hasMessageContaining("conn");
  }

  @Test
  void aNameThatIsDeclaredTwiceIsRefused() {
    var fields = LogFields.of("files");
    fields.string("uid", "conn_uids");
    assertThatThrownBy(() -> fields.string("conn_uids"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("conn_uids is named twice");
  }

  @Test
  void aHandleRefusesTheRecordsOfAnotherLog() throws IOException {
    var conn = LogFields.of("conn");
    conn.string("uid");
    var dns = LogFields.of("dns");
    var query = dns.string("query");
    var file = SmallLog.tsv("conn").field("uid", "string").row("C1").writeTo(folder);
    try (var reader = LogReader.builder(file).fields(conn).open()) {
      var row = reader.next();
      assertThatThrownBy(() -> query.get(row))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("The field query belongs to the fields [query] of dns")
          .hasMessageContaining("the record shows [uid]");
    }
  }

  @Test
  void anIndexOutsideTheRecordIsAnErrorThatNamesTheColumns() throws IOException {
    var file =
        SmallLog.tsv("conn")
            .field("uid", "string")
            .field("n", "count")
            .row("C1", 1)
            .writeTo(folder);
    try (var reader = LogReader.builder(file).fields("uid", "n").open()) {
      var row = reader.next();
      assertThatThrownBy(() -> row.string(2))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessageContaining("There is no column 2")
          .hasMessageContaining("uid (0), n (1)");
      assertThatThrownBy(() -> row.integer(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void aCellIsCopiedByItsHandle() throws IOException {
    var fields = LogFields.of("conn");
    var bytes = fields.integer("n");
    var uid = fields.string("uid");
    var file =
        SmallLog.tsv("conn")
            .field("uid", "string")
            .field("n", "count")
            .row("C1", 7)
            .writeTo(folder);
    var out = new ByteArrayOutputStream();
    var schema = LogSchema.builder("t").field("uid", "string").field("n", "count").build();
    try (var reader = LogReader.builder(file).fields(fields).open();
        var writer = LogWriter.rowsTo(out, schema)) {
      reader.forEach(record -> writer.row().copy(record, uid).copy(record, bytes).end());
    }
    assertThat(out.toString(UTF_8)).isEqualTo("C1\t7\n");
  }
}
