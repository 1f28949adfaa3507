package io.longline.host.ledger.sql;

import io.longline.host.files.FileAccess;
import io.longline.host.files.OpenFolder;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.LedgerGoneException;
import io.longline.host.ledger.LedgerLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A ledger in a file of the state folder: write-ahead log, every commit on the disk before it is
 * acknowledged. Thread-safe. It needs a local disk.
 */
final class SqliteDatabase extends Database {

  private static final String FILE = StateFolder.LEDGER;
  private static final String NATIVE_FOLDER = "org.sqlite.tmpdir";

  /** By then a library has been loaded that was unpacked. */
  private static final Duration NATIVE_KEPT = Duration.ofHours(1);

  /** Where the write-ahead log's shared memory does not work, or not between machines. */
  private static final Set<String> NETWORK_FILE_SYSTEMS =
      Set.of(
          "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "ceph", "glusterfs");

  private final LedgerLocation location;

  /** Null if the ledger is in memory. */
  private final @Nullable LedgerFiles files;

  private final LedgerClock clock;

  SqliteDatabase(LedgerLocation location, LedgerClock clock, UnaryOperator<Connection> preparation)
      throws LedgerException {
    super(() -> preparation.apply(open(location)));
    this.location = location;
    this.clock = clock;
    var folder = location.folder();
    if (folder == null) {
      this.files = null;
    } else {
      this.files = new LedgerFiles(folder.resolve(FILE));
      prepare(folder);
    }
  }

  @Override
  void connectionOpens() throws LedgerGoneException {
    if (files != null) {
      files.connectionOpens();
    }
  }

  @Override
  void checkPlace() throws LedgerGoneException {
    if (files != null) {
      files.check();
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
   * The driver unpacks its native library at the start of each process, into a folder of ours,
   * which is removed when the library is loaded. Old ones, of processes that were killed in
   * between, are removed too; a process id would not say whose a folder is, since in a container it
   * means another process.
   */
  private static void useNativeFolder(Path folder) throws IOException {
    if (System.getProperty(NATIVE_FOLDER) != null) {
      return;
    }
    try (var state = OpenFolder.open(folder);
        var natives = state.makeFolder("native", FileAccess.OWNER)) {
      var own = UUID.randomUUID().toString();
      natives.makeFolder(own, FileAccess.OWNER).close();
      System.setProperty(NATIVE_FOLDER, natives.path().resolve(own).toString());
      DriverManager.getConnection("jdbc:sqlite::memory:").close();
      remove(natives, own);
    } catch (SQLException e) {
      throw new IOException("The driver of SQLite cannot be loaded: " + e.getMessage(), e);
    }
  }

  /** As far as it can be done: other processes do the same at the same time. */
  private static void remove(OpenFolder natives, String own) {
    try {
      natives.deleteTree(own);
      for (var name : natives.names()) {
        if (isOld(natives, name)) {
          natives.deleteTree(name);
        }
      }
    } catch (IOException e) {
      // Somebody else has removed it, or the next process will.
    }
  }

  private static boolean isOld(OpenFolder natives, String name) throws IOException {
    var found = natives.attributes(name);
    return found != null
        && found.lastModifiedTime().toInstant().isBefore(Instant.now().minus(NATIVE_KEPT));
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
    if (message.contains("SQLITE_CORRUPT") || message.contains("SQLITE_NOTADB")) {
      return "The file is damaged: put a copy of it in its place, or have sqlite3 recover it (.recover). If that cannot be done, move the state folder and the outputs elsewhere and start again; everything is processed again then.";
    }
    return message.contains("SQLITE_BUSY")
        ? "Another process holds it; try again."
        : "Check the disk and who may write to the state folder.";
  }
}
