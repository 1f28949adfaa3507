package io.longline.host.ledger.sql;

import io.longline.host.concurrent.HostThread;
import io.longline.host.concurrent.Uninterruptibly;
import io.longline.host.ledger.HostLocks;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.LedgerLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * A ledger as it is found, without bringing its tables up to date or changing anything else in it.
 * Immutable.
 *
 * @param tables the version of its tables; 0 if it has none
 * @param integrity whether the database is whole
 * @param damage what is wrong if it is not; empty otherwise
 * @param nowMillis the time by the clock that its hosts share, in milliseconds since 1970
 * @param newestMillis the time of the newest entry, by the same clock; 0 if there is none
 * @param hosts the hosts that have signed on and not signed off
 */
public record LedgerExamination(
    int tables,
    Integrity integrity,
    String damage,
    long nowMillis,
    long newestMillis,
    List<Host> hosts) {

  /** Makes a copy. */
  public LedgerExamination {
    hosts = List.copyOf(hosts);
  }

  /** Whether a database is whole. */
  public enum Integrity {
    /** As far as its own check sees. */
    WHOLE,
    /** It is damaged. */
    DAMAGED,
    /** The check took too long, or is the server's own affair. */
    UNKNOWN
  }

  /**
   * A host on the ledger.
   *
   * @param machine the name of its machine
   * @param pid its process there
   * @param output its output folder
   * @param leaseMillis how long its lease still is; negative if it has run out
   * @param isGone whether its process has ended without signing off, as far as that can be seen
   */
  public record Host(String machine, long pid, String output, long leaseMillis, boolean isGone) {}

  /**
   * Examines a ledger that exists.
   *
   * @param limit how long the check of the database may take
   * @throws LedgerException if it cannot be read
   */
  public static LedgerExamination of(LedgerLocation location, Clock clock, Duration limit)
      throws LedgerException {
    var folder = location.folder();
    try (var connection = folder == null ? PostgresDatabase.open(location) : readOnly(folder)) {
      return examine(connection, location, clock, limit);
    } catch (SQLException e) {
      var reason = String.valueOf(e.getMessage()).replace(String.valueOf(location.url()), "");
      throw new LedgerException(
          "The ledger %s cannot be read: %s"
              .formatted(location, LedgerLocation.withoutPassword(reason).strip()),
          e);
    }
  }

  /**
   * A connection that writes nothing. Where no log of writes lies beside the ledger, nobody uses
   * it, and SQLite must not make that log, which would belong to who examines it.
   */
  private static Connection readOnly(Path folder) throws SQLException {
    var ledger = folder.resolve(StateFolder.LEDGER).toAbsolutePath().normalize();
    boolean isUnused = Files.notExists(ledger.resolveSibling(StateFolder.LEDGER + "-wal"));
    var connection =
        DriverManager.getConnection(
            "jdbc:sqlite:file:%s?mode=ro%s"
                .formatted(ledger.toUri().getRawPath(), isUnused ? "&immutable=1" : ""));
    try {
      Session.execute(connection, "PRAGMA busy_timeout = 5000");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static LedgerExamination examine(
      Connection connection, LedgerLocation location, Clock clock, Duration limit)
      throws SQLException {
    var session = new Session(connection);
    long now = location.isPostgres() ? serverTime(session) : clock.millis();
    var damage = location.isPostgres() ? Damage.NOT_CHECKED : Damage.in(connection, limit);
    if (damage.integrity() == Integrity.DAMAGED) {
      return new LedgerExamination(0, damage.integrity(), damage.what(), now, 0, List.of());
    }
    int version = version(session, location);
    return version == 0
        ? new LedgerExamination(0, damage.integrity(), "", now, 0, List.of())
        : new LedgerExamination(
            version,
            damage.integrity(),
            "",
            now,
            newest(session),
            hosts(session, HostLocks.of(location), now));
  }

  private static long serverTime(Session session) throws SQLException {
    var sql = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";
    return session.query(sql, row -> row.getLong(1)).get(0);
  }

  private static int version(Session session, LedgerLocation location) throws SQLException {
    var tables =
        location.isPostgres()
            ? "SELECT count(*) FROM pg_tables WHERE tablename = 'schema_version'"
            : "SELECT count(*) FROM sqlite_master WHERE name = 'schema_version'";
    return session.query(tables, row -> row.getInt(1)).get(0) == 0
        ? 0
        : session.query("SELECT max(version) FROM schema_version", row -> row.getInt(1)).get(0);
  }

  private static long newest(Session session) throws SQLException {
    return Stream.of(
            session.query(
                "SELECT created_at FROM batch ORDER BY id DESC LIMIT 1", row -> row.getLong(1)),
            session.query("SELECT max(at) FROM warning", row -> row.getLong(1)),
            session.query("SELECT max(started_at) FROM host", row -> row.getLong(1)))
        .flatMap(List::stream)
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }

  private static List<Host> hosts(Session session, HostLocks locks, long now) throws SQLException {
    return session.query(
        "SELECT machine, pid, output, lease_until, id FROM host WHERE state = {alive} ORDER BY started_at",
        row ->
            new Host(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getLong(4) - now,
                locks.of(row.getString(5)) == HostLocks.Presence.GONE));
  }

  /** What SQLite's own check says. */
  private record Damage(Integrity integrity, String what) {

    static final Damage NOT_CHECKED = new Damage(Integrity.UNKNOWN, "");

    /** Checks the database, for a limited time. */
    static Damage in(Connection connection, Duration limit) throws SQLException {
      var done = new CountDownLatch(1);
      try (var statement = connection.createStatement()) {
        var timer =
            new HostThread(
                () -> {
                  if (!Uninterruptibly.pause(done, limit.toMillis())) {
                    cancel(statement);
                  }
                },
                "ledger-check-limit");
        timer.start();
        try (var rows = statement.executeQuery("PRAGMA quick_check(1)")) {
          var said = rows.next() ? rows.getString(1) : "nothing";
          return said.equals("ok")
              ? new Damage(Integrity.WHOLE, "")
              : new Damage(Integrity.DAMAGED, said);
        } finally {
          done.countDown();
          Uninterruptibly.wait(timer::join);
        }
      } catch (SQLException e) {
        var message = String.valueOf(e.getMessage());
        if (message.contains("SQLITE_INTERRUPT")) {
          return NOT_CHECKED;
        }
        if (message.contains("SQLITE_CORRUPT") || message.contains("SQLITE_NOTADB")) {
          return new Damage(Integrity.DAMAGED, message);
        }
        throw e;
      }
    }

    private static void cancel(Statement statement) {
      try {
        statement.cancel();
      } catch (SQLException e) {
        // Then it takes as long as it takes.
      }
    }
  }
}
