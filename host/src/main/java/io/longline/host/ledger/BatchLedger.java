package io.longline.host.ledger;

import io.longline.host.event.EventJson;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes batches into the ledger, and lets people have them run again. Thread-safe. */
public final class BatchLedger {

  private final Database database;
  private final Roots roots;

  BatchLedger(Database database, Roots roots) {
    this.database = database;
    this.roots = roots;
  }

  /** What became of a directory that was handed in. */
  public enum Kind {
    /** It has files that no batch had; they are a batch now. */
    NEW,
    /** Its batches owe calls that they did not owe before: hooks are new since, or it is wanted. */
    OWED,
    /** Its batches are in the queue already. */
    QUEUED,
    /** Everything in it is done. */
    KNOWN
  }

  /** What is wanted of directories that the ledger knows. */
  public enum Mode {
    /** New files only. */
    NEW_FILES,
    /** Hooks that were installed since are owed too. */
    NEW_HOOKS,
    /** All hooks are owed again. */
    AGAIN
  }

  /**
   * What became of a directory.
   *
   * @param kind what is to be done
   * @param generation the newest batch
   * @param changed files that were processed and have changed since; they are left as they are
   * @param dead how many calls on it are dead letters
   */
  public record Acceptance(Kind kind, int generation, List<String> changed, int dead) {}

  /** A batch as it stands in the ledger. */
  private record Known(long id, int generation, BatchState state, List<FileStamp> files) {}

  /**
   * Takes the logs of a directory that no batch has as a new one, owed to the hooks that are
   * installed. Durable when it returns; the same logs again change nothing.
   *
   * @param directory absolute
   * @param logs the logs that are in it
   * @throws LedgerException if nothing was recorded
   */
  public Acceptance accept(Path directory, List<FileStamp> logs, Mode mode) throws LedgerException {
    return database.transact(session -> accept(session, roots.name(directory), logs, mode));
  }

  /** The same for many directories, all in one transaction. */
  public Map<Path, Acceptance> acceptAll(Map<Path, List<FileStamp>> directories, Mode mode)
      throws LedgerException {
    return database.transact(
        session -> {
          var accepted = new java.util.LinkedHashMap<Path, Acceptance>();
          for (var entry : directories.entrySet()) {
            accepted.put(
                entry.getKey(),
                accept(session, roots.name(entry.getKey()), entry.getValue(), mode));
          }
          return accepted;
        });
  }

  private Acceptance accept(Session session, String directory, List<FileStamp> logs, Mode mode)
      throws SQLException {
    long now = database.now(session);
    var known = known(session, directory, database.forUpdate());
    var before = new HashMap<String, FileStamp>();
    known.forEach(batch -> batch.files().forEach(file -> before.put(file.name(), file)));
    var fresh = new ArrayList<FileStamp>();
    var changed = new ArrayList<String>();
    for (var log : logs) {
      var earlier = before.get(log.name());
      if (earlier == null) {
        fresh.add(log);
      } else if (!earlier.equals(log)) {
        changed.add(log.name());
      }
    }
    if (!changed.isEmpty()) {
      warnOfChange(session, directory, changed, logs, now);
    }
    int generation = known.isEmpty() ? 0 : known.get(known.size() - 1).generation();
    boolean isNew = !fresh.isEmpty();
    if (isNew) {
      generation++;
      insert(session, directory, generation, fresh, now);
    }
    var kind = isNew ? Kind.NEW : Kind.KNOWN;
    int dead = 0;
    for (var batch : known) {
      var renewed = renew(session, batch, mode, now);
      kind = renewed.compareTo(kind) < 0 ? renewed : kind;
      dead += dead(session, batch.id());
    }
    if (kind == Kind.NEW || kind == Kind.OWED) {
      database.tellOthers(session);
    }
    return new Acceptance(kind, generation, List.copyOf(changed), dead);
  }

  /** Once for each change. */
  private static void warnOfChange(
      Session session, String directory, List<String> names, List<FileStamp> logs, long now)
      throws SQLException {
    var changed = logs.stream().filter(log -> names.contains(log.name())).toList();
    var json =
        EventJson.object(
            line -> {
              line.writeStringField("kind", "CHANGED_FILES");
              line.writeStringField("directory", directory);
              line.writeArrayFieldStart("files");
              for (var log : changed) {
                line.writeStartObject();
                line.writeStringField("name", log.name());
                line.writeNumberField("size", log.size());
                line.writeNumberField("modified_millis", log.modifiedMillis());
                line.writeEndObject();
              }
              line.writeEndArray();
              line.writeStringField(
                  "message",
                  "Changed after they were processed, and left as they are. To process the directory again: longline forget, then enqueue or run it.");
            });
    session.update(
        """
        INSERT INTO warning (at, hook, directory, json)
        SELECT CAST(? AS BIGINT), '', CAST(? AS TEXT), CAST(? AS TEXT)
        WHERE NOT EXISTS (SELECT 1 FROM warning WHERE hook = '' AND json = ?)""",
        now,
        directory,
        json,
        json);
  }

