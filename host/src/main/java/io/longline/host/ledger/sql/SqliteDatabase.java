package io.longline.host.ledger.sql;

import io.longline.host.files.FileAccess;
import io.longline.host.files.OpenFolder;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.LedgerLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A ledger in a file of the state folder: write-ahead log, every commit on the disk before it is
 * acknowledged. Thread-safe. It needs a local disk.
 */
final class SqliteDatabase extends Database {

  private static final String FILE = StateFolder.LEDGER;
  private static final String NATIVE_FOLDER = "org.sqlite.tmpdir";

  /** Where the write-ahead log's shared memory does not work, or not between machines. */
  private static final Set<String> NETWORK_FILE_SYSTEMS =
      Set.of(
          "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "ceph", "glusterfs");

  private final LedgerLocation location;
  private final LedgerClock clock;

  SqliteDatabase(LedgerLocation location, LedgerClock clock, UnaryOperator<Connection> preparation)
      throws LedgerException {
    super(() -> preparation.apply(open(location)));
    this.location = location;
    this.clock = clock;
    var folder = location.folder();
    if (folder != null) {
      prepare(folder);
    }
  }

  private static void prepare(Path folder) throws LedgerException {
    try {
      StateFolder.prepare(folder);
      var fileSystem = Files.getFileStore(folder).type();
      if (NETWORK_FILE_SYSTEMS.contains(fileSystem)) {
        throw new LedgerException(
            "The state folder "
                + folder
                + " is on a network file system ("
                + fileSystem
                + "), where SQLite loses data. Name a folder on a local disk in the setting state, or a PostgreSQL server in the setting ledger.");
      }
      useNativeFolder(folder);
    } catch (LedgerException e) {
      throw e;
    } catch (IOException e) {
      throw new LedgerException(
          "The state folder "
              + folder
              + " cannot be used: "
              + e
              + ". Name another in the setting state.");
    }
  }

  /**
   * The driver unpacks its native library at the start of each process, and a killed process leaves
   * it behind: each has a folder of ours, and those of processes that are gone are removed.
   */
  private static void useNativeFolder(Path folder) throws IOException {
    if (System.getProperty(NATIVE_FOLDER) != null) {
      return;
    }
    try (var state = OpenFolder.open(folder);
        var natives = state.makeFolder("native", FileAccess.OWNER)) {
      removeOld(natives);
      var own = Long.toString(ProcessHandle.current().pid());
      natives.makeFolder(own, FileAccess.OWNER).close();
      System.setProperty(NATIVE_FOLDER, natives.path().resolve(own).toString());
    }
  }

  /** As far as it can be done: other processes do the same at the same time. */
  private static void removeOld(OpenFolder natives) {
    try {
      for (var name : natives.names()) {
        if (isOfDeadProcess(name)) {
          natives.deleteTree(name);
        }
      }
    } catch (IOException e) {
      // Somebody else has removed it, or the next process will.
    }
  }

  private static boolean isOfDeadProcess(String name) {
    return name.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(name)).isEmpty();
  }

  private static Connection open(LedgerLocation location) throws SQLException {
    var folder = location.folder();
    var connection =
        DriverManager.getConnection(
            folder == null ? "jdbc:sqlite::memory:" : "jdbc:sqlite:" + folder.resolve(FILE));
    try {
      Session.execute(connection, "PRAGMA busy_timeout = 30000");
      Session.execute(connection, "PRAGMA foreign_keys = ON");
      if (folder != null) {
        Session.execute(connection, "PRAGMA journal_mode = WAL");
        Session.execute(connection, "PRAGMA synchronous = FULL");
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  String name() {
    var folder = location.folder();
    return folder == null ? "in memory" : folder.resolve(FILE).toString();
  }

  @Override
  String identityType() {
    return "INTEGER PRIMARY KEY AUTOINCREMENT";
  }

  @Override
  void copy(String suffix) throws SQLException {
    var folder = location.folder();
    if (folder == null) {
      return;
    }
    var whole = folder.resolve(FILE + "." + suffix);
    var part = folder.resolve(FILE + "." + suffix + ".part");
    try {
      Files.deleteIfExists(part);
      // The driver fills a file that is empty, and would make one that others may read.
      FileAccess.OWNER.makeFile(part);
      // Another connection, since the first is within a transaction; it reads only.
      try (var connection = open(location);
          var statement = connection.prepareStatement("VACUUM INTO ?")) {
        statement.setString(1, part.toString());
        statement.execute();
      }
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new SQLException("The copy " + whole + " cannot be made: " + e, e);
    }
  }

  @Override
  void compact() throws LedgerException {
    outside("VACUUM");
  }

  @Override
  String clustered() {
    return " WITHOUT ROWID";
  }

  @Override
  String skipLocked() {
    return "";
  }

  @Override
  String forUpdate() {
    return "";
  }

  @Override
  long now(Session session) {
    return clock.clock().millis() + clock.shiftMillis().getAsLong();
  }

  @Override
  long nanoTime() {
    return clock.nanoTime().getAsLong();
  }

  @Override
  void begin(Session session) throws SQLException {
    session.update("BEGIN IMMEDIATE");
  }

  @Override
  void lockSchema(Session session) {
    // BEGIN IMMEDIATE keeps all others out.
  }

  @Override
  boolean isKept() {
    return location.isInMemory();
  }

  @Override
  String advice(SQLException failure) {
    var message = String.valueOf(failure.getMessage());
    if (message.contains("SQLITE_FULL")) {
      return "The disk is full: make room.";
    }
    return message.contains("SQLITE_BUSY")
        ? "Another process holds it; try again."
        : "Check the disk and who may write to the state folder.";
  }
}
