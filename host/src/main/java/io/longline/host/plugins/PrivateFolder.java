package io.longline.host.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of this host alone, for copies of jars and for what the processes of plugins need:
 * sockets, and what their calls have written. It has the mode 0700, is locked as long as the host
 * lives, and is removed at the end; the next host removes what a killed one has left. Thread-safe.
 */
public final class PrivateFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PrivateFolder.class);

  private static final String PREFIX = "longline-host-";

  private static final String LOCK = "lock";

  /**
   * The path of a socket may have some hundred bytes, of which this many are left to the folder.
   */
  private static final int MAX_BYTES = 60;

  /**
   * The folders of this program. Opening and closing the lock file of one of them again would give
   * up its lock: the system counts locks by process, not by channel.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final UserPrincipal owner;
  private FileChannel lock;

  private PrivateFolder(Path path, FileChannel lock, UserPrincipal owner) {
    this.path = path;
    this.owner = owner;
    this.lock = lock;
    OWN.add(path);
  }

  /**
   * Makes a folder in the system's folder for temporary files, and removes those that killed hosts
   * have left there.
   *
   * @throws IOException if it cannot be made
   */
  public static PrivateFolder open() throws IOException {
    var temporary = Path.of(System.getProperty("java.io.tmpdir"));
    if (temporary.toString().getBytes(UTF_8).length > MAX_BYTES) {
      temporary = Path.of("/tmp");
    }
    return in(temporary);
  }

  static PrivateFolder in(Path temporary) throws IOException {
    removeLeftovers(temporary);
    var path = Files.createTempDirectory(temporary, PREFIX);
    return new PrivateFolder(path, lock(path), Files.getOwner(path));
  }

  private static FileChannel lock(Path folder) throws IOException {
    var file = folder.resolve(LOCK);
    var lock = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      lock.close();
      throw new IOException(file + " cannot be locked");
    }
    return lock;
  }

  private static void removeLeftovers(Path temporary) {
    try (var entries = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      for (var entry : entries) {
        var lock = entry.resolve(LOCK);
        if (!OWN.contains(entry)
            && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
            && Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
          removeIfUnlocked(entry, lock);
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("Searching for the folders of killed hosts failed.", e);
    }
  }

  private static void removeIfUnlocked(Path entry, Path lock) {
    try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      if (channel.tryLock() != null) {
        remove(entry);
      }
    } catch (OverlappingFileLockException e) {
      // This program holds the lock.
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} could not be removed.", entry, e);
    }
  }

  /**
   * Where it is; made again if somebody has removed it.
   *
   * @throws IOException if it cannot be made again, or another user has put a folder in its place
   */
  public synchronized Path path() throws IOException {
    // Something that cleans up the folder for temporary files may have taken it for forgotten.
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      lock.close();
      lock = lock(path);
    }
    var now = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
    if (!now.equals(owner)) {
      throw new IOException("Somebody has put another folder in the place of " + path + ".");
    }
    return path;
  }

  /** The path of something in it, which need not be there. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  /** Removes something in it with everything below, if it is there. What fails is logged. */
  public void removeNow(String name) {
    var entry = path.resolve(name);
    try {
      remove(entry);
    } catch (IOException e) {
      LOG.debug("{} is removed with the rest of the folder.", entry, e);
    }
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (var entries = Files.walk(folder)) {
      for (var entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(entry);
      }
    }
  }

  /** Removes the folder. What fails is logged. */
  @Override
  public synchronized void close() {
    try {
      remove(path);
      lock.close();
      OWN.remove(path);
    } catch (IOException e) {
      LOG.warn("The folder {} could not be removed: {}", path, e.toString());
    }
  }
}
