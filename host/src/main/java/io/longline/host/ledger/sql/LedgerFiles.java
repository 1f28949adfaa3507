package io.longline.host.ledger.sql;

import io.longline.host.ledger.LedgerGoneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The files of a ledger that this process has open: the database and its write-ahead log. Whoever
 * removes or replaces them does not stop SQLite, which continues in files that nobody can open any
 * more. Confined to the lock of the database.
 */
final class LedgerFiles {

  private final Path database;
  private final Path log;

  /** The identity of each file; null if it is not known yet, or the file system has none. */
  private @Nullable Object databaseKey;

  private @Nullable Object logKey;

  LedgerFiles(Path database) {
    this.database = database;
    this.log = database.resolveSibling(database.getFileName() + "-wal");
  }

  /** Another connection may find another log: the last that is closed takes it away. */
  void connectionOpens() throws LedgerGoneException {
    logKey = null;
    databaseKey = checked(database, databaseKey);
  }

  /**
   * Checks that the files are those that were there before.
   *
   * @throws LedgerGoneException if one is not
   */
  void check() throws LedgerGoneException {
    databaseKey = checked(database, databaseKey);
    logKey = checked(log, logKey);
  }

  private static @Nullable Object checked(Path file, @Nullable Object before)
      throws LedgerGoneException {
    var now = key(file, before);
    if (before != null && !before.equals(now)) {
      throw new LedgerGoneException(
          file
              + (now == null ? " was removed" : " was replaced")
              + " while this host was using it; nothing can be recorded any more. What the outputs have is complete up to the last call that was recorded. If the file was moved, put it back with the files beside it; if it is lost, move the outputs elsewhere. Then start again.");
    }
    return now;
  }

  /** The identity of a file; null if it is not there. */
  private static @Nullable Object key(Path file, @Nullable Object otherwise) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      // It cannot be found out at present.
      return otherwise;
    }
  }
}
