package io.longline.host.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.longline.host.event.HostEvent.PathRejected;
import io.longline.host.ledger.FileStamp;
import io.longline.host.testing.RecordingEvents;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLookTest {

  @TempDir Path folder;

  private final RecordingEvents events = new RecordingEvents();
  private final RejectedPaths rejected = new RejectedPaths(events);
  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectories(folder.resolve("root")).toRealPath();
  }

  private DirectoryLook look() throws IOException {
    return DirectoryLook.at(root, root, () -> false, rejected);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(root.resolve(name), text);
  }

  @Test
  void filesAreSortedByName() throws IOException {
    for (var name : new String[] {"dns.log", "a.txt", "conn.log"}) {
      file(name, "12345");
    }
    assertThat(look().files())
        .extracting(FileStamp::name, FileStamp::size)
        .containsExactly(tuple("a.txt", 5L), tuple("conn.log", 5L), tuple("dns.log", 5L));
  }

  @Test
  void twoLooksAreEqualUntilAFileChanges() throws IOException {
    file("conn.log", "1");
    var before = look();
    assertThat(look()).isEqualTo(before);
    file("conn.log", "12");
    assertThat(look()).isNotEqualTo(before);
  }

  @Test
  void foldersAreSearchedUnlessHiddenOrCurrent() throws IOException {
    for (var name : new String[] {"a", ".hidden", "current"}) {
      Files.createDirectory(root.resolve(name));
    }
    file(".partial.log", "1");
    assertThat(look().folders()).containsExactly(root.resolve("a"));
    assertThat(look().files()).isEmpty();
  }

  @Test
  void anOutputFolderCountsAsEmpty() throws IOException {
    file("conn.log", "1");
    Files.createDirectory(root.resolve(".longline"));
    assertThat(look()).isEqualTo(new DirectoryLook(List.of(), List.of()));
  }

  @Test
  void aLinkCountsAsAFileIfItStaysBelowTheRoot() throws IOException {
    var outside = Files.writeString(folder.resolve("outside.log"), "1");
    Files.createSymbolicLink(root.resolve("inner.log"), file("conn.log", "123"));
    Files.createSymbolicLink(root.resolve("outer.log"), outside);
    Files.createSymbolicLink(root.resolve("broken.log"), folder.resolve("nothing"));
    assertThat(look().files()).extracting(FileStamp::name).containsExactly("conn.log", "inner.log");
    assertThat(look().files()).extracting(FileStamp::size).containsExactly(3L, 3L);
    assertThat(events.of(PathRejected.class))
        .containsExactly(
            new PathRejected(
                root.resolve("outer.log").toString(),
                "It is a symbolic link out of the root; such links are not followed."));
  }

  /** Opening a named pipe may never end. */
  @Test
  void aLinkToANamedPipeIsNoFile() throws Exception {
    var pipe = root.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Files.createSymbolicLink(root.resolve("http.log"), pipe);
    assertThat(look().files()).isEmpty();
    assertThat(events.of(PathRejected.class))
        .containsExactly(
            new PathRejected(
                root.resolve("http.log").toString(),
                "It is a symbolic link to something that is not a file."));
    assertThatThrownBy(() -> LogProbe.ofKnownNames().look(root.resolve("http.log")))
        .hasMessageContaining("It is not a regular file");
  }

  @Test
  void aLookIsEndedBetweenTwoEntries() throws IOException {
    file("conn.log", "1");
    file("dns.log", "1");
    var asked = new AtomicInteger();
    assertThatThrownBy(
            () -> DirectoryLook.at(root, root, () -> asked.incrementAndGet() > 1, rejected))
        .isInstanceOf(InterruptedIOException.class);
  }

  @Test
  void linksToFoldersAreReportedExceptCurrent() throws IOException {
    Files.createSymbolicLink(root.resolve("loop"), root);
    Files.createSymbolicLink(root.resolve("current"), root);
    assertThat(look().folders()).isEmpty();
    assertThat(events.of(PathRejected.class))
        .containsExactly(
            new PathRejected(
                root.resolve("loop").toString(),
                "It is a symbolic link to a folder; such links are not followed."));
  }

  @Test
  void aMissingRootIsReportedAgainOnlyAfterItHasBeenThere() throws IOException {
    Files.delete(root);
    look();
    look();
    assertThat(events.of(PathRejected.class))
        .containsExactly(new PathRejected(root.toString(), "There is no such folder."));
    Files.createDirectory(root);
    look();
    Files.delete(root);
    look();
    assertThat(events.of(PathRejected.class)).hasSize(2);
  }

  @Test
  void aMissingFolderBelowTheRootIsNotReported() throws IOException {
    assertThat(DirectoryLook.at(root.resolve("gone"), root, () -> false, rejected).files())
        .isEmpty();
    assertThat(events.of(PathRejected.class)).isEmpty();
  }

  @Test
  void aFolderThatCannotBeReadIsAnError() throws IOException {
    var loop = root.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    assertThatThrownBy(() -> DirectoryLook.at(loop, root, () -> false, rejected))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("loop");
  }
}
