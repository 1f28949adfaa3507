package io.longline.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.zeek.LogFile;
import io.longline.zeek.ReadReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogDirectoryTest {

  @TempDir Path folder;

  private void log(String name, String path) throws IOException {
    Files.writeString(folder.resolve(name), "#path\t" + path + "\n#fields\ta\n#types\tstring\n1\n");
  }

  @Test
  void findsItsLogsByPathInTheOrderOfTheirNames() throws IOException {
    log("http.log", "http");
    log("conn.2.log", "conn");
    log("conn.1.log", "conn");
    Files.writeString(folder.resolve("stderr.log"), "listening on eth0\n");
    Files.createDirectory(folder.resolve("extract_files"));
    var directory = LogDirectory.of(folder);
    assertThat(directory.name()).isEqualTo(folder.getFileName().toString());
    assertThat(directory.logs()).hasSize(3);
    assertThat(directory.logs("conn"))
        .extracting(LogFile::file)
        .containsExactly(folder.resolve("conn.1.log"), folder.resolve("conn.2.log"));
    assertThat(directory.logs("dns")).isEmpty();
  }

  @Test
  void passesOnTheReportsOfItsReaders() throws IOException {
    log("conn.log", "conn");
    var reports = new ArrayList<ReadReport>();
    var directory = LogDirectory.of(folder).withReports((log, report) -> reports.add(report));
    try (var reader = directory.logs("conn").get(0).open("a")) {
      reader.forEach(record -> assertThat(record.string(0)).isEqualTo("1"));
    }
    assertThat(reports).singleElement().extracting(ReadReport::rows).isEqualTo(1L);
  }

  @Test
  void refusesTheNameOfAFile() throws IOException {
    log("conn.log", "conn");
    var directory = LogDirectory.of(folder);
    for (var name : List.of("conn.log", "conn.log.gz", "conn.2026-04-30-00-00-00.log")) {
      assertThatThrownBy(() -> directory.logs(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("a log is named by its path, such as \"conn\".");
    }
  }

  @Test
  void findsEachLogInAStreamOfManyLogs() throws IOException {
    Files.writeString(
        folder.resolve("corelight.log"),
        "{\"_path\":\"conn\",\"a\":1}\n{\"_path\":\"dns\",\"a\":2}\n{\"_path\":\"conn\",\"a\":3}\n");
    Files.writeString(folder.resolve("HOST_dns.log"), "{\"_path\":\"dns\",\"a\":4}\n");
    var directory = LogDirectory.of(folder);
    assertThat(rows(directory, "conn")).containsExactly("1", "3");
    assertThat(rows(directory, "dns")).containsExactlyInAnyOrder("2", "4");
    assertThat(rows(directory, "http")).isEmpty();
    assertThat(directory.logs()).hasSize(2);
  }

  private static List<String> rows(LogDirectory directory, String path) throws IOException {
    var rows = new ArrayList<String>();
    for (var file : directory.logs(path)) {
      try (var reader = file.open("a")) {
        reader.forEach(record -> rows.add(record.string(0)));
      }
    }
    return rows;
  }
}
