package io.longline.host.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Set;

/**
 * Who may read what the program makes, whatever the umask is. Nobody but the owner may write it.
 * Immutable.
 */
public enum FileAccess {
  /** The owner alone: modes 0600 and 0700. */
  OWNER("rw-------", "rwx------"),

  /** The owner and the group: modes 0640 and 0750. */
  GROUP("rw-r-----", "rwxr-x---"),

  /** Everybody: modes 0644 and 0755. */
  ALL("rw-r--r--", "rwxr-xr-x");

  private final String files;
  private final String folders;

  FileAccess(String files, String folders) {
    this.files = files;
    this.folders = folders;
  }

  /** The word for it in settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The permissions of a file. */
  public Set<PosixFilePermission> ofFiles() {
    return PosixFilePermissions.fromString(files);
  }

  /** The permissions of a folder. */
  public Set<PosixFilePermission> ofFolders() {
    return PosixFilePermissions.fromString(folders);
  }

  /** Gives a new file these permissions, of which the umask may take some. */
  public FileAttribute<Set<PosixFilePermission>> newFile() {
    return PosixFilePermissions.asFileAttribute(ofFiles());
  }

  /** Gives a new folder these permissions, of which the umask may take some. */
  public FileAttribute<Set<PosixFilePermission>> newFolder() {
    return PosixFilePermissions.asFileAttribute(ofFolders());
  }

  /**
   * Makes a folder, and those above it that are missing, with these permissions. Those that exist
   * stay as they are.
   *
   * @return the folder
   * @throws IOException if one cannot be made, or there is something else in its place
   */
  public Path makeFolders(Path folder) throws IOException {
    var missing = new ArrayDeque<Path>();
    for (var each = folder.toAbsolutePath();
        each != null && !Files.isDirectory(each);
        each = each.getParent()) {
      missing.push(each);
    }
    for (var each : missing) {
      try {
        Files.createDirectory(each, OWNER.newFolder());
        Files.setPosixFilePermissions(each, ofFolders());
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(each)) {
          throw e;
        }
      }
    }
    return folder;
  }

  /**
   * Makes a file with these permissions; there must be none.
   *
   * @throws IOException if there is one, or it cannot be made
   */
  public Path makeFile(Path file) throws IOException {
    Files.createFile(file, OWNER.newFile());
    Files.setPosixFilePermissions(file, ofFiles());
    return file;
  }
}
