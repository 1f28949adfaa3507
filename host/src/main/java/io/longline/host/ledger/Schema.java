package io.longline.host.ledger;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * The tables of a ledger, made by numbered migrations; {@code docs/ledger.md} describes them.
 * Immutable.
 */
final class Schema {

  /** The version that this program writes. */
  static final int VERSION = 1;

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

  private static final List<String> MIGRATIONS = List.of(FIRST);

  private Schema() {}

  /**
   * Brings the tables up to the version of this program.
   *
   * @throws LedgerException if they are newer, or the database fails
   */
  static void bringUp(Database database) throws LedgerException {
    int found =
        database.transact(
            session -> {
              database.lockSchema(session);
              int version = version(session);
              for (int next = version + 1; next <= VERSION; next++) {
                migrate(database, session, next);
              }
              return version;
            });
    if (found > VERSION) {
      throw new LedgerException(
          "The ledger "
              + database.name()
              + " has version "
              + found
              + " of the tables; this program knows version "
              + VERSION
              + ". Use the newer program.");
    }
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
