package io.longline.host.ledger.sql;

import io.longline.host.ledger.LedgerException;
import io.longline.host.output.Append;
import io.longline.host.output.FileState;
import io.longline.host.output.OutputCommit;
import io.longline.host.output.OutputRecords;
import java.sql.SQLException;
import java.util.List;

/** The tables of output folders. Thread-safe. */
final class SqlOutputRecords implements OutputRecords {

  private final Database database;
  private final String folder;

  /**
   * The records of one folder.
   *
   * @param folder its id
   */
  SqlOutputRecords(Database database, String folder) {
    this.database = database;
    this.folder = folder;
  }

  @Override
  public long register(String path, String host) throws LedgerException {
    return database.transact(
        session -> {
          session.update(
              """
              INSERT INTO output_folder (id, path, host, commits) VALUES (?, ?, ?, 0)
              ON CONFLICT (id) DO UPDATE SET path = excluded.path, host = excluded.host""",
              folder,
              path,
              host);
          return commits(session, folder);
        });
  }

  private static long commits(Session session, String folder) throws SQLException {
    return session
        .query("SELECT commits FROM output_folder WHERE id = ?", row -> row.getLong(1), folder)
        .get(0);
  }

  @Override
  public List<FileState> files() throws LedgerException {
    return database.transact(
        session ->
            session.query(
                "SELECT name, content, length FROM output_file WHERE folder = ? ORDER BY name",
                row -> new FileState(row.getString(1), row.getString(2), row.getLong(3)),
                folder));
  }

  @Override
  public List<Append> appends() throws LedgerException {
    return database.transact(
        session ->
            session.query(
                """
                SELECT number, name, position, length, journal_position, checksum
                FROM output_append WHERE folder = ? ORDER BY number""",
                row ->
                    new Append(
                        row.getLong(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6)),
                folder));
  }

  @Override
  public void checkpoint() throws LedgerException {
    database.transact(
        session -> session.update("DELETE FROM output_append WHERE folder = ?", folder));
  }

  /**
   * Counts a commit, first in the transaction that makes it. It waits for another transaction that
   * counts.
   *
   * @throws SQLException if the commit was made before
   */
  static void count(Session session, OutputCommit commit) throws SQLException {
    int changed =
        session.update(
            "UPDATE output_folder SET commits = commits + 1 WHERE id = ? AND commits = ?",
            commit.folder(),
            commit.number() - 1);
    if (changed == 0) {
      throw new SQLException("the commit was made before, although its answer was lost");
    }
  }

  /** Whether a commit was made. */
  static boolean isRecorded(Session session, OutputCommit commit) throws SQLException {
    return commits(session, commit.folder()) >= commit.number();
  }

  /** Records a commit, within the transaction that records the outcomes. */
  static void insert(Session session, OutputCommit commit) throws SQLException {
    session.updateAll(
        """
        INSERT INTO output_append
          (folder, number, name, position, length, journal_position, checksum)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        commit.appends().stream().map(append -> row(commit.folder(), append)).toList());
    for (var file : commit.files()) {
      session.update(
          """
          INSERT INTO output_file (folder, name, content, length) VALUES (?, ?, ?, ?)
          ON CONFLICT (folder, name) DO UPDATE SET
            content = excluded.content, length = excluded.length""",
          commit.folder(),
          file.name(),
          file.content(),
          file.length());
    }
  }

  private static List<Object> row(String folder, Append append) {
    return List.of(
        folder,
        append.number(),
        append.name(),
        append.position(),
        append.length(),
        append.journalPosition(),
        append.checksum());
  }
}
