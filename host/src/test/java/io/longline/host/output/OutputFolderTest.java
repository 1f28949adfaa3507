package io.longline.host.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.host.testing.ManualClock;
import io.longline.zeek.JsonFormat;
import io.longline.zeek.LogSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
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

  private OpenOutputs open() throws Exception {
    return OpenOutputs.open(root.resolve("out"), clock);
  }

  private static void row(OpenOutputs folder, String text) throws IOException {
    var call = folder.begin();
    call.output("test").daily().rows(SCHEMA).row().string(text).count(1).end();
    folder.commit(call);
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(root.resolve("out").resolve(file));
  }

  private List<String> rows(String file) throws IOException {
    return lines(file).stream().filter(line -> !line.startsWith("#")).toList();
  }

  @Test
  void appendsTheOutputOfACallThatSucceeds() throws Exception {
    try (var folder = open()) {
      var call = folder.begin();
      var lines = call.output("notes").lines();
      lines.line("one");
      lines.line("two");
      assertThat(root.resolve("out/notes.log")).doesNotExist();
      folder.commit(call);
      assertThat(lines("notes.log")).containsExactly("one", "two");
    }
  }

  @Test
  void refusesAnOwnerFileThatIsTooLong() throws Exception {
    open().close();
    var owner = root.resolve("out/.longline/owner");
    Files.writeString(owner, "a\nb\nc\n" + "\n".repeat(5_000));
    assertThatThrownBy(this::open)
        .isInstanceOf(OutputRefusedException.class)
        .hasMessageContaining(owner + " is damaged");
  }

  @Test
  void discardsTheOutputOfACallThatFails() throws Exception {
    try (var folder = open()) {
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
    try (var folder = open()) {
      var call = folder.begin();
      var rows = call.output("rows").rows(SCHEMA);
      var lines = call.output("lines").lines();
      folder.commit(call);
      assertThatThrownBy(() -> rows.row().string("late").count(1).end())
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> lines.line("late")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void stagesMoreThanFitsInMemoryInAFile() throws Exception {
    try (var folder = open()) {
      var call = folder.begin();
      var rows = call.output("big").rows(SCHEMA);
      for (int i = 0; i < 200_000; i++) {
        rows.row().string("a text of some length").count(i).end();
      }
      assertThat(folder.folder().staging()).isNotEmptyDirectory();
      folder.commit(call);
      assertThat(folder.folder().staging()).isEmptyDirectory();
    }
    assertThat(rows("big.log")).hasSize(200_000).last().isEqualTo("a text of some length\t199999");
  }

  @Test
  void writesOneHeaderAndOneCloseADay() throws Exception {
    try (var folder = open()) {
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
  void continuesTheFileOfTheDayAndReplacesItsClose() throws Exception {
    for (var text : List.of("a", "b", "c")) {
      try (var folder = open()) {
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
  void removesALineThatACrashLeftIncomplete() throws Exception {
    var killed = open();
    row(killed, "a");
    killed.kill();
    var file = root.resolve("out/test/2026-11-24.log");
    Files.writeString(file, "ha", StandardOpenOption.APPEND);
    try (var folder = open()) {
      row(folder, "b");
    }
    assertThat(rows("test/2026-11-24.log")).containsExactly("a\t1", "b\t1");
  }

  @Test
  void writesRowsThatWereCommittedWhenTheHostWasKilled() throws Exception {
    var killed = open();
    row(killed, "a");
    var call = killed.begin();
    call.output("test").daily().rows(SCHEMA).row().string("b").count(1).end();
    call.output("big").lines().line("x".repeat(1_000_000));
    killed.commitWithoutWriting(call);
    killed.kill();
    assertThat(rows("test/2026-11-24.log")).containsExactly("a\t1");
    open().close();
    assertThat(rows("test/2026-11-24.log")).containsExactly("a\t1", "b\t1");
    assertThat(lines("big.log")).containsExactly("x".repeat(1_000_000));
    var afterwards = Files.readAllBytes(root.resolve("out/test/2026-11-24.log"));
    open().close();
    assertThat(root.resolve("out/test/2026-11-24.log")).hasBinaryContent(afterwards);
  }

  @Test
  void leavesOutRowsThatWereNotCommittedWhenTheHostWasKilled() throws Exception {
    var killed = open();
    var call = killed.begin();
    call.output("notes").lines().line("gone");
    killed.stage(call);
    assertThat(root.resolve("out/.longline/journal")).hasContent("gone");
    killed.kill();
    try (var folder = open()) {
      var next = folder.begin();
      next.output("notes").lines().line("there");
      folder.commit(next);
    }
    assertThat(lines("notes.log")).containsExactly("there");
  }

  @Test
  void endsAFileOfADayThatIsOverWhenTheHostWasKilled() throws Exception {
    var killed = open();
    row(killed, "a");
    killed.kill();
    clock.advance(Duration.ofDays(2));
    open().close();
    assertThat(lines("test/2026-11-24.log")).last().isEqualTo("#close\t2026-11-26-23-59-00");
  }

  @Test
  void continuesAfterAFileWasRemoved() throws Exception {
    try (var folder = open()) {
      row(folder, "a");
    }
    Files.delete(root.resolve("out/test/2026-11-24.log"));
    try (var folder = open()) {
      row(folder, "b");
    }
    assertThat(rows("test/2026-11-24.log")).containsExactly("b\t1");
    assertThat(lines("test/2026-11-24.log")).first().isEqualTo("#separator \\x09");
  }

  @Test
  void beginsANewFileWhenOneIsMovedAwayWhileItIsWritten() throws Exception {
    var file = root.resolve("out/test/2026-11-24.log");
    var moved = root.resolve("moved.log");
    try (var folder = open()) {
      row(folder, "a");
      Files.move(file, moved);
      row(folder, "b");
      Files.delete(file);
      row(folder, "c");
    }
    assertThat(rows("test/2026-11-24.log")).containsExactly("c\t1");
    assertThat(lines("test/2026-11-24.log")).first().isEqualTo("#separator \\x09");
    assertThat(Files.readAllLines(moved)).last().isEqualTo("a\t1");
  }

  @Test
  void leavesUnknownFilesAlone() throws Exception {
    try (var folder = open()) {
      Files.writeString(root.resolve("out/notes.log"), "mine");
      var call = folder.begin();
      call.output("notes").lines().line("a hook's");
      folder.commit(call);
    }
    assertThat(lines("notes.log")).containsExactly("mine");
    assertThat(lines("notes-2.log")).containsExactly("a hook's");
  }

  @Test
  void putsAnotherSchemaIntoAFileOfItsOwn() throws Exception {
    for (int i = 0; i < 2; i++) {
      try (var folder = open()) {
        row(folder, "a");
        var call = folder.begin();
        call.output("test").daily().rows(OTHER).row().string("x").end();
        folder.commit(call);
      }
    }
    assertThat(rows("test/2026-11-24.log")).containsExactly("a\t1", "a\t1");
    assertThat(rows("test/2026-11-24-2.log")).containsExactly("x", "x");
  }

  @Test
  void refusesTwoKindsOfContentInOneCall() throws Exception {
    try (var folder = open()) {
      var call = folder.begin();
      call.output("test").rows(SCHEMA);
      assertThatThrownBy(() -> call.output("test").lines())
          .isInstanceOf(IllegalStateException.class);
      call.discard();
    }
  }

  @Test
  void twoOutputsNeverShareAFile() throws Exception {
    try (var folder = open()) {
      var call = folder.begin();
      call.output("x-2").lines().line("named x-2");
      folder.commit(call);
      call = folder.begin();
      call.output("x").rows(SCHEMA).row().string("a").count(1).end();
      folder.commit(call);
      call = folder.begin();
      call.output("x").rows(OTHER).row().string("b").end();
      folder.commit(call);
    }
    assertThat(lines("x-2.log")).containsExactly("named x-2");
    assertThat(rows("x.log")).containsExactly("a\t1");
    assertThat(rows("x-3.log")).containsExactly("b");
  }

  @Test
  void jsonRowsHaveNoHeaderAndNoClose() throws Exception {
    var json = LogSchema.builder("j").field("s", "string").format(JsonFormat.ZEEK).build();
    for (int i = 0; i < 2; i++) {
      try (var folder = open()) {
        var call = folder.begin();
        call.output("j").rows(json).row().string("a").end();
        folder.commit(call);
      }
    }
    assertThat(lines("j.log")).containsExactly("{\"s\":\"a\"}", "{\"s\":\"a\"}");
  }

  @Test
  void withoutALedgerTheFolderMustBeEmpty() throws Exception {
    try (var folder = open()) {
      row(folder, "a");
    }
    assertThatThrownBy(() -> OutputFolder.open(root.resolve("out"), true))
        .isInstanceOf(OutputRefusedException.class)
        .hasMessageContaining("outputs of an earlier run");
  }

  @Test
  void refusesAFolderOfAnotherLedger() throws Exception {
    open().close();
    try (var folder = OutputFolder.open(root.resolve("out"), false)) {
      assertThatThrownBy(() -> folder.belongTo("another", "host"))
          .isInstanceOf(OutputRefusedException.class)
          .hasMessageContaining("belongs to another ledger");
    }
  }

  @Test
  void refusesAFolderInUseByAnotherHost() throws Exception {
    try (var folder = open()) {
      assertThatThrownBy(() -> open())
          .isInstanceOf(OutputRefusedException.class)
          .hasMessageContaining("Another host");
      row(folder, "a");
    }
    open().close();
  }

  @Test
  void refusesAFileAsAFolder() throws Exception {
    Files.writeString(root.resolve("out"), "a file");
    assertThatThrownBy(() -> open())
        .isInstanceOf(OutputRefusedException.class)
        .hasMessageContaining("is a file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/etc/x", "../x", "a/../b", "a//b", ".hidden", "a/.b", "a\\b", "ä", "a b", "a/"
      })
  void refusesNamesThatCouldLeaveTheFolder(String name) throws Exception {
    try (var folder = open()) {
      assertThatThrownBy(() -> folder.begin().output(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is not a valid name for an output");
    }
  }

  @Test
  void emptiesTheStagingFolderOfACrashedHost() throws Exception {
    var left =
        Files.createDirectories(root.resolve("out/.longline/staging")).resolve("run-1.staged");
    Files.writeString(left, "left behind");
    try (var folder = open()) {
      assertThat(left).doesNotExist();
      assertThat(folder.folder().path()).isEqualTo(root.resolve("out"));
    }
  }

  @Test
  void aCallThatCannotWriteOneOutputWritesNone() throws Exception {
    try (var folder = open()) {
      Files.writeString(root.resolve("out/folder"), "a file where a folder should be");
      var call = folder.begin();
      call.output("a").lines().line("gone");
      call.output("folder/z").lines().line("cannot be written");
      assertThatThrownBy(() -> folder.commit(call))
          .isInstanceOf(OutputFailedException.class)
          .hasMessageContaining("The output folder/z could not be written");
      var next = folder.begin();
      next.output("a").lines().line("there");
      folder.commit(next);
    }
    assertThat(lines("a.log")).containsExactly("there");
  }

  @Test
  void aRowThatLooksLikeACloseIsKept() throws Exception {
    var killed = open();
    row(killed, "#close");
    killed.kill();
    try (var folder = open()) {
      row(folder, "b");
    }
    assertThat(rows("test/2026-11-24.log")).hasSize(2);
  }

  @Test
  void linesThatStartLikeAHeaderStayInOneFile() throws Exception {
    for (int i = 0; i < 3; i++) {
      try (var folder = open()) {
        var call = folder.begin();
        call.output("md").lines().line("# heading");
        folder.commit(call);
      }
    }
    assertThat(lines("md.log")).hasSize(3);
  }

  @Test
  void aRefusedFolderIsLeftAsItWas() throws Exception {
    Files.writeString(Files.createDirectories(root.resolve("out")).resolve("mine.txt"), "x");
    assertThatThrownBy(() -> open()).isInstanceOf(OutputRefusedException.class);
    assertThat(root.resolve("out")).isDirectoryNotContaining(path -> path.endsWith(".longline"));
  }

  private static void line(OpenOutputs folder, String text) throws IOException {
    var call = folder.begin();
    call.output("notes").lines().line(text);
    folder.commit(call);
  }

  @Test
  void doesNotWriteThroughALinkThatSomebodyPutInThePlaceOfAFile() throws Exception {
    var victim = Files.writeString(root.resolve("victim"), "mine\n");
    var file = root.resolve("out/notes.log");
    try (var folder = open()) {
      line(folder, "one");
      Files.move(file, root.resolve("moved"));
      Files.createSymbolicLink(file, victim);
      line(folder, "two");
      line(folder, "three");
    }
    try (var folder = open()) {
      line(folder, "four");
    }
    assertThat(victim).hasContent("mine\n");
    assertThat(Files.isSymbolicLink(file)).isTrue();
    assertThat(root.resolve("moved")).hasContent("one\n");
    assertThat(lines("notes-2.log")).containsExactly("two", "three", "four");
  }

  @Test
  void doesNotWriteThroughALinkBetweenTwoStarts() throws Exception {
    try (var folder = open()) {
      row(folder, "a");
    }
    var file = root.resolve("out/test/2026-11-24.log");
    var victim = Files.writeString(root.resolve("victim"), "x".repeat(10_000));
    Files.move(file, root.resolve("moved"));
    Files.createSymbolicLink(file, victim);
    try (var folder = open()) {
      row(folder, "b");
    }
    assertThat(victim).hasSize(10_000);
    assertThat(rows("test/2026-11-24-2.log")).containsExactly("b\t1");
    assertThat(Files.readAllLines(root.resolve("moved"))).contains("a\t1");
  }

  @Test
  void doesNotWriteToAnotherFileInThePlaceOfOne() throws Exception {
    var file = root.resolve("out/notes.log");
    try (var folder = open()) {
      line(folder, "one");
      Files.move(file, root.resolve("moved"));
      Files.writeString(file, "somebody else's, and longer than what was there\n");
      line(folder, "two");
    }
    Files.writeString(file, "later\nhands\nadded lines\n");
    try (var folder = open()) {
      line(folder, "three");
    }
    assertThat(lines("notes.log")).containsExactly("later", "hands", "added lines");
    assertThat(lines("notes-2.log")).containsExactly("two", "three");
  }

  @Test
  void usesFilesThatWereMovedWithTheirFolder() throws Exception {
    try (var folder = open()) {
      row(folder, "a");
    }
    var file = root.resolve("out/test/2026-11-24.log");
    Files.copy(file, root.resolve("copy"));
    Files.delete(file);
    Files.move(root.resolve("copy"), file);
    try (var folder = open()) {
      row(folder, "b");
    }
    assertThat(rows("test/2026-11-24.log")).containsExactly("a\t1", "b\t1");
    assertThat(root.resolve("out/test/2026-11-24-2.log")).doesNotExist();
  }

  @Test
  void writesBesideAFolderThatSomebodyHasReplacedByALink() throws Exception {
    var elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    try (var folder = open()) {
      row(folder, "a");
    }
    Files.move(root.resolve("out/test"), root.resolve("moved"));
    Files.createSymbolicLink(root.resolve("out/test"), elsewhere);
    Files.setPosixFilePermissions(
        root.resolve("out"), PosixFilePermissions.fromString("rwxrwx---"));
    try (var folder = open()) {
      row(folder, "b");
    }
    assertThat(elsewhere).isEmptyDirectory();
    assertThat(rows("test-2/2026-11-24.log")).containsExactly("b\t1");
  }

  @Test
  void writesCommittedRowsBesideALinkAfterACrash() throws Exception {
    var killed = open();
    row(killed, "a");
    var call = killed.begin();
    call.output("test").daily().rows(SCHEMA).row().string("b").count(1).end();
    killed.commitWithoutWriting(call);
    killed.kill();
    var file = root.resolve("out/test/2026-11-24.log");
    var victim = Files.writeString(root.resolve("victim"), "x".repeat(10_000));
    Files.move(file, root.resolve("moved"));
    Files.createSymbolicLink(file, victim);
    try (var folder = open()) {
      row(folder, "c");
    }
    assertThat(victim).hasSize(10_000);
    assertThat(rows("test/2026-11-24-2.log")).containsExactly("a\t1", "b\t1", "c\t1");
    assertThat(lines("test/2026-11-24-2.log")).first().isEqualTo("#separator \\x09");
  }

  @Test
  void doesNotStartWithALinkInThePlaceOfItsOwnFiles() throws Exception {
    open().close();
    var victim = Files.writeString(root.resolve("victim"), "mine");
    for (var name : List.of("lock", "owner", "journal")) {
      var file = root.resolve("out/.longline").resolve(name);
      Files.move(file, root.resolve("moved"));
      Files.createSymbolicLink(file, victim);
      assertThatThrownBy(() -> open().close())
          .as(name)
          .hasMessageContaining(name + " is a symbolic link");
      Files.delete(file);
      Files.move(root.resolve("moved"), file);
    }
    assertThat(victim).hasContent("mine");
  }

  @Test
  void damagedFilesOfTheHostNameTheirRemedy() throws Exception {
    open().close();
    var own = root.resolve("out/.longline");
    Files.delete(own.resolve("journal"));
    Files.createDirectory(own.resolve("journal"));
    assertThatThrownBy(() -> open().close()).hasMessageContaining("Move it away");
    Files.delete(own.resolve("journal"));
    Files.write(own.resolve("owner"), new byte[] {(byte) 0xff, 0});
    assertThatThrownBy(() -> open().close()).hasMessageContaining("Put a copy of it in its place");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void theGroupMayReadOutputsAndNobodyElseMayEnterTheHostsOwnFolder() throws Exception {
    try (var folder = open()) {
      row(folder, "a");
    }
    var out = root.resolve("out");
    assertThat(mode(out)).isEqualTo("rwxr-x---");
    assertThat(mode(out.resolve("test"))).isEqualTo("rwxr-x---");
    assertThat(mode(out.resolve("test/2026-11-24.log"))).isEqualTo("rw-r-----");
    assertThat(mode(out.resolve(".longline"))).isEqualTo("rwx------");
    assertThat(mode(out.resolve(".longline/staging"))).isEqualTo("rwx------");
    for (var name : List.of("journal", "lock", "owner")) {
      assertThat(mode(out.resolve(".longline").resolve(name))).as(name).isEqualTo("rw-------");
    }
  }

  @Test
  void aFolderThatAnEarlierVersionMadeForEverybodyIsUsedAndClosed() throws Exception {
    try (var folder = open()) {
      row(folder, "a");
    }
    var out = root.resolve("out");
    try (var all = Files.walk(out)) {
      for (var each : all.toList()) {
        Files.setPosixFilePermissions(
            each,
            PosixFilePermissions.fromString(Files.isDirectory(each) ? "rwxrwxrwx" : "rw-rw-rw-"));
      }
    }
    try (var folder = open()) {
      row(folder, "b");
    }
    assertThat(rows("test/2026-11-24.log")).containsExactly("a\t1", "b\t1");
    try (var all = Files.walk(out)) {
      assertThat(all.toList())
          .allSatisfy(each -> assertThat(mode(each)).doesNotEndWith("w-").doesNotEndWith("wx"));
    }
    assertThat(mode(out.resolve(".longline"))).isEqualTo("rwx------");
  }
}
