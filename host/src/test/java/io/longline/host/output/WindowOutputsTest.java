package io.longline.host.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.host.files.FileAccess;
import io.longline.host.output.WindowOutputs.Fate;
import io.longline.host.output.WindowOutputs.WindowCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowOutputsTest {

  private static final Instant START = Instant.parse("2024-04-29T00:00:00Z");
  private static final Instant END = Instant.parse("2024-04-30T00:00:00Z");

  @TempDir Path root;

  private WindowFolder folder;
  private WindowOutputs outputs;

  @BeforeEach
  void open() throws IOException {
    folder = WindowFolder.open(root, FileAccess.GROUP);
    outputs = new WindowOutputs(folder, true);
  }

  private static WindowCall call(long token, String... before) {
    return new WindowCall(7, token, "2024-04-29", START, END, List.of(before));
  }

  private StagedOutputs lines(String... namesAndLines) throws IOException {
    var staged = StagedOutputs.in(root.resolve("staging"));
    for (int i = 0; i < namesAndLines.length; i += 2) {
      staged.outputOfWindow(namesAndLines[i], "2024-04-29").lines().line(namesAndLines[i + 1]);
    }
    staged.complete();
    return staged;
  }

  private List<String> content(String name) throws IOException {
    return Files.readAllLines(root.resolve(name));
  }

  private List<String> leftBehind() throws IOException {
    try (var own = folder.openWindows()) {
      return own.names();
    }
  }

  @Test
  void whatACallWroteIsVisibleOnceItIsPublished() throws IOException {
    assertThat(outputs.stage(call(1), lines("totals", "one")))
        .containsExactly("totals/2024-04-29.log");
    assertThat(root.resolve("totals")).doesNotExist();
    outputs.publish(7, 1);
    assertThat(content("totals/2024-04-29.log")).containsExactly("one");
    assertThat(leftBehind()).isEmpty();
    outputs.publish(7, 1);
    assertThat(content("totals/2024-04-29.log")).containsExactly("one");
  }

  @Test
  void aLaterCallReplacesTheFilesAndRemovesThoseThatItDoesNotHave() throws IOException {
    var first = outputs.stage(call(1), lines("a", "one", "b", "one"));
    outputs.publish(7, 1);
    var second =
        outputs.stage(call(2, first.toArray(String[]::new)), lines("b", "two", "c", "two"));
    assertThat(second).containsExactly("b/2024-04-29.log", "c/2024-04-29.log");
    assertThat(content("b/2024-04-29.log")).containsExactly("one");
    outputs.publish(7, 2);
    assertThat(root.resolve("a/2024-04-29.log")).doesNotExist();
    assertThat(content("b/2024-04-29.log")).containsExactly("two");
    assertThat(content("c/2024-04-29.log")).containsExactly("two");
  }

  @Test
  void aFileThatIsNotTheWindowsStays() throws IOException {
    Files.createDirectories(root.resolve("a"));
    Files.writeString(root.resolve("a/2024-04-29.log"), "somebody's");
    assertThat(outputs.stage(call(1), lines("a", "one"))).containsExactly("a/2024-04-29-2.log");
    outputs.publish(7, 1);
    assertThat(content("a/2024-04-29.log")).containsExactly("somebody's");
    assertThat(content("a/2024-04-29-2.log")).containsExactly("one");
  }

  @Test
  void afterACrashTheRecordedCallIsPublishedAndTheOthersAreNot() throws IOException {
    outputs.stage(call(1), lines("a", "one"));
    outputs.stage(call(2), lines("a", "two"));
    outputs.stage(call(3), lines("a", "three"));
    var next = new WindowOutputs(folder, true);
    next.recover(
        (batch, token) -> token == 2 ? Fate.PUBLISH : token == 3 ? Fate.KEEP : Fate.DISCARD);
    assertThat(content("a/2024-04-29.log")).containsExactly("two");
    assertThat(leftBehind()).containsExactly("7-3");
  }

  @Test
  void aHostThatWasStoppedAfterItsCommitDoesNotReplaceNewerFiles() throws IOException {
    outputs.stage(call(1), lines("a", "old"));
    var other = new WindowOutputs(folder, true);
    other.stage(call(2), lines("a", "new"));
    other.publish(7, 2);
    outputs.publish(7, 1);
    assertThat(content("a/2024-04-29.log")).containsExactly("new");
  }

  @Test
  void aNameThatLeadsElsewhereIsLeftOut() throws IOException {
    var other = Files.writeString(root.resolveSibling(root.getFileName() + "-other"), "others'");
    outputs.stage(call(1, "../" + other.getFileName()), lines("a", "one"));
    outputs.publish(7, 1);
    assertThat(other).exists();
    assertThat(content("a/2024-04-29.log")).containsExactly("one");
    Files.delete(other);
  }

  @Test
  void anOutputOfAWindowHasNoDays() {
    var staged = StagedOutputs.in(root.resolve("staging"));
    assertThatThrownBy(() -> staged.outputOfWindow("a", "2024-04-29").daily())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("each window");
  }

  @Test
  void theFolderKeepsItsId() throws IOException {
    assertThat(WindowFolder.open(root, FileAccess.GROUP).id()).isEqualTo(folder.id());
    assertThatThrownBy(() -> WindowFolder.parts(root, "../x.parts"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
