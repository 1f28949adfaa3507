package io.longline.plugins.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.testing.HookTester;
import io.longline.zeek.Field;
import io.longline.zeek.ZeekType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpConnectionsTest {

  private static final String HEADER =
      """
      #separator \\x09
      #set_separator	,
      #empty_field	(empty)
      #unset_field	-
      #path	http
      #fields	ts	uid	id.orig_h	id.orig_p	id.resp_h	id.resp_p	method	host	uri	referrer	user_agent	cookies	post_body	client_header_names	server_header_names
      #types	time	string	addr	port	addr	port	string	string	string	string	string	string	string	vector[string]	vector[string]
      """;

  @TempDir Path folder;

  private List<String> process(String log) throws Exception {
    Files.writeString(folder.resolve("http.log"), log);
    return HookTester.of(new HttpConnections())
        .settings(new HttpConnectionsSettings(false, OutputDay.PROCESSING))
        .allowBadLines()
        .process(folder)
        .written("http");
  }

  @Test
  void writesOneRowForEachRequest() throws Exception {
    var rows =
        process(
            HEADER
                + "1714420800.040999\tC1\t10.0.0.1\t1234\t10.0.0.2\t8080\tGET\texample.org\t/a?b\tref\tua\tc=1\tbody\tHOST,DNT\tSERVER\n"
                + "1714420801.000000\tC2\tfe80::1\t1235\tfe80::2\t80\tPOST\t-\t/\t-\t-\t-\t(empty)\t-\t(empty)\n");
    assertThat(rows)
        .containsExactly(
            "10.0.0.1\tNoDef\t1714420800040\thttp://example.org:8080/a?b\tcmVm\tdWE=\t10.0.0.2\tYz0x\t1234\tHOST,DNT,SERVER\tGET\tYm9keQ==",
            "fe80::1\tNoDef\t1714420801000\thttp://[fe80::2]/\tNoDef\tNoDef\tfe80::2\tNoDef\t1235\t(empty)\tPOST\t(empty)");
  }

  @Test
  void columnsThatTheLogLacksAreUnset() throws Exception {
    var rows =
        process(
            "#path\thttp\n#fields\tts\tid.orig_h\tid.resp_h\tid.resp_p\tid.orig_p\n#types\ttime\taddr\taddr\tport\tport\n1714420800.000000\t10.0.0.1\t-\t-\t-\n");
    assertThat(rows)
        .containsExactly(
            "10.0.0.1\tNoDef\t1714420800000\tNoDef\tNoDef\tNoDef\tNoDef\tNoDef\tNoDef\t(empty)\tNoDef\tNoDef");
  }

  @Test
  void readsJsonToo() throws Exception {
    var rows =
        process(
            """
            {"ts":1714420800.040999,"id.orig_h":"10.0.0.1","id.orig_p":1234,"id.resp_h":"10.0.0.2","id.resp_p":80,"method":"GET","host":"example.org","uri":"/ä","user_agent":"ä","client_header_names":["HOST",null,""]}
            """);
    assertThat(rows)
        .containsExactly(
            "10.0.0.1\tNoDef\t1714420800040\thttp://example.org/ä\tNoDef\tw6Q=\t10.0.0.2\tNoDef\t1234\tHOST\tGET\tNoDef");
  }

  @Test
  void writesNothingWithoutAnHttpLog() throws Exception {
    Files.delete(Files.writeString(folder.resolve("http.log"), ""));
    assertThat(
            HookTester.of(new HttpConnections())
                .settings(new HttpConnectionsSettings(false, OutputDay.PROCESSING))
                .process(folder)
                .written("http"))
        .isEmpty();
  }

  @Test
  void aBadRowDoesNotEndTheLog() throws Exception {
    var row = "1714420800.0\tC1\t10.0.0.1\t1234\t10.0.0.2\t80\tGET\th\t/\t-\t-\t-\t-\t-\t-\n";
    assertThat(process(HEADER + row + "cut\n" + row.replace("\t80\t", "\teighty\t") + row))
        .hasSize(2);
  }

  @Test
  void timesInMillisecondsAreDeclaredAsNumbers() {
    assertThat(HttpConnections.SCHEMA.fields()).contains(new Field("ts", ZeekType.of("int")));
  }

  @Test
  void readableColumnsFollowThoseOfBroapt() throws Exception {
    Files.writeString(
        folder.resolve("http.log"),
        HEADER
                .replace("uri\t", "status_code\turi\t")
                .replace(
                    "#types\ttime\tstring\taddr\tport\taddr\tport\tstring\tstring",
                    "#types\ttime\tstring\taddr\tport\taddr\tport\tstring\tstring\tcount")
            + "1714420800.040999\tC1\t10.0.0.1\t1234\t10.0.0.2\t80\tGET\texample.org\t404\t/\t-\tcurl \\x09 7\t-\t-\t(empty)\t(empty)\n"
            + "1714420800.040999\tC2\t10.0.0.1\t1234\t10.0.0.2\t80\tGET\t-\t-\t/\t-\t-\t-\t-\t(empty)\t(empty)\n");
    var rows =
        HookTester.of(new HttpConnections())
            .settings(new HttpConnectionsSettings(true, OutputDay.PROCESSING))
            .process(folder)
            .written("http");
    assertThat(rows)
        .containsExactly(
            "10.0.0.1\tNoDef\t1714420800040\thttp://example.org/\tNoDef\tY3VybCAJIDc=\t10.0.0.2\tNoDef\t1234\t(empty)\tGET\tNoDef\tC1\t404\texample.org\tcurl \\x09 7",
            "10.0.0.1\tNoDef\t1714420800040\thttp://10.0.0.2/\tNoDef\tNoDef\t10.0.0.2\tNoDef\t1234\t(empty)\tGET\tNoDef\tC2\tNoDef\tNoDef\tNoDef");
  }
}
