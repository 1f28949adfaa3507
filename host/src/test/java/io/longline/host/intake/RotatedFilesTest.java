package io.longline.host.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.IntakeLedger;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.sql.SqlLedger;
import io.longline.host.testing.ManualClock;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatedFilesTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock("2026-11-24T10:00:00Z");
  private final List<List<String>> taken = new ArrayList<>();
  private final List<String> rejected = new ArrayList<>();
  private boolean isFull;
  private Path logs;
  private Ledger ledger;
  private IntakeLedger waiting;
  private RotatedFiles rotated;

  @BeforeEach
  void open() throws Exception {
    logs = SampleLogs.directory(folder.toRealPath(), "logs");
    ledger = SqlLedger.open(LedgerLocation.inMemory(), LedgerClock.of(clock));
    waiting = ledger.intake();
    rotated =
        new RotatedFiles(
            LogProbe.ofAnyName(),
            waiting,
            this::take,
            (file, reason) -> rejected.add(file.getFileName() + ": " + reason));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void take(Path directory, List<FileStamp> files) throws IOException {
    if (isFull) {
      throw new IOException("The disk is full.");
    }
    assertThat(directory).isEqualTo(logs);
    taken.add(files.stream().map(FileStamp::name).toList());
  }

  private void rotate(String name, String rotation) throws IOException {
    waiting.recordRotated(logs.resolve(name), rotation);
  }

  private void log(String name) throws IOException {
    Files.copy(logs.resolve("conn.log"), logs.resolve(name));
  }

  private int stillWaiting() throws IOException {
    return waiting.rotated(-1).values().stream()
        .flatMap(groups -> groups.values().stream())
        .mapToInt(List::size)
        .sum();
  }

  @Test
  void theFilesOfARotationAreTakenWhenNoOtherIsReportedForAWhile() throws Exception {
    log("dns.log");
    rotate("conn.log", "10:00");
    clock.advance(Duration.ofSeconds(50));
    rotate("dns.log", "10:00");
    clock.advance(Duration.ofSeconds(50));
    rotated.takeQuiet(MINUTE);
    assertThat(taken).isEmpty();
    clock.advance(Duration.ofSeconds(10));
    rotated.takeQuiet(MINUTE);
    assertThat(taken).containsExactly(List.of("conn.log", "dns.log"));
    rotated.takeQuiet(MINUTE);
    assertThat(taken).hasSize(1);
  }

  @Test
  void eachRotationIsABatch() throws Exception {
    log("dns.log");
    rotate("conn.log", "10:00");
    rotate("dns.log", "11:00");
    clock.advance(MINUTE);
    rotated.takeQuiet(MINUTE);
    assertThat(taken).containsExactly(List.of("conn.log"), List.of("dns.log"));
  }

  @Test
  void filesThatAreNotLogsAreForgotten() throws Exception {
    Files.writeString(logs.resolve("notes.txt"), "no log");
    rotate("notes.txt", "10:00");
    rotated.take(logs, List.of("notes.txt"));
    assertThat(taken).isEmpty();
    assertThat(rejected).isEmpty();
    assertThat(stillWaiting()).isZero();
  }

  @Test
  void aMissingFileIsReportedAndForgotten() throws Exception {
    rotate("conn.log", "10:00");
    rotate("gone.log", "10:00");
    rotated.take(logs, List.of("conn.log", "gone.log"));
    assertThat(taken).containsExactly(List.of("conn.log"));
    assertThat(rejected)
        .containsExactly(
            "gone.log: Zeek has reported this file as rotated, but it does not exist.");
    assertThat(stillWaiting()).isZero();
  }

  /** The whole directory may lie on a disk that is not mounted at the moment. */
  @Test
  void aMissingFileWaitsIfItsDirectoryIsMissingToo() throws Exception {
    rotate("conn.log", "10:00");
    var away = Files.move(logs, folder.resolve("away"));
    rotated.take(logs, List.of("conn.log"));
    assertThat(rejected).hasSize(1);
    assertThat(stillWaiting()).isEqualTo(1);
    Files.move(away, logs);
    rotated.take(logs, List.of("conn.log"));
    assertThat(taken).containsExactly(List.of("conn.log"));
    assertThat(stillWaiting()).isZero();
  }

  @Test
  void aFileThatCannotBeReadWaits() throws Exception {
    Files.createDirectory(logs.resolve("dns.log"));
    rotate("dns.log", "10:00");
    rotated.take(logs, List.of("dns.log"));
    assertThat(rejected).singleElement().asString().contains("but it cannot be read");
    assertThat(stillWaiting()).isEqualTo(1);
  }

  @Test
  void filesThatCouldNotBeRecordedStillWait() throws Exception {
    rotate("conn.log", "10:00");
    isFull = true;
    assertThatThrownBy(() -> rotated.take(logs, List.of("conn.log")))
        .hasMessage("The disk is full.");
    assertThat(stillWaiting()).isEqualTo(1);
    isFull = false;
    rotated.take(logs, List.of("conn.log"));
    assertThat(taken).containsExactly(List.of("conn.log"));
  }
}
