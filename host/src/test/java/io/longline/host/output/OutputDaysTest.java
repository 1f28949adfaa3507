package io.longline.host.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.host.testing.ManualClock;
import io.longline.zeek.LogSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs with files of days that the hook chooses. */
class OutputDaysTest {

  private static final LogSchema SCHEMA = LogSchema.builder("test").field("s", "string").build();
  private static final LogSchema OTHER = LogSchema.builder("test").field("x", "string").build();

  private static final LocalDate OLD = LocalDate.of(2009, 12, 31);
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

  /** More than the host keeps open. */
  private static final int MANY_DAYS = 3 * OutputFolder.MAX_OPEN;

  @TempDir Path root;

  private final ManualClock clock = new ManualClock("2026-11-24T23:59:00Z");

  private OpenOutputs open() throws Exception {
    return OpenOutputs.open(root.resolve("out"), clock);
  }

  private static void row(StagedOutputs call, LocalDate day, String text) throws IOException {
    call.output("test").day(day).rows(SCHEMA).row().string(text).end();
  }

  private static void row(OpenOutputs folder, LocalDate day, String text) throws IOException {
    var call = folder.begin();
    row(call, day, text);
    folder.commit(call);
  }

  private static void rowOfToday(OpenOutputs folder, String text) throws IOException {
    var call = folder.begin();
    call.output("test").daily().rows(SCHEMA).row().string(text).end();
    folder.commit(call);
  }

  private List<String> lines(String day) throws IOException {
    return Files.readAllLines(root.resolve("out/test").resolve(day + ".log"));
  }

  private List<String> rows(String day) throws IOException {
    return lines(day).stream().filter(line -> !line.startsWith("#")).toList();
  }

  private long count(String day, String start) throws IOException {
    return lines(day).stream().filter(line -> line.startsWith(start)).count();
  }

  @Test
  void aCallWritesToTheFilesOfManyDays() throws Exception {
    try (var folder = open()) {
      var call = folder.begin();
      row(call, LocalDate.of(2024, 2, 29), "leap");
      row(call, OLD, "old");
      row(call, LocalDate.of(2021, 3, 4), "new");
      row(call, OLD, "old too");
      row(call, LocalDate.of(1, 1, 1), "first");
      row(call, LocalDate.of(9999, 12, 31), "last");
      folder.commit(call);
    }
    assertThat(rows("2009-12-31")).containsExactly("old", "old too");
    assertThat(rows("2021-03-04")).containsExactly("new");
    assertThat(rows("2024-02-29")).containsExactly("leap");
    assertThat(rows("0001-01-01")).containsExactly("first");
    assertThat(rows("9999-12-31")).containsExactly("last");
    assertThat(lines("2009-12-31"))
        .contains("#open\t2026-11-24-23-59-00", "#close\t2026-11-24-23-59-00");
  }

  @Test
  void theDayOfProcessingIsTheSameFileHoweverItIsNamed() throws Exception {
    try (var folder = open()) {
      var call = folder.begin();
      call.output("test").daily().rows(SCHEMA).row().string("daily").end();
      row(call, TODAY, "day");
      folder.commit(call);
      row(folder, TODAY, "another hook's");
      rowOfToday(folder, "daily again");
    }
    assertThat(rows("2026-11-24")).containsExactly("daily", "day", "another hook's", "daily again");
    assertThat(count("2026-11-24", "#fields")).isEqualTo(1);
    assertThat(root.resolve("out/test")).isDirectoryContaining("glob:**/2026-11-24.log");
    assertThat(root.resolve("out/test/2026-11-24-2.log")).doesNotExist();
  }

  @Test
  void otherContentGoesToAFileOfItsOwn() throws Exception {
    try (var folder = open()) {
      row(folder, OLD, "a");
      var call = folder.begin();
      call.output("test").day(OLD).rows(OTHER).row().string("x").end();
      folder.commit(call);
    }
    assertThat(rows("2009-12-31")).containsExactly("a");
    assertThat(rows("2009-12-31-2")).containsExactly("x");
  }

  @Test
  void theFileOfADayIsNotEndedWhenTheDayOfProcessingIsOver() throws Exception {
    try (var folder = open()) {
      row(folder, OLD, "a");
      row(folder, TODAY, "b");
      clock.advance(Duration.ofDays(2));
      row(folder, OLD, "c");
      row(folder, TODAY, "d");
      rowOfToday(folder, "e");
      assertThat(count("2009-12-31", "#close")).isZero();
      assertThat(count("2026-11-24", "#close")).isZero();
    }
    assertThat(rows("2009-12-31")).containsExactly("a", "c");
    assertThat(rows("2026-11-24")).containsExactly("b", "d");
    assertThat(lines("2009-12-31")).last().isEqualTo("#close\t2026-11-26-23-59-00");
    assertThat(rows("2026-11-26")).containsExactly("e");
  }

  @Test
  void aFileThatWasEndedWithItsDayContinues() throws Exception {
    try (var folder = open()) {
      rowOfToday(folder, "a");
      clock.advance(Duration.ofDays(1));
      rowOfToday(folder, "b");
      assertThat(lines("2026-11-24")).last().isEqualTo("#close\t2026-11-25-23-59-00");
      row(folder, TODAY, "late");
      assertThat(count("2026-11-24", "#close")).isZero();
      clock.advance(Duration.ofMinutes(10));
    }
    assertThat(rows("2026-11-24")).containsExactly("a", "late");
    assertThat(count("2026-11-24", "#close")).isEqualTo(1);
    assertThat(lines("2026-11-24")).last().isEqualTo("#close\t2026-11-26-00-09-00");
  }

