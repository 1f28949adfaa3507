package io.longline.host.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.longline.host.ledger.FileStamp;
import io.longline.host.testing.ManualClock;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
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
    return whyNot(readiness, Duration.ZERO, files);
  }

  private String whyNot(Readiness readiness, Duration unchanged, String... files)
      throws IOException {
    var stamps = new ArrayList<FileStamp>();
    for (var file : files) {
      stamps.add(FileStamp.of(directory.resolve(file)));
    }
    return readiness.whyNot(directory, stamps, unchanged, LogProbe.ofKnownNames());
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
    assertThat(whyNot(quiet, Duration.between(start, clock.instant())))
        .isEqualTo("It has changed recently; it is taken once it has been unchanged for 60 s.");
    clock.advance(Duration.ofMillis(1));
    assertThat(whyNot(quiet, Duration.between(start, clock.instant()))).isNull();
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

  /** Compression is recognized by the bytes. */
  @Test
  void theNameDoesNotSayWhetherALogIsCompressed() throws IOException {
    append("conn.log", CLOSE);
    Files.copy(directory.resolve("conn.log"), directory.resolve("plain.log.gz"));
    assertThat(whyNot(new Readiness.Closed(), "plain.log.gz")).isNull();
    try (var out = new GZIPOutputStream(Files.newOutputStream(directory.resolve("packed.log")))) {
      Files.copy(directory.resolve("conn.log"), out);
    }
    assertThat(whyNot(new Readiness.Closed(), "packed.log")).isNull();
  }

  /** It would take minutes to inflate such a log at each look. */
  @Test
  void aCompressedLogThatIsTooLongMustBeUnchangedInstead() throws IOException {
    var text = Files.readAllBytes(directory.resolve("conn.log"));
    var rows = "1714420801.0\tC2\t10.0.0.2\n".repeat(40_000).getBytes(UTF_8);
    try (var out = new ZstdOutputStream(Files.newOutputStream(directory.resolve("conn.log.zst")))) {
      out.write(text);
      for (long length = 0; length <= 1L << 30; length += rows.length) {
        out.write(rows);
      }
    }
    assertThat(untilRead(Duration.ZERO)).contains("too long to be inflated");
    assertThat(untilRead(Readiness.QUIET)).isNull();
  }

  private @Nullable String untilRead(Duration unchanged) throws IOException {
    var stamp = FileStamp.of(directory.resolve("conn.log.zst"));
    var probe = LogProbe.ofKnownNames();
    for (int i = 0; i < 60; i++) {
      try {
        return new Readiness.Closed().whyNot(directory, List.of(stamp), unchanged, probe);
      } catch (TimedReads.UnderWayException e) {
        // It waits for a moment each time.
      }
    }
    throw new AssertionError("It was never read.");
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
