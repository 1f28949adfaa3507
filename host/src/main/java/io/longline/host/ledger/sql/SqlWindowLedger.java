package io.longline.host.ledger.sql;

import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.CallState;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.WindowLedger;
import io.longline.host.output.WindowOutputs.Fate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parts and windows in a database. Thread-safe. */
final class SqlWindowLedger implements WindowLedger {

  private static final String FOLDER = "windows_folder";

  private final Database database;

  SqlWindowLedger(Database database) {
    this.database = database;
  }

  @Override
  public WindowCounts counts() throws LedgerException {
    return database
        .read(
            session ->
                session.query(
                    """
                    SELECT
                      coalesce(sum(CASE WHEN run.state <> {dead} AND b.state = {open}
                        AND w.reopened = 0 THEN 1 ELSE 0 END), 0),
                      coalesce(sum(CASE WHEN run.state <> {dead} AND b.state NOT IN ({open}, {done})
                        AND w.reopened = 0 THEN 1 ELSE 0 END), 0),
                      coalesce(sum(CASE WHEN run.state <> {dead} AND b.state <> {done}
                        AND w.reopened > 0 THEN 1 ELSE 0 END), 0),
                      coalesce(sum(CASE WHEN run.state <> {dead} AND b.state = {done}
                        THEN 1 ELSE 0 END), 0),
                      coalesce(sum(CASE WHEN run.state = {dead} THEN 1 ELSE 0 END), 0)
                    FROM event_window w JOIN batch b ON b.id = w.batch
                    JOIN run ON run.batch = w.batch""",
                    row ->
                        new WindowCounts(
                            row.getLong(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5))))
        .get(0);
  }

  @Override
  public List<WindowStatus> windows(@Nullable String hook, int max) throws LedgerException {
    return database.read(
        session -> {
          long now = database.now(session);
          var found =
              new ArrayList<>(
                  session.query(
                      """
                      SELECT hook.id, w.name, b.state, run.state, w.end_at, w.closes_at,
                        window_hook.watermark, w.changes > w.done_changes, w.reopened, b.ready_at,
                        coalesce(run.error, ''), w.outputs
                      FROM event_window w JOIN batch b ON b.id = w.batch
                      JOIN run ON run.batch = w.batch JOIN hook ON hook.number = w.hook
                      JOIN window_hook ON window_hook.hook = w.hook
                      WHERE coalesce(CAST(? AS TEXT), hook.id) IN (hook.id, hook.plugin)
                      ORDER BY hook.id DESC, w.start_at DESC, w.name DESC LIMIT ?""",
                      row -> status(row, now),
                      hook,
                      max));
          Collections.reverse(found);
          return found;
        });
  }

  private static WindowStatus status(ResultSet row, long now) throws SQLException {
    return new WindowStatus(
        row.getString(1),
        row.getString(2),
        BatchState.of(row.getString(3)),
        CallState.of(row.getString(4)) == CallState.DEAD,
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        row.getBoolean(8),
        row.getLong(9),
        row.getLong(10) - now,
        row.getString(11),
        row.getString(12).lines().toList());
  }

  @Override
  public int close(@Nullable String hook) throws LedgerException {
    return database.transact(
        session -> {
          long now = database.now(session);
          int closed = 0;
          for (long number :
              session.query(
                  """
                  SELECT w.hook FROM window_hook w JOIN hook ON hook.number = w.hook
                  WHERE coalesce(CAST(? AS TEXT), hook.id) IN (hook.id, hook.plugin)
                  ORDER BY w.hook""",
                  row -> row.getLong(1),
                  hook)) {
            WindowRows.lock(session, database, number);
            closed += WindowRows.closeAll(session, number, now);
          }
          if (closed > 0) {
            database.notifyOthers(session);
          }
          return closed;
        });
  }

  @Override
  public @Nullable String registerFolder(String id, String path) throws LedgerException {
    var folder =
        database.transact(
            session -> {
              session.update(
                  "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                  FOLDER,
                  id + " " + path);
              return session
                  .query(
                      "SELECT value FROM setting WHERE name = ?", row -> row.getString(1), FOLDER)
                  .get(0);
            });
    int blank = folder.indexOf(' ');
    return folder.substring(0, blank).equals(id) ? null : folder.substring(blank + 1);
  }

  @Override
  public Set<String> hostsAlive() throws LedgerException {
    return Set.copyOf(
        database.read(
            session ->
                session.query(
                    "SELECT id FROM host WHERE state = {alive}", row -> row.getString(1))));
  }

  @Override
  public Set<String> needed(List<String> names) throws LedgerException {
    var needed =
        new HashSet<>(
            database.read(
                session ->
                    session.query(
                        "SELECT DISTINCT file FROM window_part", row -> row.getString(1))));
    needed.retainAll(Set.copyOf(names));
    return needed;
  }

  @Override
  public Fate fate(long batch, long token) throws LedgerException {
    return database.read(session -> WindowRecords.fate(session, batch, token));
  }
}