  @Test
  void theNextHostContinuesTheFileOfADay() throws Exception {
    for (var text : List.of("a", "b", "c")) {
      try (var folder = open()) {
        row(folder, OLD, text);
      }
      clock.advance(Duration.ofDays(1));
    }
    assertThat(rows("2009-12-31")).containsExactly("a", "b", "c");
    assertThat(count("2009-12-31", "#open")).isEqualTo(1);
    assertThat(count("2009-12-31", "#close")).isEqualTo(1);
  }

  @Test
  void rowsThatWereCommittedWhenTheHostWasKilledAreInTheFilesOfTheirDays() throws Exception {
    var killed = open();
    row(killed, OLD, "a");
    var call = killed.begin();
    row(call, OLD, "b");
    row(call, TODAY, "c");
    killed.commitWithoutWriting(call);
    killed.kill();
    assertThat(rows("2009-12-31")).containsExactly("a");
    open().close();
    assertThat(rows("2009-12-31")).containsExactly("a", "b");
    assertThat(rows("2026-11-24")).containsExactly("c");
    assertThat(lines("2009-12-31")).last().isEqualTo("#close\t2026-11-24-23-59-00");
    try (var folder = open()) {
      row(folder, OLD, "d");
    }
    assertThat(rows("2009-12-31")).containsExactly("a", "b", "d");
    assertThat(count("2009-12-31", "#")).isEqualTo(lines("2026-11-24").size() - 1);
  }

  @Test
  void theFileOfADayIsEndedByTheStartAfterAKill() throws Exception {
    var killed = open();
    row(killed, OLD, "a");
    killed.kill();
    clock.advance(Duration.ofSeconds(1));
    try (var folder = open()) {
      assertThat(folder.folder().path()).exists();
      assertThat(lines("2009-12-31")).last().isEqualTo("#close\t2026-11-24-23-59-01");
      row(folder, OLD, "b");
    }
    assertThat(rows("2009-12-31")).containsExactly("a", "b");
    assertThat(count("2009-12-31", "#close")).isEqualTo(1);
  }

  @Test
  void rowsThatWereNotCommittedLeaveNoFile() throws Exception {
    var killed = open();
    var call = killed.begin();
    row(call, OLD, "gone");
    killed.stage(call);
    killed.kill();
    try (var folder = open()) {
      row(folder, OLD, "there");
    }
    assertThat(rows("2009-12-31")).containsExactly("there");
  }

  @Test
  void thereMayBeMoreDaysThanFilesThatAreOpenAtTheSameTime() throws Exception {
    try (var folder = open()) {
      for (int i = 0; i < 2; i++) {
        var call = folder.begin();
        for (int day = 0; day < MANY_DAYS; day++) {
          row(call, OLD.plusDays(day), "row " + i);
        }
        folder.commit(call);
      }
    }
    for (int day = 0; day < MANY_DAYS; day++) {
      var name = OLD.plusDays(day).toString();
      assertThat(rows(name)).as(name).containsExactly("row 0", "row 1");
      assertThat(count(name, "#fields")).as(name).isEqualTo(1);
      assertThat(count(name, "#close")).as(name).isEqualTo(1);
    }
  }

  @Test
  void eachDayIsOneOfTheOutputsThatACallMayOpen() throws Exception {
    try (var folder = open()) {
      var call = folder.begin();
      for (int day = 0; day < 1_000; day++) {
        row(call, OLD.plusDays(day), "a");
      }
      row(call, OLD, "the same day again");
      assertThatThrownBy(() -> row(call, LocalDate.of(2024, 2, 29), "b"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "The output test of 2024-02-29 would be one more than the 1,000 that a call may open.");
      call.discard();
    }
  }

  @Test
  void refusesDaysWithoutAFileName() throws Exception {
    try (var folder = open()) {
      var output = folder.begin().output("test");
      for (var day : List.of(LocalDate.of(0, 12, 31), LocalDate.of(10_000, 1, 1), LocalDate.MIN)) {
        assertThatThrownBy(() -> output.day(day))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("the year must be from 1 to 9999");
      }
      assertThatThrownBy(() -> folder.begin().output("test.log").day(OLD))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must not end with .log");
    }
  }

  @Test
  void partsKeepTheirDaysOnTheirWayFromAnotherProcess() throws Exception {
    try (var folder = open()) {
      var there = folder.begin();
      there.output("test").daily().rows(SCHEMA).row().string("daily").end();
      row(there, OLD, "old");
      there.output("test").lines().line("for all days");
      there.complete();
      var parts = new ArrayList<OutputPart>();
      there.forEachPart(parts::add);
      var here = folder.begin();
      for (var part : parts) {
        here.append(part);
      }
      folder.commit(here);
      assertThatThrownBy(
              () ->
                  folder
                      .begin()
                      .append(
                          new OutputPart(
                              "test", true, LocalDate.MAX, null, new byte[] {'x', '\n'})))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(rows("2026-11-24")).containsExactly("daily");
    assertThat(rows("2009-12-31")).containsExactly("old");
    assertThat(root.resolve("out/test.log")).hasContent("for all days");
  }
}
