package io.longline.host.ledger.sql;

import io.longline.host.ledger.Batch;
import io.longline.host.ledger.LedgerException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The batches that are ready, and due at their time; of directories that this machine has. */
final class DueBatches {

  private final Database database;
  private final DirectoryNames names;

  DueBatches(Database database, DirectoryNames names) {
    this.database = database;
    this.names = names;
  }

  /**
   * A batch that was just taken.
   *
   * @param token the fencing token
   */
  record Taken(Batch batch, long token) {

    long number() {
      return batch.number();
    }
  }

  /** Takes the oldest that are due, those that are suspect or the others. */
  List<Taken> take(Session session, String host, int max, boolean isSuspect, long now)
      throws SQLException {
    return session.query(
        "UPDATE batch SET state = {running}, token = token + 1, owner = ?, claimed_at = ?"
            + " WHERE id IN (SELECT id FROM batch WHERE state = {ready} AND suspect = ? AND ready_at <= ?"
            + names.isReachable("directory")
            + " ORDER BY ready_at, id LIMIT ?"
            + database.skipLocked()
            + ") RETURNING id, directory, generation, files, token, aliases",
        row -> new Taken(batch(row), row.getLong(5)),
        host,
        now,
        isSuspect ? 1 : 0,
        now,
        max);
  }

  private Batch batch(ResultSet row) throws SQLException {
    return Batch.of(
        row.getLong(1),
        names.path(row.getString(2)),
        row.getInt(3),
        FilesColumn.parse(row.getString(4)),
        FilesColumn.parse(row.getString(6)));
  }

  /** Whether a suspect batch is due. */
  boolean isSuspectDue() throws LedgerException {
    return !database
        .read(
            session ->
                session.query(
                    "SELECT 1 FROM batch WHERE state = {ready} AND suspect = 1 AND ready_at <= ?"
                        + names.isReachable("directory")
                        + " LIMIT 1",
                    row -> row.getInt(1),
                    database.now(session)))
        .isEmpty();
  }

  /** When the next is due, in milliseconds from now; {@link Long#MAX_VALUE} if there is none. */
  long nextDue() throws LedgerException {
    return database.read(
        session -> {
          long now = database.now(session);
          return session
              .query(
                  "SELECT ready_at FROM batch WHERE state = {ready}"
                      + names.isReachable("directory")
                      + " ORDER BY ready_at LIMIT 1",
                  row -> row.getLong(1) - now)
              .stream()
              .findFirst()
              .orElse(Long.MAX_VALUE);
        });
  }
}
