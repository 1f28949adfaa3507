package io.longline.zeek;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogFileTest {

  private static final String TSV = "#separator \\x09\n#fields\ta\n#types\tstring\n1\n";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "conn.log, conn",
    "conn.10:00:00-11:00:00.log, conn",
    "conn-26-11-24_10.00.00.log, conn",
    "conn__2026-11-24-10-00-00__2026-11-24-11-00-00__.log, conn",
    "conn.log.labeled, conn",
    "http-2.log, http-2"
  })
  void takesThePathFromTheNameIfTheHeaderHasNone(String name, String path) throws IOException {
    assertThat(LogFile.probe(Files.writeString(folder.resolve(name), TSV)))
        .hasValueSatisfying(log -> assertThat(log.logPath()).isEqualTo(path));
  }

  @ParameterizedTest
  @CsvSource({
    "'#separator \\x09\n#path\tdns\n', dns",
    "'#separator \\x09\n#path\n#fields\ta\n', x",
    "'{\"_path\":\"http\",\"ts\":1}\n', http",
    "'{\"ts\":1}\n', x"
  })
  void takesThePathFromTheContent(String content, String path) throws IOException {
    assertThat(LogFile.probe(Files.writeString(folder.resolve("x.log"), content)))
        .hasValueSatisfying(log -> assertThat(log.logPath()).isEqualTo(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stderr.log",
        "stdout.log",
        ".shadow.conn.log",
        "conn-summary.10:00:00-11:00:00.log",
        "capture.pcap",
        "conn.log~.png"
      })
  void skipsFilesWithANameThatNoLogHas(String name) throws IOException {
    var content = name.endsWith("png") ? "\u0089PNG" : TSV;
    assertThat(LogFile.probe(Files.writeString(folder.resolve(name), content))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain text\n", "# a comment\n"})
  void skipsFilesWhoseContentIsNotALog(String content) throws IOException {
    assertThat(LogFile.probe(Files.writeString(folder.resolve("x.log"), content))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1}", "[1]"})
  void skipsJsonThatDoesNotLookLikeALog(String content) throws IOException {
    assertThat(LogFile.probe(Files.writeString(folder.resolve("x.json"), content))).isEmpty();
  }
}
