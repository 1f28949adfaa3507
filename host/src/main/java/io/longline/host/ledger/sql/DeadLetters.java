package io.longline.host.ledger.sql;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls that are dead letters. Within a transaction of its caller. */
final class DeadLetters {

  private final Session session;
  private final List<Letter> letters;

  /** A (batch, hook). */
  private record Letter(long batch, long hook) {}

  /**
   * Finds dead letters, and locks them.
   *
   * @param lock {@link Database#forUpdate}
   * @param hook the id of a hook or a plugin; null for all
   * @param directory the name of a directory; null for all
   */
  DeadLetters(Session session, String lock, @Nullable String hook, @Nullable String directory)
      throws SQLException {
    this.session = session;
    this.letters =
        session.query(
            """
            SELECT run.batch, run.hook FROM run JOIN hook ON hook.number = run.hook
            JOIN batch ON batch.id = run.batch
            WHERE run.state = {dead}
            AND coalesce(CAST(? AS TEXT), hook.id) IN (hook.id, hook.plugin)
            AND batch.directory = coalesce(CAST(? AS TEXT), batch.directory)"""
                + lock,
            row -> new Letter(row.getLong(1), row.getLong(2)),
            hook,
            directory);
  }

  /** Has them tried again, with all their attempts; returns how many there are. */
  int replay(long now) throws SQLException {
    for (var letter : letters) {
      session.update(
          "UPDATE run SET state = {waiting}, attempts = 0, due_at = coalesce(ended_at, ?) WHERE batch = ? AND hook = ?",
          now,
          letter.batch(),
          letter.hook());
      BatchRows.makeReady(session, letter.batch(), now);
    }
    return letters.size();
  }

  /** Gives them up for good; returns how many there are. */
  int drop() throws SQLException {
    for (var letter : letters) {
      session.update(
          "UPDATE run SET state = {dropped} WHERE batch = ? AND hook = ?",
          letter.batch(),
          letter.hook());
    }
    return letters.size();
  }
}
