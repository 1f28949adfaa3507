package io.longline.host.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFolderTest {

  @TempDir Path temporary;

  private Path folder;
  private Path elsewhere;

  @BeforeEach
  void makeFolders() throws IOException {
    folder = Files.createDirectory(temporary.resolve("folder"));
    elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("kept"), "x");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  private static void setMode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  /** Gives something to another user, as only the superuser can. */
  private static void giveAway(Path path) throws IOException {
    var nobody =
        FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    try {
      Files.setOwner(path, nobody);
    } catch (IOException e) {
      assumeTrue(false, "only root may give a file to another user");
    }
  }

  private void write(String name, String text) throws IOException {
    try (var open = OpenFolder.open(folder);
        var file = open.file(name, FileAccess.GROUP)) {
      file.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }
  }

  @Test
  void newFilesHaveTheModeOfTheirAccess() throws Exception {
    for (var access : FileAccess.values()) {
      try (var open = OpenFolder.open(folder);
          var file = open.file(access.word(), access);
          var inner = open.makeFolder("in-" + access.word(), access)) {
        assertThat(file.isOpen()).isTrue();
        assertThat(inner.names()).isEmpty();
      }
    }
    assertThat(mode(folder.resolve("owner"))).isEqualTo("rw-------");
    assertThat(mode(folder.resolve("group"))).isEqualTo("rw-r-----");
    assertThat(mode(folder.resolve("all"))).isEqualTo("rw-r--r--");
    assertThat(mode(folder.resolve("in-owner"))).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("in-group"))).isEqualTo("rwxr-x---");
    assertThat(mode(folder.resolve("in-all"))).isEqualTo("rwxr-xr-x");
  }

  @Test
  void aFileOfAnEarlierVersionStaysUsableAndIsWritableForOthersNoMore() throws Exception {
    for (var name : new String[] {"output", "private"}) {
      setMode(Files.writeString(folder.resolve(name), "old"), "rw-rw-rw-");
    }
    try (var open = OpenFolder.open(folder);
        var output = open.file("output", FileAccess.GROUP);
        var own = open.file("private", FileAccess.OWNER)) {
      assertThat(output.size()).isEqualTo(3);
      assertThat(own.size()).isEqualTo(3);
    }
    assertThat(mode(folder.resolve("output"))).isEqualTo("rw-rw-r--");
    assertThat(mode(folder.resolve("private"))).isEqualTo("rw-------");
  }

  @Test
  void aSymbolicLinkIsNotFollowedEvenIfItLeadsNowhere() throws Exception {
    Files.createSymbolicLink(folder.resolve("link"), elsewhere.resolve("kept"));
    Files.createSymbolicLink(folder.resolve("dangling"), elsewhere.resolve("made"));
    assertThatThrownBy(() -> write("link", "y"))
        .isInstanceOf(ForeignFileException.class)
        .hasMessageEndingWith("folder/link is a symbolic link");
    assertThatThrownBy(() -> write("dangling", "y")).isInstanceOf(ForeignFileException.class);
    assertThat(elsewhere.resolve("kept")).hasContent("x");
    assertThat(elsewhere.resolve("made")).doesNotExist();
  }

  @Test
  void aFifoIsNotOpened() throws Exception {
    var made = new ProcessBuilder("mkfifo", folder.resolve("fifo").toString()).start().waitFor();
    assertThat(made).isZero();
    assertThatThrownBy(() -> write("fifo", "y"))
        .isInstanceOf(ForeignFileException.class)
        .hasMessageEndingWith("is not a file");
  }

  @Test
  void aFileOfAnotherUserIsNotOpened() throws Exception {
    giveAway(Files.writeString(folder.resolve("theirs"), "old"));
    assertThatThrownBy(() -> write("theirs", "y"))
        .isInstanceOf(ForeignFileException.class)
        .hasMessageEndingWith("belongs to nobody");
    assertThat(folder.resolve("theirs")).hasContent("old");
  }

  @Test
  void filesOfTheOwnerOfTheFolderAreOpened() throws Exception {
    giveAway(Files.writeString(folder.resolve("theirs"), "old"));
    giveAway(folder);
    write("theirs", "new");
    assertThat(folder.resolve("theirs")).hasContent("new");
  }

  @Test
  void anotherFileThanTheOneThatWasThereIsNotOpened() throws Exception {
    write("a", "first");
    write("b", "second");
    try (var open = OpenFolder.open(folder)) {
      var key = open.attributes("a").fileKey();
      open.file("a", FileAccess.GROUP, key).close();
      assertThatThrownBy(() -> open.file("b", FileAccess.GROUP, key))
          .isInstanceOf(ForeignFileException.class)
          .hasMessageEndingWith("is not the file that was there");
      assertThatThrownBy(() -> open.file("c", FileAccess.GROUP, key))
          .isInstanceOf(ForeignFileException.class);
    }
    assertThat(folder.resolve("c")).doesNotExist();
  }

  /** The moment of an attack: the folder was checked, and is exchanged before it is emptied. */
  @Test
  void aFolderThatIsExchangedForALinkAfterItWasOpenedIsTheOneThatIsEmptied() throws Exception {
    Files.writeString(Files.createDirectories(folder.resolve("old/in")).resolve("file"), "x");
    try (var parent = OpenFolder.open(folder);
        var old = parent.ownFolder("old")) {
      Files.move(folder.resolve("old"), folder.resolve("moved"));
      Files.createSymbolicLink(folder.resolve("old"), elsewhere);
      old.deleteAll();
      assertThatThrownBy(() -> parent.deleteFolder("old")).isInstanceOf(IOException.class);
    }
    assertThat(folder.resolve("moved")).isEmptyDirectory();
    assertThat(elsewhere.resolve("kept")).exists();
  }

  @Test
  void deletingATreeRemovesLinksAndNotWhatTheyLeadTo() throws Exception {
    Files.createSymbolicLink(
        Files.createDirectories(folder.resolve("old/in")).resolve("link"), elsewhere);
    Files.createSymbolicLink(folder.resolve("old/file"), elsewhere.resolve("kept"));
    try (var open = OpenFolder.open(folder)) {
      open.deleteTree("old");
      open.deleteTree("never there");
    }
    assertThat(folder).isEmptyDirectory();
    assertThat(elsewhere.resolve("kept")).exists();
  }

  @Test
  void aLinkToAFolderIsFollowedOnlyWhereOthersCannotMakeOne() throws Exception {
    Files.createSymbolicLink(folder.resolve("link"), elsewhere);
    try (var open = OpenFolder.open(folder)) {
      try (var followed = open.folder("link")) {
        assertThat(followed.names()).containsExactly("kept");
      }
      assertThatThrownBy(() -> open.ownFolder("link")).isInstanceOf(ForeignFileException.class);
    }
    setMode(folder, "rwxrwxrwx");
    try (var open = OpenFolder.open(folder)) {
      assertThatThrownBy(() -> open.folder("link"))
          .isInstanceOf(ForeignFileException.class)
          .hasMessageEndingWith("is a symbolic link");
    }
  }

  @Test
  void replacingAFileDoesNotWriteThroughALink() throws Exception {
    Files.createSymbolicLink(folder.resolve("a"), elsewhere.resolve("kept"));
    Files.createSymbolicLink(folder.resolve("a.new"), elsewhere.resolve("kept"));
    try (var open = OpenFolder.open(folder)) {
      open.replace("a", "new".getBytes(UTF_8), FileAccess.OWNER);
    }
    assertThat(folder.resolve("a")).hasContent("new");
    assertThat(Files.isSymbolicLink(folder.resolve("a"))).isFalse();
    assertThat(folder.resolve("a.new")).doesNotExist();
    assertThat(elsewhere.resolve("kept")).hasContent("x");
  }

  @Test
  void foldersAboveAFileAreMadeWithTheirAccess() throws Exception {
    try (var open = OpenFolder.open(folder);
        var parent = open.makeParent("a/b/file", FileAccess.ALL)) {
      parent.file("file", FileAccess.ALL).close();
    }
    assertThat(mode(folder.resolve("a/b"))).isEqualTo("rwxr-xr-x");
    assertThat(folder.resolve("a/b/file")).exists();
  }

  @Test
  void whatIsNotOursIsSaidInWordsForPeople() {
    var foreign = new ForeignFileException(Path.of("/a/b"), "is a symbolic link", false);
    assertThat(foreign).hasMessage("/a/b is a symbolic link").hasToString(foreign.getMessage());
  }
}
