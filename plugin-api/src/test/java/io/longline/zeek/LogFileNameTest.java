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
        "conn.log.labeled"
      })
  void acceptsNamesThatALogMayHave(String name) {
    assertThat(LogFileName.mayBeLog(name)).isTrue();
  }
}
