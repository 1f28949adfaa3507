package io.longline.plugins.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.testing.HookTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractedFilesHookTest {

  private static final String CONN =
      """
      #path	conn
      #fields	uid	id.orig_h	id.orig_p	id.resp_h	id.resp_p
      #types	string	addr	port	addr	port
      C1	10.0.0.1	1234	10.0.0.2	80
      C2	10.0.0.3	1235	10.0.0.4	80
      """;

  private static final String LEGACY_HEADER =
      """
      #path	files
      #fields	ts	tx_hosts	rx_hosts	conn_uids	mime_type	filename	is_orig	md5	sha1	sha256	extracted
      #types	time	set[addr]	set[addr]	set[string]	string	string	bool	string	string	string	string
      """;

  @TempDir Path folder;

  private Path directory;
  private Path dump;

  @BeforeEach
  void writeFiles() throws IOException {
    directory =
        Files.createDirectories(folder.resolve("trace-9256F9BF-c618-4024-9a97-233549e96ce0"));
    dump = Files.createDirectories(folder.resolve("dump/text"));
    dump = dump.getParent();
    Files.writeString(directory.resolve("conn.log"), CONN);
    Files.writeString(dump.resolve("text/a.html"), "<!DOCTYPE html><html><body>a</body></html>");
    Files.writeString(folder.resolve("secret"), "s");
  }

  private HookTester tester(boolean packDays) {
    return HookTester.of(new ExtractedFilesHook())
        .extractedFiles(dump)
        .settings(new ExtractedFilesSettings(packDays, 1_000_000))
        .clock(at("2026-11-24T10:00:00Z"));
  }

  private static Clock at(String instant) {
    return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
  }

  private List<String> process(String filesLog) throws Exception {
    Files.writeString(directory.resolve("files.log"), filesLog);
    return tester(false).process(directory).written("info");
  }

  @Test
  void describesAFileOfALegacyLog() throws Exception {
    var lines =
        process(
            LEGACY_HEADER
                + "1714420800.040740\t10.0.0.2\t10.0.0.1\tC1,C9\ttext/html\tindex.html\tF\tm\ts\t-\ttext/a.html\n"
                + "1714420801.000000\t10.0.0.2\t10.0.0.1\tC1\ttext/html\t-\tT\t-\t-\t-\t-\n");
    assertThat(lines)
        .containsExactly(
            ("{'timestamp':1714420800.04074,'log_uuid':'9256F9BF-c618-4024-9a97-233549e96ce0','log_path':'%s','log_name':'%s',"
                    + "'dump_path':'%s','local_name':'text/a.html','source_name':'index.html','hosts':[{'tx':'10.0.0.2','rx':'10.0.0.1'}],"
                    + "'conns':[{'src_h':'10.0.0.2','src_p':80,'dst_h':'10.0.0.1','dst_p':1234}],'bro_mime_type':'text/html',"
                    + "'real_mime_type':'text/html','hash':{'md5':'m','sha1':'s','sha256':null}}")
                .formatted(directory, directory.getFileName(), dump.resolve("text/a.html"))
                .replace('\'', '"'));
  }

  @Test
  void readsTheColumnsOfZeek51AndNewer() throws Exception {
    var lines =
        process(
            """
            {"ts":1714420800,"uid":"C2","id.orig_h":"10.0.0.3","id.resp_h":"10.0.0.4","is_orig":true,"extracted":"gone.bin"}
            {"ts":1714420801,"uid":"C1","id.orig_h":"10.0.0.1","id.resp_h":"10.0.0.2","is_orig":false,"extracted":"gone.bin"}
            """);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .contains("\"timestamp\":1714420800.0,")
        .contains("\"hosts\":[{\"tx\":\"10.0.0.3\",\"rx\":\"10.0.0.4\"}]")
        .contains(
            "\"conns\":[{\"src_h\":\"10.0.0.3\",\"src_p\":1235,\"dst_h\":\"10.0.0.4\",\"dst_p\":80}]")
        .contains("\"dump_path\":null")
        .contains("\"real_mime_type\":null");
    assertThat(lines.get(1))
        .contains("\"hosts\":[{\"tx\":\"10.0.0.2\",\"rx\":\"10.0.0.1\"}]")
        .contains(
            "\"conns\":[{\"src_h\":\"10.0.0.2\",\"src_p\":80,\"dst_h\":\"10.0.0.1\",\"dst_p\":1234}]");
  }

  @Test
  void describesFilesWithoutConnectionsWhereThereAreTooMany() throws Exception {
    var row = "1.0\t-\t10.0.0.1\tC1\t-\t-\tT\t-\t-\t-\t" + "n".repeat(1_000_000) + "\n";
    var tester = tester(false);
    Files.writeString(directory.resolve("files.log"), LEGACY_HEADER + row.repeat(100));
    var lines = tester.process(directory).written("info");
    assertThat(lines).hasSize(100);
    assertThat(lines.stream().filter(line -> line.contains("\"conns\":[]"))).hasSize(33);
    assertThat(tester.remarks())
        .containsExactly(
            "files.log has so many extracted files that 33 are described without their connections.");
  }

  @Test
  void describesABoundedNumberOfFiles() throws Exception {
    var row = "1.0\t-\t-\t-\t-\t-\t-\t-\t-\t-\tx\n";
    Files.writeString(directory.resolve("files.log"), LEGACY_HEADER + row.repeat(100));
    var tester = tester(false).settings(new ExtractedFilesSettings(false, 10));
    assertThat(tester.process(directory).written("info")).hasSize(10);
    assertThat(tester.remarks())
        .containsExactly(
            "files.log has 100 extracted files; 90 are left out, since the setting max-files is 10.");
  }

  @Test
  void noNameInTheLogLeadsOutOfTheFolder() throws Exception {
    var lines = process(LEGACY_HEADER + "1714420800.0\t-\t-\t-\t-\t-\t-\t-\t-\t-\t../secret\n");
    assertThat(lines.get(0))
        .contains("\"local_name\":\"../secret\"")
        .contains("\"dump_path\":null");
  }

  @Test
  void findsTheTypeOfAFileByItsBytes() throws IOException {
    var detector = new MimeDetector();
    Files.write(
        dump.resolve("x.txt"), new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    Files.writeString(dump.resolve("y.png"), "plain text");
    assertThat(detector.detect(dump.resolve("x.txt"))).isEqualTo("image/png");
    assertThat(detector.detect(dump.resolve("y.png"))).isEqualTo("text/plain");
    assertThat(detector.detect(Files.writeString(dump.resolve("z"), "%PDF-1.4\n")))
        .isEqualTo("application/pdf");
  }

  @Test
  void packsAndRemovesTheFilesOfAPastDayIfConfigured() throws Exception {
    Files.writeString(
        directory.resolve("files.log"),
        LEGACY_HEADER + "1714420800.0\t-\t-\t-\t-\t-\t-\t-\t-\t-\ttext/a.html\n");
    var tester = tester(true).clock(at("2026-11-24T23:00:00Z")).process(directory);
    tester.clock(at("2026-11-24T23:30:00Z")).exit();
    assertThat(dump.resolve("text/a.html")).exists();
    tester.clock(at("2026-11-25T00:30:00Z")).exit();
    assertThat(dump.resolve("text/a.html")).doesNotExist();
    try (var tar =
        new TarArchiveInputStream(
            new GZIPInputStream(Files.newInputStream(dump.resolve("2026-11-24.tar.gz"))))) {
      assertThat(tar.getNextEntry().getName()).isEqualTo("text/a.html");
      assertThat(tar.getNextEntry()).isNull();
    }
  }

  @Test
  void keepsFilesUnlessPackingIsConfigured() throws Exception {
    process(LEGACY_HEADER + "1714420800.0\t-\t-\t-\t-\t-\t-\t-\t-\t-\ttext/a.html\n");
    tester(false).clock(at("2026-11-25T00:30:00Z")).exit();
    assertThat(dump.resolve("text/a.html")).exists();
  }
}
