package io.longline.plugins.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.PermanentFailureException;
import io.longline.api.testing.HookTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
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
        .settings(new ExtractedFilesSettings(packDays, 1_000_000, OutputDay.PROCESSING))
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
    var tester =
        tester(false).settings(new ExtractedFilesSettings(false, 10, OutputDay.PROCESSING));
    assertThat(tester.process(directory).written("info")).hasSize(10);
    assertThat(tester.remarks())
        .containsExactly(
            "files.log has 100 extracted files; 90 are left out, since the setting max-files is 10.");
  }

  private static String row(String ts, String uid, String name) {
    return "%s\t-\t-\t%s\t-\t-\t-\t-\t-\t-\t%s\n".formatted(ts, uid, name);
  }

  private static List<String> names(HookTester tester, String output) {
    return tester.written(output).stream()
        .map(line -> line.replaceAll(".*\"local_name\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  private HookTester byRecord() {
    return tester(false).settings(new ExtractedFilesSettings(false, 1_000_000, OutputDay.RECORD));
  }

  @Test
  void logsOfThreeYearsAreInTheFilesOfTheirDays() throws Exception {
    Files.writeString(
        directory.resolve("files.log"),
        LEGACY_HEADER
            + row("1714420800.0", "C1", "of-2024")
            + row("1258192800.0", "C1", "of-2009")
            + row("1614816000.0", "-", "of-2021")
            + row("1258192801.0", "-", "of-2009-too"));
    var tester = byRecord().process(directory);
    assertThat(tester.outputs()).containsExactly("info");
    assertThat(names(tester, "info/2009-11-14")).containsExactly("of-2009", "of-2009-too");
    assertThat(names(tester, "info/2021-03-04")).containsExactly("of-2021");
    assertThat(names(tester, "info/2024-04-29")).containsExactly("of-2024");
    assertThat(names(tester(false).process(directory), "info/2026-11-24")).hasSize(4);
  }

  @Test
  void aFileWithoutATimeHasThatOfItsConnectionOrIsInTheLogOfTheDayOfProcessing() throws Exception {
    Files.writeString(
        directory.resolve("conn.log"),
        """
        #path\tconn
        #fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p
        #types\ttime\tstring\taddr\tport\taddr\tport
        -\tC1\t10.0.0.1\t1234\t10.0.0.2\t80
        1614816000.0\tC2\t10.0.0.3\t1235\t10.0.0.4\t80
        """);
    Files.writeString(
        directory.resolve("files.log"),
        LEGACY_HEADER
            + row("-", "C9,C1,C2", "of-its-connection")
            + row("1258192800.0", "C2", "of-its-own")
            + row("-", "C1", "without-a-time"));
    var tester = byRecord().process(directory);
    assertThat(names(tester, "info/2021-03-04")).containsExactly("of-its-connection");
    assertThat(names(tester, "info/2009-11-14")).containsExactly("of-its-own");
    assertThat(names(tester, "info/2026-11-24")).containsExactly("without-a-time");
  }

  @Test
  void theDaysAreThoseOfTheZoneOfTheClock() throws Exception {
    Files.writeString(
        directory.resolve("files.log"),
        LEGACY_HEADER
            + row("1714427999.999999", "-", "before-midnight")
            + row("1714428000.0", "-", "after-midnight"));
    var tester =
        byRecord()
            .clock(Clock.fixed(Instant.parse("2026-11-24T10:00:00Z"), ZoneId.of("Europe/Berlin")))
            .process(directory);
    assertThat(names(tester, "info/2024-04-29")).containsExactly("before-midnight");
    assertThat(names(tester, "info/2024-04-30")).containsExactly("after-midnight");
  }

  @Test
  void filesOfTooManyDaysFailForGood() throws Exception {
    var rows = new StringBuilder(row("-", "-", "without-a-time"));
    for (int day = 0; day < 999; day++) {
      rows.append(row(86_400 * day + ".0", "-", "x"));
    }
    Files.writeString(directory.resolve("files.log"), LEGACY_HEADER + rows);
    assertThat(byRecord().process(directory).written("info")).hasSize(1_000);
    rows.append(row(86_400 * 999 + ".0", "-", "x"));
    Files.writeString(directory.resolve("files.log"), LEGACY_HEADER + rows);
    assertThatThrownBy(() -> byRecord().process(directory))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("more than 999 days, such as 1972-09-26")
        .hasMessageContaining("setting day");
  }

  /** The times of connections are of no use then. */
  @Test
  void anUnreadableTimeOfAConnectionIsNoBadLineIfTheDayOfProcessingNamesTheLog() throws Exception {
    Files.writeString(
        directory.resolve("conn.log"),
        CONN.replace("uid\tid.orig_h", "ts\tuid\tid.orig_h")
            .replace("string\taddr", "time\tstring\taddr")
            .replace("C1\t", "XXXXXXXXXX.XXXXXX\tC1\t")
            .replace("C2\t", "XXXXXXXXXX.XXXXXX\tC2\t"));
    assertThat(process(LEGACY_HEADER + row("1714420800.0", "C1", "x")).get(0))
        .contains("\"src_h\":\"10.0.0.1\"");
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
