package io.longline.zeek;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogFileNameTest {

  static Stream<List<String>> layouts() {
    return Stream.of(
        List.of("conn.2026-11-23-23-00-00.log", "conn.2026-11-24-00-00-00.log", "conn.log"),
        List.of("conn-26-11-23_23.00.00.log", "conn-26-11-24_00.00.00.log", "conn.log"),
        List.of(
            "conn.09:00:00-10:00:00.log.gz",
            "conn.10:00:00-11:00:00.log.gz",
            "dns.08:00:00-09:00:00.log.gz"),
        List.of(
            "conn__2026-11-24-09-00-00__2026-11-24-10-00-00__.log",
            "conn__2026-11-24-10-00-00__2026-11-24-11-00-00__node=w1__.log.zst"),
        List.of(
            "json_streaming_conn.10.log",
            "json_streaming_conn.2.log",
            "json_streaming_conn.1.log",
            "json_streaming_conn.log"));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void ordersRotatedLogsByTime(List<String> oldestFirst) {
    var files = oldestFirst.stream().map(Path::of).toList();
    var shuffled = new ArrayList<>(files);
    Collections.reverse(shuffled);
    shuffled.sort(LogFile.byTime());
    assertThat(shuffled).isEqualTo(files);
  }

  @ParameterizedTest
  @CsvSource({
    "conn.log, conn",
    "json_streaming_http.3.log, http",
    "conn__2026-11-24-10-00-00__2026-11-24-11-00-00__.log.gz, conn",
    "conn-26-11-24_00.00.00.log, conn",
    "http-2.log, http-2"
  })
  void takesThePathFromTheName(String name, String stem) {
    assertThat(LogFileName.of(name).stem()).isEqualTo(stem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".tmp.conn.log",
        ".shadow.conn.log",
        "conn.log.tmp",
        "conn.log.gz.part",
        "conn.log~",
        "conn.log.filepart",
        "conn.log.crdownload",
        "conn.log.download",
        "conn.log.!sync",
        "conn.log.uploading",
        "conn.log.inprogress",
        "conn.log.writing",
        "conn.log.tmp.4711",
        "conn.log.gz.lftp-pget-status",
        "conn.log.bak",
        "conn.log.1.bak",
        "conn.log.lock",
        "conn.log.gz.md5",
        "conn.log.sha256",
        "conn.log-journal",
        "conn.log.0x1f",
        "conn.logs",
        "stderr.log",
        "conn-summary.log",
        "x.pcap"
      })
  void rejectsNamesThatNoLogHas(String name) {
    assertThat(LogFileName.mayBeLog(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conn.log",
        "conn.log.gz",
        "conn.log.zst",
        "conn.ndjson.gz",
        "x.json",
        "conn.log.labeled",
        "CONN.LOG",
        "conn.log.1",
        "conn.log.1.gz",
        "conn.log.gz.1",
        "conn.log-20261124",
        "conn.log-20261124.zst",
        "conn.log.2026-11-24-10-00-00",
        "conn.log.2026-11-24T10:00:00Z.gz",
        "conn.log_1764000000.123456",
        "conn.tsv.2"
      })
  void acceptsNamesThatALogMayHave(String name) {
    assertThat(LogFileName.mayBeLog(name)).isTrue();
  }
}
