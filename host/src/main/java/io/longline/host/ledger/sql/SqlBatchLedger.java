package io.longline.host.ledger.sql;

import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.FoundLog;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.RecordedLog;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes batches into the ledger, in transactions. Thread-safe. */
final class SqlBatchLedger implements BatchLedger {

  private final Database database;
  private final DirectoryNames names;

  SqlBatchLedger(Database database, DirectoryNames names) {
    this.database = database;
    this.names = names;
  }

  @Override
  public Map<Path, Acceptance> acceptAll(Map<Path, List<FoundLog>> directories, Mode mode)
      throws LedgerException {
    return database.transact(
        session -> {
          var accepted = new LinkedHashMap<Path, Acceptance>();
          for (var entry : directories.entrySet()) {
            var name = names.name(entry.getKey());
            accepted.put(entry.getKey(), accept(session, name, entry.getValue(), mode));
          }
          return accepted;
        });
  }

  private Acceptance accept(Session session, String directory, List<FoundLog> logs, Mode mode)
      throws SQLException {
    long now = database.now(session);
    var known = BatchRows.of(session, directory, database.forUpdate());
    var acceptance = new HandedIn(known, logs).accept(session, directory, mode, now);
    if (acceptance.kind() == Kind.NEW || acceptance.kind() == Kind.OWED) {
      database.notifyOthers(session);
    }
    return acceptance;
  }

  @Override
  public List<RecordedLog> recordedLogs(Path directory) throws LedgerException {
    return database.read(
        session -> {
          var logs = new ArrayList<RecordedLog>();
          for (var batch : BatchRows.of(session, names.name(directory), "")) {
            // Files of an unavailable batch are handed in again once they are there.
            if (batch.state() != BatchState.UNAVAILABLE) {
              logs.addAll(batch.files());
              logs.addAll(batch.aliases());
            }
          }
          return logs;
        });
  }

  @Override
  public int succeeded(String hook, long since, List<Path> directories) throws LedgerException {
    return database.transact(
        session -> {
          int count = 0;
          for (long number :
              session.query("SELECT number FROM hook WHERE id = ?", row -> row.getLong(1), hook)) {
            for (long batch : batches(session, since, directories)) {
              count += OwedCalls.hasSucceeded(session, batch, number) ? 1 : 0;
            }
          }
          return count;
        });
  }

  @Override
  public int replay(String hook, long since, List<Path> directories, boolean again)
      throws LedgerException {
    return database.transact(
        session -> {
          var numbers =
              session.query("SELECT number FROM hook WHERE id = ?", row -> row.getLong(1), hook);
          return numbers.isEmpty()
              ? -1
              : replay(session, numbers.get(0), batches(session, since, directories), again);
        });
  }

  private int replay(Session session, long hook, List<Long> batches, boolean again)
      throws SQLException {
    long now = database.now(session);
    int owed = 0;
    for (long batch : batches) {
      if (again || !OwedCalls.hasSucceeded(session, batch, hook)) {
        OwedCalls.owe(session, batch, hook, now);
        BatchRows.makeReady(session, batch, now);
        owed++;
      }
    }
    return owed;
  }

  private List<Long> batches(Session session, long since, List<Path> directories)
      throws SQLException {
    if (directories.isEmpty()) {
      return session.query(
          "SELECT id FROM batch WHERE kind = 'logs' AND created_at >= ? ORDER BY id"
              + database.forUpdate(),
          row -> row.getLong(1),
          since);
    }
    var found = new ArrayList<Long>();
    for (var directory : directories) {
      found.addAll(
          session.query(
              "SELECT id FROM batch WHERE directory = ? AND created_at >= ? ORDER BY id"
                  + database.forUpdate(),
              row -> row.getLong(1),
              names.name(directory),
              since));
    }
    return found;
  }

  @Override
  public int replayDead(@Nullable String hook, @Nullable Path directory) throws LedgerException {
    return database.transact(
        session -> deadLetters(session, hook, directory).replay(database.now(session)));
  }

  @Override
  public int dropDead(@Nullable String hook, @Nullable Path directory) throws LedgerException {
    return database.transact(session -> deadLetters(session, hook, directory).drop());
  }

  private DeadLetters deadLetters(Session session, @Nullable String hook, @Nullable Path directory)
      throws SQLException {
    var name = directory == null ? null : names.name(directory);
    return new DeadLetters(session, database.forUpdate(), hook, name);
  }

  @Override
  public int forget(Path directory) throws LedgerException {
    return database.transact(
        session -> {
          var known = BatchRows.of(session, names.name(directory), database.forUpdate());
          if (known.stream().anyMatch(batch -> batch.state() == BatchState.RUNNING)) {
            return -1;
          }
          long now = database.now(session);
          for (var batch : known) {
            WindowRows.remove(session, database, batch.id(), now);
            BatchRows.delete(session, batch.id());
          }
          return known.size();
        });
  }
}
