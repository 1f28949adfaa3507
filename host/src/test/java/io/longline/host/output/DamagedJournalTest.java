package io.longline.host.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.host.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that lost committed bytes, with the way out that its message names. */
class DamagedJournalTest {

  private static final Pattern COMMAND = Pattern.compile("(touch .*?); then");

  @TempDir Path root;
  private Path out;

  private final ManualClock clock = new ManualClock("2026-11-24T23:59:00Z");

  @BeforeEach
  void chooseFolder() {
    // The command is to be pasted whatever the name is.
    out = root.resolve("it's an output");
  }

  private OpenOutputs open() throws Exception {
    return OpenOutputs.open(out, clock);
  }

  private static StagedOutputs call(OpenOutputs folder, String file, String line)
      throws IOException {
    var call = folder.begin();
    call.output(file).lines().line(line);
    return call;
  }

  private void damageJournal(String text) throws IOException {
    var journal = out.resolve(".longline/journal");
    var content = Files.readString(journal);
    assertThat(content).contains(text);
    Files.writeString(journal, content.replace(text, "?".repeat(text.length())));
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(out.resolve(file));
  }

  private void isRefused(ThrowingCallable opening) {
    assertThatThrownBy(opening)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is damaged")
        .hasMessageContaining("lost.log")
        .hasMessageContaining("replay the hook's calls");
  }

  @Test
  void bytesThatAreInTheirFileAlreadyAreNotMissed() throws Exception {
    var killed = open();
    killed.commit(call(killed, "lost", "first"));
    killed.commit(call(killed, "lost", "second"));
    killed.kill();
    damageJournal("first");
    try (var next = open()) {
      next.commit(call(next, "lost", "third"));
    }
    assertThat(lines("lost.log")).containsExactly("first", "second", "third");
  }

  @Test
  void bytesThatAreLostAreRefusedAndTheCommandOfTheMessageLeavesThemOut() throws Exception {
    var killed = open();
    killed.commit(call(killed, "lost", "written"));
    killed.commitWithoutWriting(call(killed, "lost", "not written"));
    killed.kill();
    damageJournal("not written");
    isRefused(() -> open());
    assertThat(lines("lost.log")).as("what was there").containsExactly("written");
    var message = refusal();
    var command = COMMAND.matcher(message);
    assertThat(command.find()).as(message).isTrue();
    assertThat(new ProcessBuilder("sh", "-c", command.group(1)).start().waitFor()).isZero();
    try (var next = open()) {
      next.commit(call(next, "lost", "later"));
    }
    assertThat(lines("lost.log")).containsExactly("written", "later");
    open().close();
  }

  private String refusal() {
    try {
      open().close();
      return "";
    } catch (Exception e) {
      return String.valueOf(e.getMessage());
    }
  }
}
