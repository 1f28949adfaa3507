package io.longline.host.ledger.sql;

import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.RecordedLog;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** The rows of batches. Within a transaction of its caller. */
final class BatchRows {

  private BatchRows() {}

  /**
   * A batch as it stands in the ledger.
   *
   * @param aliases the same logs under other names
   */
  record Known(
      long id,
      int generation,
      BatchState state,
      List<RecordedLog> files,
      List<RecordedLog> aliases) {}

  /**
   * The batches of a directory, the oldest first.
   *
   * @param lock {@link Database#forUpdate} to lock them against calls that end just now; or empty
   */
  static List<Known> of(Session session, String directory, String lock) throws SQLException {
    return session.query(
        "SELECT id, generation, state, files, aliases FROM batch WHERE directory = ? ORDER BY generation"
            + lock,
        row ->
            new Known(
                row.getLong(1),
                row.getInt(2),
                BatchState.of(row.getString(3)),
                FilesColumn.parseWhatIsLeft(row.getString(4)),
                FilesColumn.parseWhatIsLeft(row.getString(5))),
        directory);
  }

  /** Adds a batch that is due now, and owes nothing yet; returns its id. */
  static long insert(
      Session session, String directory, int generation, List<RecordedLog> files, long now)
      throws SQLException {
    return session
        .query(
            """
            INSERT INTO batch
              (directory, generation, files, state, created_at, ready_at, state_since, token, suspect)
            VALUES (?, ?, ?, {ready}, ?, ?, ?, 0, 0) RETURNING id""",
            row -> row.getLong(1),
            directory,
            generation,
            FilesColumn.format(files),
            now,
            now,
            now)
        .get(0);
  }

  /** Adds other names of logs that a batch has. */
  static void addAliases(Session session, long batch, List<RecordedLog> aliases)
      throws SQLException {
    session.update(
        "UPDATE batch SET aliases = aliases || CAST(? AS TEXT) WHERE id = ?",
        FilesColumn.format(aliases),
        batch);
  }

  /**
   * Removes logs from a batch, under all their names: handed in again, they are new. Those that a
   * hook has read already stay, since its rows would come twice.
   *
   * @param hooks the numbers of the hooks that had to do without them
   */
  static void removeLogs(Session session, long batch, List<RecordedLog> logs, Set<Long> hooks)
      throws SQLException {
    var readers =
        session.query(
            "SELECT hook FROM run WHERE batch = ? AND state = {succeeded}",
            row -> row.getLong(1),
            batch);
    if (!hooks.containsAll(readers)) {
      return;
    }
    for (var known :
        session.query(
            "SELECT files, aliases FROM batch WHERE id = ? AND settled = ''",
            row ->
                List.of(
                    FilesColumn.parseWhatIsLeft(row.getString(1)),
                    FilesColumn.parseWhatIsLeft(row.getString(2))),
            batch)) {
      session.update(
          "UPDATE batch SET files = ?, aliases = ? WHERE id = ?",
          FilesColumn.format(without(known.get(0), logs)),
          FilesColumn.format(without(known.get(1), logs)),
          batch);
    }
  }

  private static List<RecordedLog> without(List<RecordedLog> all, List<RecordedLog> logs) {
    return all.stream()
        .filter(each -> logs.stream().noneMatch(log -> log.equals(each) || isSame(log, each)))
        .toList();
  }

  private static boolean isSame(RecordedLog log, RecordedLog alias) {
    return log.content().hasHead() && log.content().equals(alias.content());
  }

  /** Makes a batch due now; one that is running is made ready when its claim ends. */
  static void makeReady(Session session, long batch, long now) throws SQLException {
    session.update(
        "UPDATE batch SET state = {ready}, ready_at = ?, state_since = ?, finished_at = NULL, unavailable_why = '' WHERE id = ? AND state <> {running}",
        now,
        now,
        batch);
  }

  /**
   * Ends a batch as unavailable, until it is wanted again. What it owes, it still owes.
   *
   * @param why the reason, as a sentence
   */
  static void setUnavailable(Session session, long batch, String why, long now)
      throws SQLException {
    session.update(
        """
        UPDATE batch SET state = {unavailable}, unavailable_why = ?, state_since = ?,
          finished_at = ?, owner = NULL, suspect = 0 WHERE id = ?""",
        WarningRecords.printable(why),
        now,
        now,
        batch);
    session.update("UPDATE run SET state = {waiting} WHERE batch = ? AND state = {running}", batch);
  }

  /** Why a batch is unavailable, as a sentence; empty if it is not. */
  static String whyUnavailable(Session session, long batch) throws SQLException {
    return session
        .query("SELECT unavailable_why FROM batch WHERE id = ?", row -> row.getString(1), batch)
        .stream()
        .findFirst()
        .orElse("");
  }

  /** Removes a batch with its calls; returns whether it was there. */
  static boolean delete(Session session, long batch) throws SQLException {
    session.update("DELETE FROM run WHERE batch = ?", batch);
    return session.update("DELETE FROM batch WHERE id = ?", batch) > 0;
  }
}
