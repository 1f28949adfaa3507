package io.longline.host.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.host.testing.ManualClock;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadinessTest {

  private static final String CLOSE = "#close\t2026-11-24-10-00-00\n";

  @TempDir Path folder;

  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = SampleLogs.directory(folder, "logs");
  }

  private String whyNot(Readiness readiness, String... files) throws IOException {
    return readiness.whyNot(directory, List.of(files), Duration.ZERO);
  }

  private void append(String file, String text) throws IOException {
    var path = directory.resolve(file);
    Files.writeString(path, Files.readString(path) + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quiet:60s", "quiet:1500ms", "close", "marker:done", "marker:a:b"})
  void readsWhatItWrites(String text) {
    assertThat(Readiness.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "quiet",
        "quiet:",
        "quiet:soon",
        "closed",
        "marker:",
        "marker:a/b",
        "marker:.."
      })
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> Readiness.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void quietFilesHaveBeenUnchangedForTheDuration() throws IOException {
    var quiet = new Readiness.Quiet(Duration.ofSeconds(60));
    var clock = new ManualClock("2026-11-24T10:00:00Z");
    var start = clock.instant();
    clock.advance(Duration.ofSeconds(60).minusMillis(1));
    assertThat(quiet.whyNot(directory, List.of(), Duration.between(start, clock.instant())))
        .isEqualTo("It has changed recently; it is taken once it has been unchanged for 60 s.");
    clock.advance(Duration.ofMillis(1));
    assertThat(quiet.whyNot(directory, List.of(), Duration.between(start, clock.instant())))
        .isNull();
  }

  @Test
  void closedLogsEndWithClose() throws IOException {
    var closed = new Readiness.Closed();
    assertThat(whyNot(closed, "conn.log")).isEqualTo("conn.log does not end with #close yet.");
    append("conn.log", CLOSE);
    assertThat(whyNot(closed, "conn.log")).isNull();
    append("conn.log", "1714420801.0\tC2\t10.0.0.2\n");
    assertThat(whyNot(closed, "conn.log")).isNotNull();
  }

  @Test
  void compressedLogsEndWithCloseToo() throws IOException {
    var text = Files.readString(directory.resolve("conn.log"));
    for (var end : List.of("", CLOSE)) {
      try (var out =
          new GZIPOutputStream(Files.newOutputStream(directory.resolve("conn.log.gz")))) {
        out.write((text + end).getBytes(UTF_8));
      }
      assertThat(whyNot(new Readiness.Closed(), "conn.log.gz"))
          .isEqualTo(end.isEmpty() ? "conn.log.gz does not end with #close yet." : null);
    }
  }

  @Test
  void aDirectoryIsClosedIfALogEndsWithClose() throws IOException {
    Files.writeString(directory.resolve("notes.txt"), "no log");
    Files.writeString(directory.resolve("dns.log"), "{\"ts\":1.0,\"uid\":\"C1\"}\n");
    assertThat(whyNot(new Readiness.Closed(), "dns.log", "notes.txt"))
        .isEqualTo("It has no log that ends with #close.");
    append("conn.log", CLOSE);
    assertThat(whyNot(new Readiness.Closed(), "conn.log", "dns.log", "notes.txt")).isNull();
  }

  @Test
  void markedDirectoriesHaveTheMarker() throws IOException {
    var marker = new Readiness.Marker("done");
    assertThat(whyNot(marker)).isEqualTo("There is no file done in it yet.");
    Files.createFile(directory.resolve("done"));
    assertThat(whyNot(marker)).isNull();
  }
}
