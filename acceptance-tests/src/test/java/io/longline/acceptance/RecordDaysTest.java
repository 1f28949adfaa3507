package io.longline.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of the bundled plugins that are named by the day of the record, as a user sets them up. */
class RecordDaysTest {

  private static final String BY_RECORD =
      """
      [plugins.http-connections.settings]
      day = "record"

      [plugins.extracted-files.settings]
      day = "record"
      """;

  private static final Map<String, String> DAYS =
      Map.of("2009-11-14", "1258192800", "2021-03-04", "1614850000", "2024-04-29", "1714420800");

  @TempDir Path folder;

  @BeforeEach
  void writeLogs() throws IOException {
    for (var day : DAYS.entrySet()) {
      var logs = Files.createDirectories(folder.resolve("logs").resolve("of-" + day.getKey()));
      Files.writeString(
          logs.resolve("http.log"),
          "#path\thttp\n#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\n#types\ttime\taddr\tport\taddr\tport\n%s.0\t10.0.0.1\t1234\t10.0.0.2\t80\n"
              .formatted(day.getValue()));
      Files.writeString(
          logs.resolve("files.log"),
          "#path\tfiles\n#fields\tts\textracted\n#types\ttime\tstring\n%s.0\tof-%s\n"
              .formatted(day.getValue(), day.getKey()));
    }
  }

  private void run(String... options) throws Exception {
    var arguments = new ArrayList<>(List.of("run", "--output", folder.resolve("out").toString()));
    arguments.addAll(List.of(options));
    arguments.add(folder.resolve("logs").toString());
    try (var program = Program.start(Map.of("TZ", "UTC"), arguments.toArray(String[]::new))) {
      program.rest();
      assertThat(program.exitCode()).as(program.err()).isZero();
    }
  }

  private Path settings() throws IOException {
    return Files.writeString(folder.resolve("longline.toml"), BY_RECORD);
  }

  private List<String> names(String output) throws IOException {
    try (var files = Files.list(folder.resolve("out").resolve(output))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve("out").resolve(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "all"})
  void logsOfThreeYearsAreInTheFilesOfTheirDays(String isolated) throws Exception {
    var isolation = isolated.equals("none") ? new String[0] : new String[] {"--isolate", isolated};
    var options = new ArrayList<>(List.of("--config", settings().toString()));
    options.addAll(List.of(isolation));
    run(options.toArray(String[]::new));
    for (var output : List.of("http", "info")) {
      assertThat(names(output))
          .containsExactly("2009-11-14.log", "2021-03-04.log", "2024-04-29.log");
    }
    for (var day : DAYS.entrySet()) {
      var rows = lines("http/" + day.getKey() + ".log");
      assertThat(rows.stream().filter(row -> !row.startsWith("#")))
          .singleElement()
          .asString()
          .contains("\t" + day.getValue() + "000\t");
      assertThat(rows).last().asString().startsWith("#close");
      assertThat(lines("info/" + day.getKey() + ".log"))
          .singleElement()
          .asString()
          .contains("\"local_name\":\"of-" + day.getKey() + "\"");
    }
  }

  @Test
  void withoutTheSettingTheyAreInTheFileOfTheDayOfProcessing() throws Exception {
    run();
    for (var output : List.of("http", "info")) {
      assertThat(names(output)).hasSizeBetween(1, 2).allMatch(name -> name.compareTo("2025") > 0);
      assertThat(Checkout.dailyRows(folder.resolve("out"), output)).hasSize(3);
    }
  }

  @Test
  void anotherValueIsRefused() throws Exception {
    var settings = Files.writeString(settings(), BY_RECORD.replaceFirst("record", "yesterday"));
    try (var program =
        Program.start(
            "run",
            "--output",
            folder.resolve("out").toString(),
            "--config",
            settings.toString(),
            folder.toString())) {
      program.rest();
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.err()).contains("day").contains("processing, record");
    }
  }
}
