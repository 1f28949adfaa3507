package io.longline.host.doctor;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.longline.host.files.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * Whether a folder is there, can be used, and is in the right hands. Immutable.
 *
 * @param folder the folder
 * @param trusted the names of the users that may own it
 */
record FolderCheck(CheckedFolder folder, Set<String> trusted) implements Check {

  @Override
  public String name() {
    return folder.check("folder");
  }

  @Override
  public List<Diagnosis> make() {
    var path = folder.path();
    if (!Files.exists(path, NOFOLLOW_LINKS)) {
      return List.of(missing());
    }
    if (!Files.isDirectory(path)) {
      return List.of(
          Diagnosis.fault(name(), path + " is not a folder", "Name another in " + setting()));
    }
    boolean isUsable =
        Files.isReadable(path)
            && Files.isExecutable(path)
            && (!folder.use().isWritten() || Files.isWritable(path));
    if (!isUsable) {
      return List.of(
          Diagnosis.fault(
              name(),
              "%s cannot be %s by this user"
                  .formatted(path, folder.use().isWritten() ? "written" : "read"),
              "Run this as the user of the host, give that user the folder, or name another in "
                  + setting()));
    }
    try {
      return List.of(rated());
    } catch (IOException | UnsupportedOperationException e) {
      return List.of(
          Diagnosis.fault(
              name(), path + " cannot be looked at: " + e, "Name another in " + setting()));
    }
  }

  private String setting() {
    return folder.use().setting() + ".";
  }

  private Diagnosis missing() {
    var path = folder.path();
    var above = folder.nearest();
    if (folder.use().isMade() && above != null && Files.isWritable(above)) {
      return Diagnosis.ok(name(), path + " does not exist; a host makes it");
    }
    return Diagnosis.fault(
        name(),
        path + " does not exist" + (folder.use().isMade() ? ", and cannot be made" : ""),
        "Make it, or name another in " + setting());
  }

  private Diagnosis rated() throws IOException {
    var path = folder.path();
    var attributes = Files.readAttributes(path, PosixFileAttributes.class);
    var owner = attributes.owner().getName();
    var found =
        "%s, %s, of %s"
            .formatted(path, PosixFilePermissions.toString(attributes.permissions()), owner);
    boolean isOpen =
        attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)
            && (folder.use() != CheckedFolder.Use.TEMPORARY || !SharedFolder.isSticky(path));
    if (isOpen) {
      return Diagnosis.fault(
          name(),
          found + ": every user may write to it",
          "chmod o-w " + path + ", after a look at what is in it.");
    }
    if (!trusted.contains(owner)) {
      return Diagnosis.warning(
          name(),
          found + ", who may exchange what is in it",
          "It should belong to root or to the user of the host: chown it, or name another in "
              + setting());
    }
    boolean isCode = folder.use() == CheckedFolder.Use.PLUGINS;
    if (isCode && attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)) {
      return Diagnosis.warning(
          name(),
          found + ": the group may put code into it",
          "chmod g-w " + path + ", unless everybody in the group is trusted.");
    }
    if (Files.isSymbolicLink(path)) {
      return Diagnosis.warning(
          name(),
          found + ", a symbolic link to " + path.toRealPath(),
          "Name the folder that it leads to, in " + setting());
    }
    return Diagnosis.ok(name(), found);
  }
}
