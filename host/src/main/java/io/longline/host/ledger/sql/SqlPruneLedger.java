package io.longline.host.ledger.sql;

import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.PruneLedger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Removes from a ledger what ended long ago, some batches in each transaction. Thread-safe. */
final class SqlPruneLedger implements PruneLedger {

  /** So many batches are looked at in one transaction. */
  private static final int PAGE = 500;

  private final Database database;
  private final DirectoryNames names;

  SqlPruneLedger(Database database, DirectoryNames names) {
    this.database = database;
    this.names = names;
  }

  /** A batch that ended long ago. */
  private record Old(long id, String directory, boolean isDone) {}

  @Override
  public Pruned prune(long before, Predicate<Path> isGone) throws LedgerException {
    long end = database.read(session -> database.now(session) - before);
    long batches = 0;
    long settled = 0;
    long after = 0;
    for (var page = page(after, end); !page.isEmpty(); page = page(after, end)) {
      var gone = page.stream().filter(old -> isGone(old.directory(), isGone)).map(Old::id).toList();
      var there =
          page.stream().filter(Old::isDone).map(Old::id).filter(id -> !gone.contains(id)).toList();
      batches += database.transact(session -> remove(session, gone, end));
      settled += database.transact(session -> settle(session, there, end));
      after = page.get(page.size() - 1).id();
    }
    return new Pruned(batches, settled, removeRest(end));
  }

  /** A directory that cannot be expressed here may be there. */
  private boolean isGone(String directory, Predicate<Path> isGone) {
    try {
      return isGone.test(names.exactPath(directory));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private List<Old> page(long after, long end) throws LedgerException {
    return database.read(
        session ->
            session.query(
                "SELECT id, directory, state = {done} FROM batch"
                    + " WHERE kind = 'logs' AND id > ? AND state IN ({done}, {unavailable}) AND finished_at < ?"
                    + " AND NOT (state = {done} AND EXISTS (SELECT 1 FROM run"
                    + " WHERE run.batch = batch.id"
                    + " AND run.state NOT IN ({succeeded}, {dropped})))"
                    + names.isReachable("directory")
                    + " ORDER BY id LIMIT "
                    + PAGE,
                row -> new Old(row.getLong(1), row.getString(2), row.getBoolean(3)),
                after,
                end));
  }

  /** Each only if it is still done: somebody may have wanted it again meanwhile. */
  private long remove(Session session, List<Long> batches, long end) throws SQLException {
    long removed = 0;
    for (long id : batches) {
      if (isStillOld(session, id, end)) {
        removed += BatchRows.delete(session, id) ? 1 : 0;
      }
    }
    return removed;
  }

  private long settle(Session session, List<Long> batches, long end) throws SQLException {
    long settled = 0;
    for (long id : batches) {
      var hooks =
          session.query(
              "SELECT hook FROM run WHERE batch = ? ORDER BY hook", row -> row.getLong(1), id);
      if (!hooks.isEmpty() && isStillOld(session, id, end)) {
        var text = hooks.stream().map(String::valueOf).collect(Collectors.joining(",", "", ","));
        // "," 1 "," 2 ",": each number stands between commas.
        session.update(
            """
            UPDATE batch SET settled = CASE settled WHEN '' THEN ',' ELSE settled END || CAST(? AS TEXT)
            WHERE id = ?""",
            text,
            id);
        session.update("DELETE FROM run WHERE batch = ?", id);
        settled++;
      }
    }
    return settled;
  }

  private boolean isStillOld(Session session, long batch, long end) throws SQLException {
    return !session
        .query(
            "SELECT id FROM batch WHERE id = ? AND state IN ({done}, {unavailable}) AND finished_at < ?"
                + database.forUpdate(),
            row -> row.getLong(1),
            batch,
            end)
        .isEmpty();
  }

  private long removeRest(long end) throws LedgerException {
    return database.transact(
        session -> {
          session.update(
              """
              DELETE FROM host WHERE state IN ({ended}, {lost}) AND lease_until < ?
              AND id NOT IN (SELECT owner FROM batch WHERE state = {running})""",
              end);
          removeParts(session, end);
          session.update("DELETE FROM missing WHERE at < ?", end);
          // Others without a hook say that files have changed, which is reported once.
          return (long)
              session.update(
                  """
                  DELETE FROM warning
                  WHERE at < ? AND (hook <> '' OR json LIKE '%","kind":"DAMAGED_LOG",%')""",
                  end);
        });
  }

  /**
   * Windows that were done long ago are sealed: no fact opens them again. The parts of which every
   * window is sealed are removed; their files, when nothing in them is needed.
   */
  private static void removeParts(Session session, long end) throws SQLException {
    session.update(
        """
        UPDATE event_window SET sealed = 1 WHERE sealed = 0 AND start_at > ? AND batch IN
        (SELECT id FROM batch WHERE kind = 'window' AND state = {done} AND finished_at < ?)
        AND NOT EXISTS (SELECT 1 FROM run WHERE run.batch = event_window.batch
          AND run.state NOT IN ({succeeded}, {dropped}))""",
        Long.MIN_VALUE,
        end);
    session.update(
        """
        DELETE FROM window_part WHERE recorded_at < ? AND NOT EXISTS
        (SELECT 1 FROM event_window w WHERE w.hook = window_part.hook AND w.sealed = 0
          AND w.start_at > ? AND w.end_at > window_part.earliest
          AND w.start_at <= window_part.latest)""",
        end,
        Long.MIN_VALUE);
  }

  @Override
  public void compact() throws LedgerException {
    database.compact();
  }
}
