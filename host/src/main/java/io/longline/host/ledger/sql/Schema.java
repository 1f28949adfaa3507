package io.longline.host.ledger.sql;

import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLocks;
import io.longline.host.ledger.LedgerException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a ledger, made by numbered migrations; {@code docs/ledger.md} describes them.
 * Immutable.
 */
final class Schema {

  /** The version that this program writes. */
  static final int VERSION = 6;

  private static final String FIRST =
      """
      CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
      CREATE TABLE hook (
        number {identity}, id TEXT NOT NULL UNIQUE, plugin TEXT NOT NULL, version TEXT NOT NULL,
        installed_at BIGINT NOT NULL);
      CREATE TABLE host (
        id TEXT PRIMARY KEY, machine TEXT NOT NULL, pid BIGINT NOT NULL,
        process_start BIGINT NOT NULL, output TEXT NOT NULL, hooks TEXT NOT NULL,
        started_at BIGINT NOT NULL, lease_until BIGINT NOT NULL, state TEXT NOT NULL);
      CREATE TABLE running_call (
        host TEXT NOT NULL, hook TEXT NOT NULL, directory TEXT, started_at BIGINT NOT NULL);
      CREATE TABLE batch (
        id {identity}, directory TEXT NOT NULL, generation INTEGER NOT NULL, files TEXT NOT NULL,
        state TEXT NOT NULL, created_at BIGINT NOT NULL, ready_at BIGINT NOT NULL,
        token BIGINT NOT NULL, owner TEXT, claimed_at BIGINT, suspect INTEGER NOT NULL,
        finished_at BIGINT, UNIQUE (directory, generation));
      CREATE INDEX batch_ready ON batch (ready_at, id) WHERE state = 'ready';
      CREATE INDEX batch_suspect ON batch (ready_at) WHERE state = 'ready' AND suspect = 1;
      CREATE INDEX batch_running ON batch (owner) WHERE state = 'running';
      CREATE INDEX batch_parked ON batch (id) WHERE state = 'parked';
      CREATE TABLE run (
        batch BIGINT NOT NULL REFERENCES batch (id), hook BIGINT NOT NULL REFERENCES hook (number),
        state TEXT NOT NULL, attempts INTEGER NOT NULL, due_at BIGINT NOT NULL, version TEXT,
        error_class TEXT, error TEXT, stack TEXT, took_micros BIGINT, ended_at BIGINT, host TEXT,
        PRIMARY KEY (batch, hook)){clustered};
      CREATE INDEX run_dead ON run (batch, hook) WHERE state = 'dead';
      CREATE INDEX run_started ON run (batch) WHERE state = 'running';
      CREATE TABLE warning (
        id {identity}, at BIGINT NOT NULL, hook TEXT NOT NULL, directory TEXT, json TEXT NOT NULL);
      CREATE INDEX warning_at ON warning (at);
      CREATE INDEX warning_change ON warning (at) WHERE hook = '';
      CREATE TABLE output_folder (
        id TEXT PRIMARY KEY, path TEXT NOT NULL, host TEXT NOT NULL, commits BIGINT NOT NULL);
      CREATE TABLE output_file (
        folder TEXT NOT NULL, name TEXT NOT NULL, content TEXT NOT NULL, length BIGINT NOT NULL,
        PRIMARY KEY (folder, name));
      CREATE TABLE output_append (
        folder TEXT NOT NULL, number BIGINT NOT NULL, name TEXT NOT NULL, position BIGINT NOT NULL,
        length BIGINT NOT NULL, journal_position BIGINT NOT NULL, checksum BIGINT NOT NULL,
        PRIMARY KEY (folder, number));
      CREATE TABLE rotated_file (
        directory TEXT NOT NULL, name TEXT NOT NULL, span TEXT NOT NULL, recorded_at BIGINT NOT NULL,
        PRIMARY KEY (directory, name));
      CREATE TABLE waiting_directory (
        directory TEXT PRIMARY KEY, reason TEXT NOT NULL, since BIGINT NOT NULL)
      """;

  /** Hooks can be disabled; calls can be pruned, and it stays known which hooks made theirs. */
  private static final String SECOND =
      """
      ALTER TABLE hook ADD COLUMN enabled INTEGER NOT NULL DEFAULT 1;
      ALTER TABLE batch ADD COLUMN settled TEXT NOT NULL DEFAULT ''
      """;

  /** Hooks that fail again and again are paused. */
  private static final String THIRD =
      """
      ALTER TABLE hook ADD COLUMN paused_until BIGINT NOT NULL DEFAULT 0;
      ALTER TABLE hook ADD COLUMN pauses INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE hook ADD COLUMN paused_why TEXT NOT NULL DEFAULT ''
      """;

  /** What hooks miss in the logs is kept for the status, by the version that misses it. */
  private static final String FOURTH =
      """
      CREATE TABLE missing (
        hook TEXT NOT NULL, version TEXT NOT NULL, message TEXT NOT NULL, at BIGINT NOT NULL,
        PRIMARY KEY (hook, version, message))
      """;

  /**
   * A wait has a beginning, so that a clock that is set back does not make it longer; a batch may
   * be unavailable, for a reason; a lease has a length; logs are recognized under other names.
   */
  private static final String FIFTH =
      """
      ALTER TABLE batch RENAME COLUMN claimed_at TO state_since;
      UPDATE batch SET state_since = created_at WHERE state = 'ready' AND state_since IS NULL;
      ALTER TABLE batch ADD COLUMN unavailable_why TEXT NOT NULL DEFAULT '';
      ALTER TABLE batch ADD COLUMN aliases TEXT NOT NULL DEFAULT '';
      ALTER TABLE hook ADD COLUMN paused_since BIGINT NOT NULL DEFAULT 0;
      DROP INDEX warning_change;
      CREATE INDEX warning_directory ON warning (directory) WHERE hook = '';
      ALTER TABLE host ADD COLUMN lease_millis BIGINT NOT NULL DEFAULT 60000
      """;

