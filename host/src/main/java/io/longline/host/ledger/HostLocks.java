package io.longline.host.ledger;

import io.longline.host.files.FileAccess;
import io.longline.host.files.OpenFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A lock of the operating system for each host of a state folder: the system releases it when the
 * process ends, however that happens, and everybody who sees the folder sees the lock. A process id
 * would not do: in a container it means another process, or none. Thread-safe.
 */
public final class HostLocks implements AutoCloseable {

  private static final String SUFFIX = ".lock";

  /**
   * The hosts of this process. Such a lock is the whole process's, and closing any channel to its
   * file releases it: so this process must never open the file a second time.
   */
  private static final Set<String> OWN = ConcurrentHashMap.newKeySet();

  private final @Nullable Path folder;

  /** The locks that were taken here, each with its host. */
  private final Map<String, FileChannel> held = new ConcurrentHashMap<>();

  /** Whether a host is there. */
  public enum Presence {
    /** Its process is there, though it may be stopped. */
    THERE,
    /** Its process has ended. */
    GONE,
    /** It has no lock here; its lease says whether it is there. */
    UNKNOWN
  }

  private HostLocks(@Nullable Path folder) {
    this.folder = folder;
  }

  /**
   * The locks of the hosts on a ledger; there are none if the ledger is on a server or in memory.
   */
  public static HostLocks of(LedgerLocation location) {
    var state = location.folder();
    return new HostLocks(state == null ? null : state.resolve("hosts"));
  }

  /**
   * Takes the lock of a host of this process, until this is closed.
   *
   * @param host its id
   * @throws IOException if it cannot be taken
   */
  public void hold(String host) throws IOException {
    if (folder == null) {
      return;
    }
    try (var parent = OpenFolder.open(state(folder))) {
      parent.makeFolder(folder.getFileName().toString(), FileAccess.OWNER).close();
    }
    // It gets its name when it is locked, so that nobody takes it for that of a host that is gone.
    var fresh = folder.resolve(host + ".new");
    var file = folder.resolve(host + SUFFIX);
    OWN.add(host);
    var channel =
        FileChannel.open(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            FileAccess.OWNER.newFile());
    try {
      if (channel.tryLock() == null) {
        throw new IOException(fresh + " is locked by another process.");
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      channel.close();
      OWN.remove(host);
      throw e;
    }
    held.put(host, channel);
  }

  private static Path state(Path folder) {
    return Objects.requireNonNull(folder.getParent());
  }

  /** Releases the locks that were taken here. */
  @Override
  public void close() {
    for (var host : held.keySet()) {
      release(host);
    }
  }

  private void release(String host) {
    try (var channel = held.remove(host)) {
      if (folder != null && channel != null) {
        Files.deleteIfExists(folder.resolve(host + SUFFIX));
      }
    } catch (IOException e) {
      // A small file is left, without a lock.
    }
    OWN.remove(host);
  }

  /**
   * Whether a host is there.
   *
   * @param host its id
   */
  public Presence of(String host) {
    if (folder == null) {
      return Presence.UNKNOWN;
    }
    if (OWN.contains(host)) {
      return Presence.THERE;
    }
    var file = folder.resolve(host + SUFFIX);
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        var lock = channel.tryLock()) {
      return lock == null ? Presence.THERE : Presence.GONE;
    } catch (OverlappingFileLockException e) {
      return Presence.THERE;
    } catch (IOException e) {
      return Presence.UNKNOWN;
    }
  }

  /** Removes the lock of a host that is gone, as far as that can be done. */
  public void forget(String host) {
    if (folder != null && of(host) == Presence.GONE) {
      try {
        Files.deleteIfExists(folder.resolve(host + SUFFIX));
      } catch (IOException e) {
        // A small file is left.
      }
    }
  }
}
