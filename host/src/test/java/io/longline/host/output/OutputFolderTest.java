package io.longline.host.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.host.testing.ManualClock;
import io.longline.zeek.JsonFormat;
import io.longline.zeek.LogSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFolderTest {

  private static final LogSchema SCHEMA =
      LogSchema.builder("test").field("s", "string").field("n", "count").build();
  private static final LogSchema OTHER = LogSchema.builder("test").field("x", "string").build();

  @TempDir Path root;

  private final ManualClock clock = new ManualClock("2026-11-24T23:59:00Z");

  private OutputFolder open(boolean isAppending) throws OutputRefusedException {
    return OutputFolder.open(root.resolve("out"), isAppending, clock);
  }

  private static void row(OutputFolder folder, String text) throws IOException {
    var call = folder.begin();
    call.output("test").daily().rows(SCHEMA).row().string(text).count(1).end();
    call.commit();
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(root.resolve("out").resolve(file));
  }

  private List<String> rows(String file) throws IOException {
    return lines(file).stream().filter(line -> !line.startsWith("#")).toList();
  }

  @Test
  void appendsWhatACallWroteWhenItSucceeds() throws Exception {
    try (var folder = open(false)) {
      var call = folder.begin();
      var lines = call.output("notes").lines();
      lines.line("one");
      lines.line("two");
      assertThat(root.resolve("out/notes.log")).doesNotExist();
      call.commit();
      assertThat(lines("notes.log")).containsExactly("one", "two");
    }
  }

  @Test
  void keepsNothingOfACallThatFails() throws Exception {
    try (var folder = open(false)) {
      var call = folder.begin();
      call.output("notes").lines().line("one");
      call.discard();
      assertThat(root.resolve("out/notes.log")).doesNotExist();
      assertThatThrownBy(() -> call.output("notes").lines().line("late"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("after the hook's call had ended");
    }
  }

  @Test
  void refusesRowsAndLinesOfACallThatHasEnded() throws Exception {
    try (var folder = open(false)) {
      var call = folder.begin();
      var rows = call.output("rows").rows(SCHEMA);
      var lines = call.output("lines").lines();
      call.commit();
      assertThatThrownBy(() -> rows.row().string("late").count(1).end())
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> lines.line("late")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void stagesMoreThanFitsInMemoryInAFile() throws Exception {
    try (var folder = open(false)) {
      var call = folder.begin();
      var rows = call.output("big").rows(SCHEMA);
      for (int i = 0; i < 200_000; i++) {
        rows.row().string("a text of some length").count(i).end();
      }
      assertThat(folder.staging()).isNotEmptyDirectory();
      call.commit();
      assertThat(folder.staging()).isEmptyDirectory();
    }
    assertThat(rows("big.log")).hasSize(200_000).last().isEqualTo("a text of some length\t199999");
  }

  @Test
  void writesOneHeaderAndOneCloseADay() throws Exception {
    try (var folder = open(false)) {
      row(folder, "a");
      row(folder, "b");
      clock.advance(Duration.ofMinutes(2));
      row(folder, "c");
      assertThat(lines("test/2026-11-24.log")).last().isEqualTo("#close\t2026-11-25-00-01-00");
    }
    assertThat(rows("test/2026-11-24.log")).containsExactly("a\t1", "b\t1");
    assertThat(rows("test/2026-11-25.log")).containsExactly("c\t1");
    assertThat(lines("test/2026-11-24.log"))
        .containsExactly(
            "#separator \\x09",
            "#set_separator\t,",
            "#empty_field\t(empty)",
            "#unset_field\t-",
            "#path\ttest",
            "#open\t2026-11-24-23-59-00",
            "#fields\ts\tn",
            "#types\tstring\tcount",
            "a\t1",
            "b\t1",
            "#close\t2026-11-25-00-01-00");
  }

  @Test
  void goesOnWithTheFileOfTheDayAndReplacesItsClose() throws Exception {
    for (var text : List.of("a", "b", "c")) {
      try (var folder = open(true)) {
        row(folder, text);
      }
      clock.advance(Duration.ofSeconds(7));
    }
    assertThat(rows("test/2026-11-24.log")).containsExactly("a\t1", "b\t1", "c\t1");
    assertThat(lines("test/2026-11-24.log").stream().filter(line -> line.startsWith("#open")))
        .hasSize(1);
    assertThat(lines("test/2026-11-24.log").stream().filter(line -> line.startsWith("#close")))
        .containsExactly("#close\t2026-11-24-23-59-14");
  }

  @Test
  void takesOffALineThatACrashLeftHalfWritten() throws Exception {
    try (var folder = open(false)) {
      row(folder, "a");
    }
    var file = root.resolve("out/test/2026-11-24.log");
    var text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.indexOf("#close")) + "ha");
    try (var folder = open(true)) {
      row(folder, "b");
    }
    assertThat(rows("test/2026-11-24.log")).containsExactly("a\t1", "b\t1");
  }

  @Test
  void putsAnotherSchemaIntoAFileOfItsOwn() throws Exception {
    for (int i = 0; i < 2; i++) {
      try (var folder = open(true)) {
        row(folder, "a");
        var call = folder.begin();
        call.output("test").daily().rows(OTHER).row().string("x").end();
        call.commit();
      }
    }
    assertThat(rows("test/2026-11-24.log")).containsExactly("a\t1", "a\t1");
    assertThat(rows("test/2026-11-24-2.log")).containsExactly("x", "x");
  }

  @Test
  void refusesTwoKindsOfContentInOneCall() throws Exception {
    try (var folder = open(false)) {
      var call = folder.begin();
      call.output("test").rows(SCHEMA);
      assertThatThrownBy(() -> call.output("test").lines())
          .isInstanceOf(IllegalStateException.class);
      call.discard();
    }
  }

  @Test
  void twoOutputsNeverShareAFile() throws Exception {
    try (var folder = open(false)) {
      var call = folder.begin();
      call.output("x-2").lines().line("named x-2");
      call.commit();
      call = folder.begin();
      call.output("x").rows(SCHEMA).row().string("a").count(1).end();
      call.commit();
      call = folder.begin();
      call.output("x").rows(OTHER).row().string("b").end();
      call.commit();
    }
    assertThat(lines("x-2.log")).containsExactly("named x-2");
    assertThat(rows("x.log")).containsExactly("a\t1");
    assertThat(rows("x-3.log")).containsExactly("b");
  }

  @Test
  void jsonRowsHaveNoHeaderAndNoClose() throws Exception {
    var json = LogSchema.builder("j").field("s", "string").format(JsonFormat.ZEEK).build();
    for (int i = 0; i < 2; i++) {
      try (var folder = open(true)) {
        var call = folder.begin();
        call.output("j").rows(json).row().string("a").end();
        call.commit();
      }
    }
    assertThat(lines("j.log")).containsExactly("{\"s\":\"a\"}", "{\"s\":\"a\"}");
  }

  @Test
  void refusesAFolderThatIsNotEmptyUnlessItMayAppend() throws Exception {
    try (var folder = open(false)) {
      row(folder, "a");
    }
    assertThatThrownBy(() -> open(false))
        .isInstanceOf(OutputRefusedException.class)
        .hasMessageContaining("is not empty")
        .hasMessageContaining("--append");
  }

  @Test
  void refusesAFolderThatAnotherHostHas() throws Exception {
    try (var folder = open(false)) {
      assertThatThrownBy(() -> open(true))
          .isInstanceOf(OutputRefusedException.class)
          .hasMessageContaining("Another host");
      row(folder, "a");
    }
    open(true).close();
  }

  @Test
  void refusesAFileAsAFolder() throws Exception {
    Files.writeString(root.resolve("out"), "a file");
    assertThatThrownBy(() -> open(false))
        .isInstanceOf(OutputRefusedException.class)
        .hasMessageContaining("is a file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/etc/x", "../x", "a/../b", "a//b", ".hidden", "a/.b", "a\\b", "ä", "a b", "a/"
      })
  void refusesNamesThatCouldLeadOut(String name) throws Exception {
    try (var folder = open(false)) {
      assertThatThrownBy(() -> folder.begin().output(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is no name for an output");
    }
  }

  @Test
  void emptiesTheStagingFolderOfACrashedHost() throws Exception {
    var left =
        Files.createDirectories(root.resolve("out/.longline/staging")).resolve("run-1.staged");
    Files.writeString(left, "left behind");
    try (var folder = open(false)) {
      assertThat(left).doesNotExist();
      assertThat(folder.path()).isEqualTo(root.resolve("out"));
    }
  }

  @Test
  void aCallThatCannotWriteOneOutputWritesNone() throws Exception {
    Files.createDirectories(root.resolve("out/z.log"));
    try (var folder = open(true)) {
      for (int i = 0; i < 2; i++) {
        var call = folder.begin();
        call.output("a").lines().line("gone");
        call.output("z").lines().line("cannot be written");
        assertThatThrownBy(call::commit)
            .isInstanceOf(OutputFailedException.class)
            .hasMessageContaining("The output z could not be written");
      }
      var call = folder.begin();
      call.output("a").lines().line("there");
      call.commit();
    }
    assertThat(lines("a.log")).containsExactly("there");
  }

  @Test
  void aRowThatLooksLikeACloseIsKept() throws Exception {
    try (var folder = open(false)) {
      row(folder, "port close\\x09 2026-11-24-10-00-00");
    }
    var file = root.resolve("out/test/2026-11-24.log");
    var text =
        Files.readString(file)
            .replaceFirst("#close.*\n", "")
            .replaceFirst("\t1\n$", "\t2026-11-24-10-00-00\n");
    Files.writeString(file, text);
    try (var folder = open(true)) {
      row(folder, "b");
    }
    assertThat(rows("test/2026-11-24.log")).hasSize(2);
  }

  @Test
  void takesOffALongHalfLine() throws Exception {
    try (var folder = open(false)) {
      var call = folder.begin();
      call.output("notes").lines().line("x".repeat(9_000));
      call.commit();
    }
    var file = root.resolve("out/notes.log");
    Files.writeString(file, "half ".repeat(5_000), java.nio.file.StandardOpenOption.APPEND);
    try (var folder = open(true)) {
      var call = folder.begin();
      call.output("notes").lines().line("# a line like a heading");
      call.commit();
    }
    assertThat(lines("notes.log")).containsExactly("x".repeat(9_000), "# a line like a heading");
  }

  @Test
  void linesThatStartLikeAHeaderStayInOneFile() throws Exception {
    for (int i = 0; i < 3; i++) {
      try (var folder = open(true)) {
        var call = folder.begin();
        call.output("md").lines().line("# heading");
        call.commit();
      }
    }
    assertThat(lines("md.log")).hasSize(3);
  }

  @Test
  void aRefusedFolderIsLeftAsItWas() throws Exception {
    Files.writeString(Files.createDirectories(root.resolve("out")).resolve("mine.txt"), "x");
    assertThatThrownBy(() -> open(false)).isInstanceOf(OutputRefusedException.class);
    assertThat(root.resolve("out")).isDirectoryNotContaining(path -> path.endsWith(".longline"));
  }
}
