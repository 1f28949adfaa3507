package io.longline.host.doctor;

import static io.longline.host.testing.PluginJars.logHook;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.doctor.CheckedFolder.Use;
import io.longline.host.doctor.Diagnosis.Level;
import io.longline.host.doctor.SpaceCheck.Room;
import io.longline.host.testing.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks of folders, and of the disks that they are on. */
class FolderChecksTest {

  @TempDir Path home;

  private Path folder;
  private String me;

  @BeforeEach
  void prepare() throws IOException {
    folder = Files.createDirectories(home.resolve("a folder"));
    mode("rwxr-x---");
    me = Files.getOwner(folder).getName();
  }

  private void mode(String mode) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
  }

  private static void is(Check check, Level level, String result, String remedy) {
    var all = check.make();
    assertThat(all).hasSize(1);
    var found = all.get(0);
    assertThat(found.level()).as(found.toString()).isEqualTo(level);
    assertThat(found.result()).contains(result);
    assertThat(found.remedy()).contains(remedy);
  }

  private FolderCheck check(Use use, Path path) {
    return new FolderCheck(new CheckedFolder(use, path), Set.of(me));
  }

  @Test
  void aGoodFolderIsDescribed() {
    for (var use : Use.values()) {
      is(check(use, folder), Level.OK, folder + ", rwxr-x---, of " + me, "");
    }
  }

  @Test
  void aFolderThatIsMissingIsMadeIfThatCanBeDone() throws IOException {
    var missing = folder.resolve("b/c");
    is(check(Use.OUTPUT, missing), Level.OK, "does not exist; a host makes it", "");
    is(check(Use.PLUGINS, missing), Level.FAULT, "does not exist", "the setting plugins-dir");
    is(check(Use.TEMPORARY, missing), Level.FAULT, "does not exist", "java.io.tmpdir");
    is(
        check(Use.STATE, Path.of("/proc/self/longline")),
        Level.FAULT,
        "does not exist, and cannot be made",
        "the setting state");
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    var file = Files.createFile(folder.resolve("file"));
    is(check(Use.OUTPUT, file), Level.FAULT, "is not a folder", "the setting output");
  }

  @Test
  void aFolderThatCannotBeWrittenDoesNotDo() {
    // For the superuser too.
    is(check(Use.OUTPUT, Path.of("/proc/self")), Level.FAULT, "cannot be written", "user of");
  }

  @Test
  void nobodyElseMayWriteToIt() throws IOException {
    mode("rwxrwxrwx");
    is(check(Use.STATE, folder), Level.FAULT, "every user may write to it", "chmod o-w");
    is(check(Use.PLUGINS, folder), Level.FAULT, "every user may write to it", "chmod o-w");
    mode("rwxrwxr-x");
    is(check(Use.PLUGINS, folder), Level.WARNING, "put code into it", "chmod g-w");
    is(check(Use.OUTPUT, folder), Level.OK, "rwxrwxr-x", "");
    // It has the sticky bit.
    is(
        new FolderCheck(new CheckedFolder(Use.TEMPORARY, Path.of("/tmp")), Set.of("root")),
        Level.OK,
        "/tmp",
        "");
  }

  @Test
  void itBelongsToSomebodyWhoIsTrusted() {
    is(
        new FolderCheck(new CheckedFolder(Use.PLUGINS, folder), Set.of("nobody-else")),
        Level.WARNING,
        "of " + me + ", who may exchange",
        "chown");
  }

  @Test
  void aSymbolicLinkIsNamed() throws IOException {
    var link = Files.createSymbolicLink(home.resolve("link"), folder);
    is(check(Use.OUTPUT, link), Level.WARNING, "a symbolic link to " + folder, "leads to");
    Files.delete(folder);
    is(check(Use.OUTPUT, link), Level.FAULT, "is not a folder", "the setting output");
  }

  private DiskCheck disk(Use use, String options, String type) throws IOException {
    var table = home.resolve("mountinfo");
    Files.writeString(
        table,
        """
        1 0 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
        2 1 0:20 / %s %s shared:2 master:1 - %s some\\040source rw
        3 1 0:21 / %s.other rw - proc proc rw
        4 1 broken
        """
            .formatted(folder.toString().replace(" ", "\\040"), options, type, folder));
    return new DiskCheck(new CheckedFolder(use, folder.resolve("below")), table);
  }

  @Test
  void aDiskOfThisMachineDoes() throws IOException {
    is(disk(Use.STATE, "rw,nosuid", "xfs"), Level.OK, "xfs on some source, at " + folder, "");
  }

  @Test
  void aNetworkIsNoPlaceForALedger() throws IOException {
    for (var type : new String[] {"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "ceph"}) {
      is(disk(Use.STATE, "rw", type), Level.FAULT, "SQLite loses data", "PostgreSQL");
      is(
          disk(Use.OUTPUT, "rw", type),
          Level.WARNING,
          "waits whenever the network",
          "the setting output");
      is(disk(Use.PLUGINS, "rw", type), Level.OK, type, "");
    }
  }

  @Test
  void memoryAndContainersForget() throws IOException {
    is(disk(Use.STATE, "rw", "tmpfs"), Level.WARNING, "in memory", "the setting state");
    is(disk(Use.OUTPUT, "rw", "tmpfs"), Level.WARNING, "in memory", "the setting output");
    is(disk(Use.TEMPORARY, "rw", "tmpfs"), Level.OK, "tmpfs", "");
    is(disk(Use.STATE, "rw", "overlay"), Level.WARNING, "in the container", "Mount a volume");
    is(disk(Use.PLUGINS, "rw", "overlay"), Level.OK, "overlay", "");
  }

  @Test
  void aDiskMustBeForWritingAndForLibraries() throws IOException {
    is(
        disk(Use.OUTPUT, "ro,relatime", "ext4"),
        Level.FAULT,
        "for reading only",
        "the setting output");
    is(disk(Use.PLUGINS, "ro,relatime", "ext4"), Level.OK, "ext4", "");
    is(disk(Use.STATE, "rw,noexec", "ext4"), Level.FAULT, "library of SQLite", "the setting state");
    is(disk(Use.TEMPORARY, "rw,noexec", "tmpfs"), Level.WARNING, "zstd", "java.io.tmpdir");
  }

  @Test
  void aTableThatIsMissingSaysNothing() {
    is(
        new DiskCheck(new CheckedFolder(Use.STATE, folder), home.resolve("none")),
        Level.OK,
        "not known on this system",
        "");
  }

  private SpaceCheck space(long megabytes, long files, long allFiles) {
    return new SpaceCheck(
        new CheckedFolder(Use.OUTPUT, folder),
        path -> new Room(megabytes * 1_000_000, files, allFiles));
  }

  @Test
  void aDiskHasRoom() {
    is(space(5_000, 900_000, 1_000_000), Level.OK, "5000 MB free, room for 900000 files", "");
    is(space(500, 900_000, 1_000_000), Level.WARNING, "500 MB free", "Make room");
    is(space(50, 900_000, 1_000_000), Level.FAULT, "50 MB free", "Make room");
    is(space(5_000, 15_000, 1_000_000), Level.WARNING, "room for 15000 files", "Make room");
    is(space(5_000, 0, 1_000_000), Level.FAULT, "room for 0 files", "Make room");
    // There is no such limit.
    is(space(5_000, 0, 0), Level.OK, "5000 MB free", "");
  }

  @Test
  void theRoomIsMeasured() throws IOException {
    var room = Room.of(folder);
    assertThat(room.bytes()).isPositive();
    assertThat(room.files()).isLessThanOrEqualTo(room.allFiles());
  }

  @Test
  void jarsThatWouldNotLoadAreNamed() throws IOException {
    var check = new PluginsCheck(folder);
    is(check, Level.FAULT, "there is none in " + folder, "jar of a plugin");
    new PluginJars(folder)
        .jar("good.jar")
        .plugin("good", "1.0.0")
        .source(logHook("Good", ""))
        .index("test.plugin.Good")
        .build();
    is(check, Level.OK, "1 jar is good", "");
    Files.writeString(folder.resolve("broken.jar"), "no jar");
    var found = check.make();
    assertThat(found).hasSize(2);
    assertThat(found.get(1).level()).isEqualTo(Level.WARNING);
    assertThat(found.get(1).result()).isEqualTo("broken.jar: NOT_A_JAR");
    assertThat(new PluginsCheck(home.resolve("none")).make()).isEmpty();
  }
}