  /** The batches of a directory; locked, if the suffix says so, against calls that end just now. */
  private static List<Known> known(Session session, String directory, String suffix)
      throws SQLException {
    return session.query(
        "SELECT id, generation, state, files FROM batch WHERE directory = ? ORDER BY generation"
            + suffix,
        row ->
            new Known(
                row.getLong(1),
                row.getInt(2),
                BatchState.of(row.getString(3)),
                FileStamp.parse(row.getString(4))),
        directory);
  }

  private static void insert(
      Session session, String directory, int generation, List<FileStamp> files, long now)
      throws SQLException {
    var ids =
        session.query(
            """
            INSERT INTO batch
              (directory, generation, files, state, created_at, ready_at, token, suspect)
            VALUES (?, ?, ?, {ready}, ?, ?, 0, 0) RETURNING id""",
            row -> row.getLong(1),
            directory,
            generation,
            FileStamp.format(files),
            now,
            now);
    oweInstalled(session, ids.get(0), now);
  }

  /** Owes the installed hooks that the batch has no row for; returns how many that are. */
  static int oweInstalled(Session session, long batch, long now) throws SQLException {
    return session.update(
        """
        INSERT INTO run (batch, hook, state, attempts, due_at)
        SELECT batch.id, hook.number, {waiting}, 0, CAST(? AS BIGINT) FROM batch CROSS JOIN hook
        WHERE batch.id = ? AND hook.enabled = 1
        AND batch.settled NOT LIKE '%,' || hook.number || ',%'
        AND hook.number NOT IN (SELECT hook FROM run WHERE batch = ?)""",
        now, batch, batch);
  }

  /** Has a known batch run as the mode says. */
  private static Kind renew(Session session, Known batch, Mode mode, long now) throws SQLException {
    if (mode == Mode.AGAIN) {
      // Calls that were pruned are to be made again too.
      session.update("UPDATE batch SET settled = '' WHERE id = ? AND settled <> ''", batch.id());
    }
    int owed = mode == Mode.NEW_FILES ? 0 : oweInstalled(session, batch.id(), now);
    if (mode == Mode.AGAIN) {
      owed += reset(session, batch.id(), null, now);
    }
    if (owed > 0) {
      makeReady(session, batch.id(), now);
    }
    // One that is running is made ready when its claim ends.
    return owed > 0 ? Kind.OWED : batch.state() == BatchState.DONE ? Kind.KNOWN : Kind.QUEUED;
  }

  /** Forgets how a batch's calls ended, of one hook or of all. */
  private static int reset(Session session, long batch, @Nullable String hook, long now)
      throws SQLException {
    var sql =
        """
        UPDATE run SET state = {waiting}, attempts = 0, due_at = ?, error_class = NULL,
          error = NULL, stack = NULL, ended_at = NULL
        WHERE batch = ? AND state IN ({succeeded}, {dead}, {dropped})""";
    return hook == null
        ? session.update(sql, now, batch)
        : session.update(
            sql + " AND hook = (SELECT number FROM hook WHERE id = ?)", now, batch, hook);
  }

  private static void makeReady(Session session, long batch, long now) throws SQLException {
    session.update(
        "UPDATE batch SET state = {ready}, ready_at = ?, finished_at = NULL WHERE id = ? AND state <> {running}",
        now,
        batch);
  }

  private static int dead(Session session, long batch) throws SQLException {
    return session
        .query(
            "SELECT count(*) FROM run WHERE batch = ? AND state = {dead}",
            row -> row.getInt(1),
            batch)
        .get(0);
  }

  /** The files of a directory that batches have, by name, as they were then. */
  public Map<String, FileStamp> knownFiles(Path directory) throws LedgerException {
    return database.read(
        session -> {
          var files = new HashMap<String, FileStamp>();
          for (var batch : known(session, roots.name(directory), "")) {
            batch.files().forEach(file -> files.put(file.name(), file));
          }
          return files;
        });
  }

