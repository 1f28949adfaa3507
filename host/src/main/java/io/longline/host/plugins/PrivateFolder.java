package io.longline.host.plugins;

import io.longline.host.files.FileAccess;
import io.longline.host.files.OpenFolder;
import io.longline.host.files.SharedFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of this host alone, for copies of jars and for what the processes of plugins need:
 * sockets, and what their calls have written. It has the mode 0700, is locked as long as the host
 * lives, and is removed at the end; the next host removes what a killed one has left. Thread-safe.
 *
 * <p>Other users may write to the folder that it is in. What is deleted is deleted relative to a
 * folder that is open, and that was checked: it is no link, belongs to this user, and nobody else
 * may write there.
 */
public final class PrivateFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PrivateFolder.class);

  private static final String PREFIX = "longline-host-";

  private static final String LOCK = "lock";

  /**
   * The folders of this program. Opening and closing the lock file of one of them again would give
   * up its lock: the system counts locks by process, not by channel.
   */
  private static final Set<String> OWN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final UserPrincipal owner;
  private FileChannel lock;

  private PrivateFolder(Path path, FileChannel lock, UserPrincipal owner) {
    this.path = path;
    this.owner = owner;
    this.lock = lock;
  }

  /**
   * Makes a folder in the system's folder for temporary files, and removes those that killed hosts
   * have left there. If others could exchange it there, it is made in the user's runtime folder.
   *
   * @throws IOException if it cannot be made, or there is no safe place for it
   */
  public static PrivateFolder open() throws IOException {
    return in(SharedFolder.forTemporaryFiles());
  }

  static PrivateFolder in(Path temporary) throws IOException {
    removeLeftovers(temporary);
    var path = Files.createTempDirectory(temporary, PREFIX);
    OWN.add(nameOf(path));
    return new PrivateFolder(path, lock(path), Files.getOwner(path, LinkOption.NOFOLLOW_LINKS));
  }

  /** The random name, which no other folder of a program has. */
  private static String nameOf(Path path) {
    return path.getFileName().toString();
  }

  private static FileChannel lock(Path path) throws IOException {
    try (var folder = OpenFolder.open(path)) {
      var lock = folder.file(LOCK, FileAccess.OWNER);
      if (lock.tryLock() == null) {
        lock.close();
        throw new IOException(path.resolve(LOCK) + " cannot be locked");
      }
      return lock;
    }
  }

  private static void removeLeftovers(Path temporary) {
    try (var parent = OpenFolder.open(temporary)) {
      for (var name : parent.names()) {
        if (name.startsWith(PREFIX) && !OWN.contains(name)) {
          removeIfLeft(parent, name);
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("Searching for the folders of killed hosts failed.", e);
    }
  }

  private static void removeIfLeft(OpenFolder parent, String name) {
    try (var folder = parent.ownFolder(name)) {
      if (!folder.isOnlyOurs() || folder.attributes(LOCK) == null) {
        return;
      }
      try (var channel = folder.file(LOCK, FileAccess.OWNER)) {
        if (channel.tryLock() == null) {
          return;
        }
        folder.deleteAll();
      }
      parent.deleteFolder(name);
    } catch (OverlappingFileLockException e) {
      // This program holds the lock.
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} could not be removed.", parent.path().resolve(name), e);
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
      Files.createDirectory(path, FileAccess.OWNER.newFolder());
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
    try (var parent = OpenFolder.open(Objects.requireNonNull(path.getParent()));
        var folder = parent.ownFolder(nameOf(path))) {
      if (folder.isOnlyOurs()) {
        folder.deleteTree(name);
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} is removed with the rest of the folder.", path.resolve(name), e);
    }
  }

  /** Removes the folder. What fails is logged. */
  @Override
  public synchronized void close() {
    try (var parent = OpenFolder.open(Objects.requireNonNull(path.getParent()))) {
      remove(parent);
    } catch (IOException | RuntimeException e) {
      LOG.warn("The folder {} could not be removed: {}", path, e.toString());
    }
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("The lock of {} could not be closed: {}", path, e.toString());
    }
    OWN.remove(nameOf(path));
  }

  private void remove(OpenFolder parent) throws IOException {
    var name = nameOf(path);
    try (var folder = parent.ownFolder(name)) {
      if (!folder.isOnlyOurs()) {
        throw new IOException("somebody has put another folder in its place");
      }
      folder.deleteAll();
    } catch (NoSuchFileException e) {
      return;
    }
    parent.deleteFolder(name);
  }
}
