package io.longline.host.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.host.event.Ending;
import io.longline.host.ledger.Outcome;
import io.longline.host.ledger.TestClaims;
import io.longline.host.testing.ManualClock;
import io.longline.zeek.LogSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputCommitTest {

  private static final LogSchema SCHEMA = LogSchema.builder("test").field("s", "string").build();

  @TempDir Path root;

  private final ManualClock clock = new ManualClock("2026-11-24T12:00:00Z");

  private OpenOutputs open() throws Exception {
    return OpenOutputs.open(root.resolve("out"), clock);
  }

  private static StagedOutputs call(OpenOutputs folder, String text) throws IOException {
    var call = folder.begin();
    call.output("rows").rows(SCHEMA).row().string(text).end();
    call.complete();
    folder.files().prepare(call);
    return call;
  }

  private static void record(OpenOutputs folder, OutputCommit commit) throws IOException {
    folder.host().record(List.of(), List.of(), commit, lost -> commit);
  }

  private List<String> rows() throws IOException {
    return Files.readAllLines(root.resolve("out/rows.log")).stream()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  private List<String> headers() throws IOException {
    return Files.readAllLines(root.resolve("out/rows.log")).stream()
        .filter(line -> line.startsWith("#fields"))
        .toList();
  }

  @Test
  void commitsAreNumberedAndRecordThePlacesOfTheirBytes() throws Exception {
    try (var folder = open()) {
      var first = folder.files().stage(List.of(call(folder, "a"), call(folder, "b")));
      assertThat(first.number()).isEqualTo(1);
      assertThat(first.folder()).isEqualTo(folder.folder().id());
      assertThat(first.appends()).extracting(Append::number).containsExactly(1L, 2L);
      var header = first.appends().get(0);
      var row = first.appends().get(1);
      assertThat(row.length()).isEqualTo(2);
      assertThat(row.position()).isEqualTo(header.length());
      assertThat(first.files())
          .singleElement()
          .satisfies(file -> assertThat(file.name()).isEqualTo("rows.log"))
          .satisfies(file -> assertThat(file.length()).isEqualTo(row.position() + 2));
      record(folder, first);
      folder.files().commit(first);
      var second = folder.files().stage(List.of(call(folder, "c")));
      assertThat(second.number()).isEqualTo(2);
      assertThat(second.appends().get(0).number()).isEqualTo(3);
      record(folder, second);
      folder.files().commit(second);
    }
    assertThat(rows()).containsExactly("a", "b", "c");
  }

  @Test
  void theNextCallWritesTheHeaderIfTheFirstCallIsLost() throws Exception {
    try (var folder = open()) {
      var lost = call(folder, "lost");
      var counts = call(folder, "counts");
      var staged = folder.files().stage(List.of(lost, counts));
      var again = folder.files().restage(staged, List.of(counts));
      assertThat(again.number()).isEqualTo(staged.number());
      record(folder, again);
      folder.files().commit(again);
    }
    assertThat(headers()).hasSize(1);
    assertThat(rows()).containsExactly("counts");
  }

  @Test
  void theLedgerRestagesOutputsWithoutTheCallsOfLostClaims() throws Exception {
    var claim = TestClaims.of(1, Path.of("/logs/a"), "p/A");
    var outcome =
        new Outcome(claim, "p/A", "1.0", new Ending.Succeeded(Duration.ofMillis(1)), true);
    try (var folder = open()) {
      var kept = call(folder, "kept");
      var staged = folder.files().stage(List.of(call(folder, "lost"), kept));
      var recording =
          folder
              .host()
              .record(
                  List.of(outcome),
                  List.of(),
                  staged,
                  lost -> {
                    assertThat(lost).containsExactly(claim);
                    return folder.files().restage(staged, List.of(kept));
                  });
      folder.files().commit(recording.outputs());
    }
    assertThat(rows()).containsExactly("kept");
  }

  @Test
  void aTransactionThatFailsRecordsNoCommit() throws Exception {
    var outcome =
        new Outcome(
            TestClaims.of(1, Path.of("/logs/a"), "p/A"),
            "p/A",
            "1.0",
            new Ending.Succeeded(Duration.ofMillis(1)),
            true);
    try (var folder = open()) {
      var staged = folder.files().stage(List.of(call(folder, "a")));
      assertThatThrownBy(
              () ->
                  folder
                      .host()
                      .record(
                          List.of(outcome),
                          List.of(),
                          staged,
                          lost -> {
                            throw new UncheckedIOException(new IOException("disk full"));
                          }))
          .isInstanceOf(UncheckedIOException.class);
      var records = folder.ledger().outputs(folder.folder().id());
      assertThat(records.appends()).isEmpty();
      assertThat(records.register("out", "host")).as("commits").isZero();
      record(folder, staged);
      assertThat(records.register("out", "host")).as("commits").isEqualTo(1);
      folder.files().commit(staged);
    }
    assertThat(rows()).containsExactly("a");
  }

  @Test
  void theFirstStagedCommitStaysValid() throws Exception {
    var killed = open();
    var lost = call(killed, "not lost after all");
    var counts = call(killed, "counts");
    var staged = killed.files().stage(List.of(lost, counts));
    killed.files().restage(staged, List.of(counts));
    record(killed, staged);
    killed.kill();
    open().close();
    assertThat(rows()).as("from the journal").containsExactly("not lost after all", "counts");
  }

  @Test
  void writingACommitAgainDoesNotRepeatItsRows() throws Exception {
    try (var folder = open()) {
      var commit = folder.files().stage(List.of(call(folder, "a")));
      record(folder, commit);
      folder.files().commit(commit);
      folder.files().commit(commit);
      assertThat(folder.files().written()).containsOnlyKeys(root.resolve("out/rows.log"));
      assertThat(folder.files().written().values()).containsExactly(2L);
    }
    assertThat(rows()).containsExactly("a");
  }

  @Test
  void stagingAgainReplacesAnUncommittedCommit() throws Exception {
    try (var folder = open()) {
      var left = folder.files().stage(List.of(call(folder, "a longer row that does not count")));
      var next = folder.files().stage(List.of(call(folder, "b")));
      assertThat(next.number()).isEqualTo(left.number());
      assertThat(next.appends().get(0).journalPosition())
          .isEqualTo(left.appends().get(0).journalPosition());
      record(folder, next);
      folder.files().commit(next);
    }
    assertThat(rows()).containsExactly("b");
  }
}
