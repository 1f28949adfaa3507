package io.longline.host.ledger.sql;

import io.longline.host.files.FileAccess;
import io.longline.host.files.OpenFolder;
import io.longline.host.files.SharedFolder;
import io.longline.host.ledger.LedgerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;

/**
 * The folder of a ledger in a file. What is in it is its owner's alone, whatever the umask is, and
 * no symbolic link. Immutable.
 *
 * <p>A ledger that exists is never opened here: closing it would give up the locks that SQLite has
 * on it in this process.
 */
final class StateFolder {

  static final String LEDGER = "ledger.db";

  /** The ledger and the files that SQLite puts beside it, with the mode of the ledger. */
  private static final List<String> FILES =
      List.of(LEDGER, LEDGER + "-wal", LEDGER + "-shm", LEDGER + "-journal");

  private StateFolder() {}

  /**
   * Makes the folder and an empty ledger if there is none, and checks what is there.
   *
   * @throws LedgerException if it cannot be used safely; it says why, and what to do
   * @throws IOException if it cannot be made or read
   */
  static synchronized void prepare(Path folder) throws IOException, LedgerException {
    FileAccess.OWNER.makeFolders(folder);
    try (var state = OpenFolder.open(folder)) {
      close(state);
      for (var name : FILES) {
        var found = state.attributes(name);
        if (found != null) {
          state.check(name, found);
          close(folder.resolve(name), found);
        }
      }
      if (state.attributes(LEDGER) == null) {
        state.file(LEDGER, FileAccess.OWNER).close();
      }
    }
  }

  /** Sees to it that nobody else may make files in the folder. */
  private static void close(OpenFolder state) throws IOException, LedgerException {
    if (!SharedFolder.isOpenToAll(state.path())) {
      return;
    }
    var names = state.names();
    if (!names.isEmpty() && !names.contains(LEDGER) || SharedFolder.isSticky(state.path())) {
      throw new LedgerException(
          "The state folder "
              + state.path()
              + " can be written by every user of this machine, who could exchange the ledger. Name a folder of its own in the setting state, for instance one below it.");
    }
    state.reduce(FileAccess.ALL);
  }

  private static void close(Path file, PosixFileAttributes found) throws IOException {
    if (!FileAccess.OWNER.ofFiles().containsAll(found.permissions()) && OpenFolder.isOurs(found)) {
      Files.setPosixFilePermissions(file, FileAccess.OWNER.ofFiles());
    }
  }
}