  /**
   * Owes one hook the batches that it has not succeeded on: back-fill.
   *
   * @param since of batches accepted since then only; milliseconds since 1970
   * @param directories of these only; empty for all
   * @param again whether those count too that it has succeeded on
   * @return how many batches owe it now; -1 if no such hook is installed
   */
  public int replay(String hook, long since, List<Path> directories, boolean again)
      throws LedgerException {
    return database.transact(
        session -> {
          long now = database.now(session);
          var numbers =
              session.query("SELECT number FROM hook WHERE id = ?", row -> row.getLong(1), hook);
          if (numbers.isEmpty()) {
            return -1;
          }
          int owed = 0;
          for (long batch : batches(session, since, directories)) {
            if (!again && hasSucceeded(session, batch, numbers.get(0))) {
              continue;
            }
            owed++;
            session.update(
                """
                INSERT INTO run (batch, hook, state, attempts, due_at) VALUES (?, ?, {waiting}, 0, ?)
                ON CONFLICT (batch, hook) DO NOTHING""",
                batch,
                numbers.get(0),
                now);
            reset(session, batch, hook, now);
            makeReady(session, batch, now);
          }
          return owed;
        });
  }

  private static boolean hasSucceeded(Session session, long batch, long hook) throws SQLException {
    return !session
        .query(
            """
            SELECT id FROM batch WHERE id = ?
            AND (settled LIKE '%,' || CAST(? AS BIGINT) || ',%' OR EXISTS (SELECT 1 FROM run
              WHERE run.batch = batch.id AND run.hook = ? AND run.state = {succeeded}))""",
            row -> row.getLong(1), batch, hook, hook)
        .isEmpty();
  }

  private List<Long> batches(Session session, long since, List<Path> directories)
      throws SQLException {
    if (directories.isEmpty()) {
      return session.query(
          "SELECT id FROM batch WHERE created_at >= ? ORDER BY id" + database.forUpdate(),
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
              roots.name(directory),
              since));
    }
    return found;
  }

  /**
   * Has dead letters tried again, with all their attempts.
   *
   * @param hook of this hook only; null for all
   * @param directory of this directory only; null for all
   * @return how many
   */
  public int replayDead(@Nullable String hook, @Nullable Path directory) throws LedgerException {
    return database.transact(
        session -> {
          long now = database.now(session);
          var dead = deadRuns(session, hook, directory);
          for (var run : dead) {
            session.update(
                "UPDATE run SET state = {waiting}, attempts = 0, due_at = ? WHERE batch = ? AND hook = ?",
                now,
                run[0],
                run[1]);
            makeReady(session, run[0], now);
          }
          return dead.size();
        });
  }

  /**
   * Gives dead letters up for good: they are not told of any more.
   *
   * @return how many
   */
  public int dropDead(@Nullable String hook, @Nullable Path directory) throws LedgerException {
    return database.transact(
        session -> {
          var dead = deadRuns(session, hook, directory);
          for (var run : dead) {
            session.update(
                "UPDATE run SET state = {dropped} WHERE batch = ? AND hook = ?", run[0], run[1]);
          }
          return dead.size();
        });
  }

  private List<long[]> deadRuns(Session session, @Nullable String hook, @Nullable Path directory)
      throws SQLException {
    return session.query(
        """
        SELECT run.batch, run.hook FROM run JOIN hook ON hook.number = run.hook
        JOIN batch ON batch.id = run.batch
        WHERE run.state = {dead} AND coalesce(CAST(? AS TEXT), hook.id) IN (hook.id, hook.plugin)
        AND batch.directory = coalesce(CAST(? AS TEXT), batch.directory)"""
            + database.forUpdate(),
        row -> new long[] {row.getLong(1), row.getLong(2)},
        hook,
        directory == null ? null : roots.name(directory));
  }

  /**
   * Forgets a directory: handed in again, it is processed again.
   *
   * @return how many batches were forgotten; -1 if one of them is being processed
   */
  public int forget(Path directory) throws LedgerException {
    return database.transact(
        session -> {
          var known = known(session, roots.name(directory), database.forUpdate());
          if (known.stream().anyMatch(batch -> batch.state() == BatchState.RUNNING)) {
            return -1;
          }
          for (var batch : known) {
            session.update("DELETE FROM run WHERE batch = ?", batch.id());
            session.update("DELETE FROM batch WHERE id = ?", batch.id());
          }
          return known.size();
        });
  }
}
