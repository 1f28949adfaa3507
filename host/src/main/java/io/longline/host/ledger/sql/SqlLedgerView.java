package io.longline.host.ledger.sql;

import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.CallState;
import io.longline.host.ledger.HostLocks;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.LedgerView;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows what is in a ledger. Thread-safe. */
final class SqlLedgerView implements LedgerView {

  private final Database database;
  private final DirectoryNames names;
  private final HostLocks locks;

  SqlLedgerView(Database database, DirectoryNames names, HostLocks locks) {
    this.database = database;
    this.names = names;
    this.locks = locks;
  }

  @Override
  public Status status() throws LedgerException {
    return database.read(
        session -> new StatusQueries(session, names, locks, database.now(session)).status());
  }

  @Override
  public @Nullable String whyWaiting(Path directory) throws LedgerException {
    var reasons =
        database.read(
            session ->
                session.query(
                    "SELECT reason FROM waiting_directory WHERE directory = ?",
                    row -> row.getString(1),
                    names.name(directory)));
    return reasons.isEmpty() ? null : reasons.get(0);
  }

  @Override
  public List<CallStatus> calls(Path directory) throws LedgerException {
    return calls("batch.directory = ?", names.name(directory));
  }

  @Override
  public List<BatchState> batches(Path directory) throws LedgerException {
    return database.read(
        session ->
            session.query(
                "SELECT state FROM batch WHERE directory = ? ORDER BY generation",
                row -> BatchState.of(row.getString(1)),
                names.name(directory)));
  }

  @Override
  public List<String> whyUnavailable(Path directory) throws LedgerException {
    return database.read(
        session ->
            session.query(
                """
                SELECT unavailable_why FROM batch WHERE directory = ? AND state = {unavailable}
                ORDER BY generation""",
                row -> row.getString(1),
                names.name(directory)));
  }

  @Override
  public long rotatedFiles() throws LedgerException {
    return database.read(
        session ->
            session.query("SELECT count(*) FROM rotated_file", row -> row.getLong(1)).get(0));
  }

  @Override
  public List<CallStatus> dead(@Nullable String hook) throws LedgerException {
    return calls(
        "run.state = {dead} AND coalesce(CAST(? AS TEXT), hook.id) IN (hook.id, hook.plugin)",
        hook);
  }

  private List<CallStatus> calls(String condition, @Nullable String value) throws LedgerException {
    return database.read(
        session -> {
          long now = database.now(session);
          return session.query(
              "SELECT batch.directory, batch.generation, hook.id, run.state, run.attempts, run.due_at,"
                  + " coalesce(run.error_class, ''), coalesce(run.error, ''), coalesce(run.stack, ''),"
                  + " coalesce(run.ended_at, 0) FROM run JOIN batch ON batch.id = run.batch"
                  + " JOIN hook ON hook.number = run.hook WHERE "
                  + condition
                  + " ORDER BY batch.id, hook.id",
              row -> call(row, now),
              value);
        });
  }

  private CallStatus call(ResultSet row, long now) throws SQLException {
    return new CallStatus(
        names.path(row.getString(1)).toString(),
        row.getInt(2),
        row.getString(3),
        CallState.of(row.getString(4)),
        row.getInt(5),
        row.getLong(6) - now,
        new LastAttempt(
            error(row.getString(7), row.getString(8)), row.getString(9), row.getLong(10)));
  }

  private static String error(String errorClass, String message) {
    return errorClass.isEmpty() ? message : errorClass + ": " + message;
  }

  @Override
  public long count(BatchState state) throws LedgerException {
    return database.read(
        session ->
            session
                .query(
                    "SELECT count(*) FROM batch WHERE kind = 'logs' AND state = ?",
                    row -> row.getLong(1),
                    state.sql())
                .get(0));
  }

  @Override
  public List<WarningLine> warnings(long after, long since, @Nullable String hook, int max)
      throws LedgerException {
    return database.read(
        session ->
            session.query(
                """
                SELECT id, json FROM warning WHERE id > ? AND at >= ?
                AND (hook = coalesce(CAST(? AS TEXT), hook)
                  OR substr(hook, 1, length(CAST(? AS TEXT)) + 1) = CAST(? AS TEXT) || '/'
                  OR (hook = '' AND json LIKE '%","kind":"DAMAGED_LOG",%'
                    AND (replace(json, '"' || CAST(? AS TEXT) || '"', '') <> json
                      OR replace(json, '"' || CAST(? AS TEXT) || '/', '') <> json)))
                ORDER BY id LIMIT ?""",
                row -> new WarningLine(row.getLong(1), row.getString(2)),
                after,
                since,
                hook,
                hook,
                hook,
                hook,
                hook,
                max));
  }
}
