package io.longline.host.ledger;

import java.sql.SQLException;
import java.util.List;

/**
 * What the ledger knows of the files in one output folder: how long each is, and what was committed
 * but may not be in it yet. Thread-safe.
 */
public final class OutputLedger {

  private final Database database;
  private final String folder;

  OutputLedger(Database database, String folder) {
    this.database = database;
    this.folder = folder;
  }

  /**
   * A file of the output folder.
   *
   * @param name relative to the folder
   * @param content what tells rows of one schema from others
   * @param length in bytes, without what ends the file
   */
  public record OutputState(String name, String content, long length) {}

  /**
   * Bytes that were committed and go to a file.
   *
   * @param number in the order of commit
   * @param name the file
   * @param position where they start in it
   * @param length how many
   * @param journalPosition where they start in the journal
   * @param checksum CRC-32 of them
   */
  public record Append(
      long number, String name, long position, long length, long journalPosition, long checksum) {}

  /**
   * Takes possession of the folder's records for a host.
   *
   * @return how many commits were made to it
   */
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
          return commits(session);
        });
  }

  /** How many commits were made to the folder. */
  public long commits() throws LedgerException {
    return database.transact(this::commits);
  }

  private long commits(Session session) throws SQLException {
    return session
        .query("SELECT commits FROM output_folder WHERE id = ?", row -> row.getLong(1), folder)
        .get(0);
  }

  /** All files that were written to. */
  public List<OutputState> files() throws LedgerException {
    return database.transact(
        session ->
            session.query(
                "SELECT name, content, length FROM output_file WHERE folder = ? ORDER BY name",
                row -> new OutputState(row.getString(1), row.getString(2), row.getLong(3)),
                folder));
  }

  /** What was committed since the last checkpoint, in that order. */
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

  /**
   * Counts a commit, first in the transaction that makes it. It waits for another that counts.
   *
   * @param before how many there were
   * @throws SQLException if there were not so many: the last one was committed after all
   */
  public void count(Session session, long before) throws SQLException {
    int changed =
        session.update(
            "UPDATE output_folder SET commits = commits + 1 WHERE id = ? AND commits = ?",
            folder,
            before);
    if (changed == 0) {
      throw new SQLException("the last commit was made, although nothing was heard of it");
    }
  }

  /** Records a commit, within the transaction that records the outcomes. */
  public void record(Session session, List<Append> appends, List<OutputState> files)
      throws SQLException {
    session.updateAll(
        """
        INSERT INTO output_append
          (folder, number, name, position, length, journal_position, checksum)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        appends.stream()
            .map(
                append ->
                    List.<Object>of(
                        folder,
                        append.number(),
                        append.name(),
                        append.position(),
                        append.length(),
                        append.journalPosition(),
                        append.checksum()))
            .toList());
    for (var file : files) {
      session.update(
          """
          INSERT INTO output_file (folder, name, content, length) VALUES (?, ?, ?, ?)
          ON CONFLICT (folder, name) DO UPDATE SET
            content = excluded.content, length = excluded.length""",
          folder,
          file.name(),
          file.content(),
          file.length());
    }
  }

  /** Everything that was committed is in the files, on the disk: the journal is not needed. */
  public void checkpoint() throws LedgerException {
    database.transact(
        session -> session.update("DELETE FROM output_append WHERE folder = ?", folder));
  }
}
