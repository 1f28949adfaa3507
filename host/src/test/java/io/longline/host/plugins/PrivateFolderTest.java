package io.longline.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {

  @TempDir Path temporary;

  @TempDir Path elsewhere;

  /** Another process: locks a file, unless that is locked, and ends with its input. */
  static final class Locking {

    private Locking() {}

    /** Prints 1 if it has the lock, else 0. */
    public static void main(String[] arguments) throws IOException {
      try (var channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
        System.out.write(channel.tryLock() == null ? '0' : '1');
        System.out.flush();
        while (System.in.read() >= 0) {}
      }
    }
  }

  private static Process anotherProcess(Path lock) throws Exception {
    var classes =
        Path.of(Locking.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classes.toString(),
            Locking.class.getName(),
            lock.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** A folder as a host that was killed has left it: nobody holds its lock. */
  private Path leftover(String name) throws IOException {
    var folder = Files.createDirectories(temporary.resolve(name).resolve("staging/deep"));
    Files.writeString(folder.resolve("part"), "x");
    Files.createFile(temporary.resolve(name).resolve("lock"));
    return temporary.resolve(name);
  }

  @Test
  void onlyTheUserMayEnterTheFolder() throws Exception {
    try (var folder = PrivateFolder.in(temporary)) {
      assertThat(folder.path()).isDirectory().hasParent(temporary);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void closingRemovesTheFolderWithAllThatIsInIt() throws Exception {
    var folder = PrivateFolder.in(temporary);
    Files.writeString(Files.createDirectory(folder.resolve("jars")).resolve("a.jar"), "x");
    folder.close();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void whatAKilledHostHasLeftIsRemoved() throws Exception {
    var left = leftover("longline-host-killed");
    try (var folder = PrivateFolder.in(temporary)) {
      assertThat(left).doesNotExist();
      assertThat(folder.path()).exists();
    }
  }

  @Test
  void foldersThatAreNotOfAHostAreKept() throws Exception {
    var other = leftover("another-program");
    var noLock = Files.createDirectory(temporary.resolve("longline-host-starting"));
    PrivateFolder.in(temporary).close();
    assertThat(other.resolve("staging/deep/part")).exists();
    assertThat(noLock).as("a host that is about to lock it").exists();
  }

  @Test
  void theFolderOfAnotherHostOfThisProgramIsKeptAndStaysLocked() throws Exception {
    try (var first = PrivateFolder.in(temporary);
        var second = PrivateFolder.in(temporary)) {
      assertThat(first.path()).exists().isNotEqualTo(second.path());
      var other = anotherProcess(first.path().resolve("lock"));
      assertThat(other.getInputStream().read()).as("another process gets the lock").isEqualTo('0');
      other.getOutputStream().close();
      assertThat(other.waitFor()).isZero();
    }
  }

  @Test
  void theFolderOfAHostInAnotherProcessIsKeptUntilThatHasEnded() throws Exception {
    var live = leftover("longline-host-live");
    var other = anotherProcess(live.resolve("lock"));
    assertThat(other.getInputStream().read()).isEqualTo('1');
    PrivateFolder.in(temporary).close();
    assertThat(live.resolve("staging/deep/part")).exists();
    other.getOutputStream().close();
    assertThat(other.waitFor()).isZero();
    PrivateFolder.in(temporary).close();
    assertThat(live).doesNotExist();
  }

  @Test
  void aFolderThatSomebodyHasRemovedIsMadeAgain() throws Exception {
    try (var folder = PrivateFolder.in(temporary)) {
      var path = folder.path();
      Files.delete(path.resolve("lock"));
      Files.delete(path);
      assertThat(folder.path()).isEqualTo(path).isDirectory();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rwx------");
      assertThat(path.resolve("lock")).exists();
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aSymbolicLinkInThePlaceOfTheFolderIsNotUsed() throws Exception {
    try (var folder = PrivateFolder.in(temporary)) {
      var path = folder.path();
      Files.delete(path.resolve("lock"));
      Files.delete(path);
      Files.createSymbolicLink(path, elsewhere);
      assertThatThrownBy(folder::path).isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void aFolderOfAnotherUserInThePlaceOfTheFolderIsNotUsed() throws Exception {
    try (var folder = PrivateFolder.in(temporary)) {
      var path = folder.path();
      var other =
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
      try {
        Files.setOwner(path, other);
      } catch (IOException e) {
        assumeTrue(false, "only root may give a folder to another user");
      }
      assertThatThrownBy(folder::path)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("put another folder in the place of");
    }
  }

  @Test
  void symbolicLinksAreNotFollowedWhenLeftoversAreRemoved() throws Exception {
    var kept = Files.writeString(elsewhere.resolve("kept"), "x");
    Files.createFile(elsewhere.resolve("lock"));
    Files.createSymbolicLink(temporary.resolve("longline-host-link"), elsewhere);
    var withLink = leftover("longline-host-killed");
    Files.createSymbolicLink(withLink.resolve("link"), elsewhere);
    var linkedLock = Files.createDirectory(temporary.resolve("longline-host-linked-lock"));
    Files.createSymbolicLink(linkedLock.resolve("lock"), kept);
    PrivateFolder.in(temporary).close();
    assertThat(withLink).doesNotExist();
    assertThat(linkedLock).exists();
    assertThat(List.of(kept, elsewhere.resolve("lock"))).allSatisfy(p -> assertThat(p).exists());
  }

  @Test
  void closingRemovesALinkAndNotWhatItNames() throws Exception {
    var kept = Files.writeString(elsewhere.resolve("kept"), "x");
    try (var folder = PrivateFolder.in(temporary)) {
      Files.createSymbolicLink(folder.resolve("link"), elsewhere);
    }
    assertThat(temporary).isEmptyDirectory();
    assertThat(kept).exists();
  }

  @Test
  void somethingInItIsRemovedWithAllBelow() throws Exception {
    try (var folder = PrivateFolder.in(temporary)) {
      Files.writeString(Files.createDirectory(folder.resolve("1")).resolve("part"), "x");
      var other = Files.createDirectory(folder.resolve("2"));
      folder.removeNow("1");
      folder.removeNow("never there");
      assertThat(folder.resolve("1")).doesNotExist();
      assertThat(other).exists();
    }
  }

  @Test
  void aFolderInWhichOthersMayWriteIsNoLeftoverOfOurs() throws Exception {
    var open = leftover("longline-host-open");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    PrivateFolder.in(temporary).close();
    assertThat(open.resolve("staging/deep/part")).exists();
  }

  @Test
  void aFolderOfAnotherUserIsNoLeftoverOfOurs() throws Exception {
    var theirs = leftover("longline-host-theirs");
    var other =
        theirs.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    try {
      Files.setOwner(theirs, other);
    } catch (IOException e) {
      assumeTrue(false, "only root may give a folder to another user");
    }
    PrivateFolder.in(temporary).close();
    assertThat(theirs.resolve("staging/deep/part")).exists();
  }

  @Test
  void aFolderPutInItsPlaceIsNotEmptiedAtTheEnd() throws Exception {
    var folder = PrivateFolder.in(temporary);
    var kept = Files.writeString(elsewhere.resolve("kept"), "x");
    Files.move(folder.path(), temporary.resolve("moved"));
    Files.createSymbolicLink(folder.resolve("x").getParent(), elsewhere);
    folder.removeNow("kept");
    folder.close();
    assertThat(kept).exists();
  }
}