  /** Hooks have parts and windows; a window is a batch of its own kind. */
  private static final String SIXTH =
      """
      ALTER TABLE batch ADD COLUMN kind TEXT NOT NULL DEFAULT 'logs';
      CREATE TABLE window_hook (
        hook BIGINT PRIMARY KEY REFERENCES hook (number), format TEXT NOT NULL,
        watermark BIGINT NOT NULL, recent TEXT NOT NULL, changed_at BIGINT NOT NULL);
      CREATE TABLE window_part (
        batch BIGINT NOT NULL, hook BIGINT NOT NULL, format TEXT NOT NULL, origin TEXT NOT NULL,
        file TEXT NOT NULL, position BIGINT NOT NULL, length BIGINT NOT NULL, facts BIGINT NOT NULL,
        earliest BIGINT NOT NULL, latest BIGINT NOT NULL, panes TEXT NOT NULL,
        recorded_at BIGINT NOT NULL, PRIMARY KEY (batch, hook));
      CREATE INDEX window_part_earliest ON window_part (hook, earliest);
      CREATE INDEX window_part_file ON window_part (file);
      CREATE TABLE event_window (
        batch BIGINT PRIMARY KEY REFERENCES batch (id), hook BIGINT NOT NULL, name TEXT NOT NULL,
        start_at BIGINT NOT NULL, end_at BIGINT NOT NULL, closes_at BIGINT NOT NULL,
        changes BIGINT NOT NULL, done_changes BIGINT NOT NULL, reopened INTEGER NOT NULL,
        sealed INTEGER NOT NULL, outputs TEXT NOT NULL, token BIGINT NOT NULL, UNIQUE (hook, name));
      CREATE INDEX event_window_end ON event_window (hook, end_at)
      """;

  private static final List<String> MIGRATIONS =
      List.of(FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH);

  private Schema() {}

  /**
   * Brings the tables up to the version of this program, in one transaction; of a database in a
   * file a copy is made before.
   *
   * @throws LedgerException if they are newer, a host of an older version is at work, or the
   *     database fails
   */
  static void bringUp(Database database, HostLocks locks) throws LedgerException {
    bringUp(database, locks, VERSION);
  }

  /** Brings the tables up to an older version, for tests. */
  static void bringUp(Database database, HostLocks locks, int wanted) throws LedgerException {
    var problem =
        database.transact(
            session -> {
              database.lockSchema(session);
              int found = version(session);
              if (found > wanted) {
                return newer(database, found, wanted);
              }
              var busy =
                  found == 0 || found == wanted ? null : hostAtWork(database, locks, session);
              if (busy != null) {
                return "The ledger %s has version %d of the tables and is to be brought to version %d, and %s is at work on it. Stop it first (SIGUSR1 lets it finish what is due)."
                    .formatted(database.name(), found, wanted, busy);
              }
              if (found > 0 && found < wanted) {
                database.copy("version-" + found);
              }
              for (int next = found + 1; next <= wanted; next++) {
                migrate(database, session, next);
              }
              return "";
            });
    if (!problem.isEmpty()) {
      throw new LedgerException(problem);
    }
  }

  private static String newer(Database database, int found, int known) {
    return "The ledger "
        + database.name()
        + " has version "
        + found
        + " of the tables; this program knows version "
        + known
        + ". Use the newer program.";
  }

  /** A host that would continue with the old tables; null if there is none. */
  private static @Nullable String hostAtWork(Database database, HostLocks locks, Session session)
      throws SQLException {
    long now = database.now(session);
    return session
        .query(
            "SELECT machine, pid, process_start, id FROM host WHERE state = {alive} AND lease_until > ?",
            row ->
                isGone(locks.of(row.getString(4)), row)
                    ? ""
                    : "the host with process " + row.getLong(2) + " on " + row.getString(1),
            now)
        .stream()
        .filter(host -> !host.isEmpty())
        .findFirst()
        .orElse(null);
  }

  /** Hosts of older versions have no lock. */
  private static boolean isGone(HostLocks.Presence presence, ResultSet row) throws SQLException {
    return switch (presence) {
      case THERE -> false;
      case GONE -> true;
      case UNKNOWN ->
          row.getString(1).equals(HostIdentity.machineName())
              && !HostIdentity.isAlive(row.getLong(2), row.getLong(3));
    };
  }

  private static int version(Session session) throws SQLException {
    session.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
    var versions = session.query("SELECT max(version) FROM schema_version", row -> row.getInt(1));
    return versions.get(0);
  }

  private static void migrate(Database database, Session session, int version) throws SQLException {
    var statements =
        MIGRATIONS
            .get(version - 1)
            .replace("{identity}", database.identityType())
            .replace("{clustered}", database.clustered());
    for (var statement : statements.split(";\n", -1)) {
      session.execute(statement);
    }
    if (version == 1) {
      session.update(
          "INSERT INTO setting (name, value) VALUES ('ledger_id', ?)",
          UUID.randomUUID().toString());
    }
    session.update("INSERT INTO schema_version (version) VALUES (?)", version);
  }
}
