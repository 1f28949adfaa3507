package io.longline.host.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashSet;

/** Folders in which several users make files. Immutable. */
public final class SharedFolder {

  /**
   * The path of a socket may have some hundred bytes, of which this many are left to the folder.
   */
  private static final int MAX_BYTES = 60;

  /** The bit of a mode by which only the owner of an entry may remove or rename it. */
  private static final int STICKY = 01000;

  private SharedFolder() {}

  /**
   * The folder for temporary files: that of the JVM, else that of the session's user, else the
   * system's; the first whose path is short enough and in which nobody can exchange what is ours.
   * The session's is not the first, since it is in memory, and the output of calls may be large.
   *
   * @throws IOException if there is none
   */
  public static Path forTemporaryFiles() throws IOException {
    var candidates = new LinkedHashSet<String>();
    candidates.add(System.getProperty("java.io.tmpdir", ""));
    candidates.add(System.getenv().getOrDefault("XDG_RUNTIME_DIR", ""));
    candidates.add("/tmp");
    return safest(candidates);
  }

  static Path safest(Iterable<String> candidates) throws IOException {
    for (var candidate : candidates) {
      if (!candidate.isBlank() && candidate.getBytes(UTF_8).length <= MAX_BYTES) {
        var path = Path.of(candidate);
        if (path.isAbsolute() && Files.isDirectory(path) && keepsWhatIsOurs(path)) {
          return path;
        }
      }
    }
    throw new IOException("in " + String.join(", ", candidates) + " other users could exchange it");
  }

  /**
   * Whether only the owner of something in a folder can remove it or put something in its place.
   */
  public static boolean keepsWhatIsOurs(Path folder) throws IOException {
    var attributes = Files.readAttributes(folder, PosixFileAttributes.class);
    var owner = attributes.owner();
    return (owner.equals(Owners.me()) || owner.equals(Owners.superuser()))
        && (!isWritableForAll(attributes) || isSticky(folder));
  }

  private static boolean isWritableForAll(PosixFileAttributes attributes) {
    return attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
  }

  /** Whether only the owner of something in a folder may remove or rename it. */
  public static boolean isSticky(Path folder) throws IOException {
    return ((Integer) Files.getAttribute(folder, "unix:mode") & STICKY) != 0;
  }

  /** Whether everybody may make files in a folder. */
  public static boolean isOpenToAll(Path folder) throws IOException {
    return isWritableForAll(Files.readAttributes(folder, PosixFileAttributes.class));
  }
}
