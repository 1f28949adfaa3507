package io.longline.host.ledger.sql;

import io.longline.host.ledger.Batch;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.ledger.UnavailableBatch;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The batches that are ready, and due at their time; of directories that this machine has.
 * Thread-safe.
 *
 * <p>They are found by the time at which they are due, and so only those whose wait is over. A wait
 * that began in what is the future now, since the clock was set back, is ended by looking for such
 * waits: when the clock was seen to go back, and now and then.
 */
final class DueBatches {

  /** How often waits are looked for that the clock has made too long. */
  private static final long BOUNDING_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** The kind of a batch that is a window. */
  private static final String WINDOW = "window";

  private static final String TOO_LONG =
      " FROM batch WHERE state = {ready} AND ready_at > ? AND (state_since > ? OR ready_at > ?)";

  private final Database database;
  private final DirectoryNames names;

  /** When waits were bounded last, as {@link System#nanoTime()}; null before. */
  private @Nullable Long bounded;

  /** The latest time that the ledger's clock has had. */
  private long latest;

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

  /** A window that was just taken. */
  private record TakenWindow(long number, String place, long token) {}

  /** A batch whose row cannot be used. */
  private record Unusable(long number, String directory, String why) {}

  /**
   * Takes the oldest that are due, those that are suspect or the others. Those whose rows cannot be
   * used are set aside.
   *
   * @param unavailable receives those that were set aside
   */
  List<Taken> take(
      Session session,
      String host,
      int max,
      boolean isSuspect,
      long now,
      Consumer<UnavailableBatch> unavailable)
      throws SQLException {
    var taken = new ArrayList<Taken>();
    var unusable = new ArrayList<Unusable>();
    var windows = new ArrayList<TakenWindow>();
    session.forEach(
        "UPDATE batch SET state = {running}, token = token + 1, owner = ?, state_since = ?, unavailable_why = ''"
            + " WHERE id IN (SELECT id FROM batch WHERE state = {ready} AND suspect = ? AND ready_at <= ?"
            + names.isReachable("directory")
            + " ORDER BY ready_at, id LIMIT ?"
            + database.skipLocked()
            + ") RETURNING id, directory, generation, files, token, aliases, kind",
        row -> {
          try {
            if (row.getString(7).equals(WINDOW)) {
              windows.add(new TakenWindow(row.getLong(1), row.getString(2), row.getLong(5)));
              return;
            }
            taken.add(new Taken(batch(row), row.getLong(5)));
          } catch (IllegalArgumentException e) {
            unusable.add(new Unusable(row.getLong(1), String.valueOf(row.getString(2)), why(e)));
          }
        },
        host,
        now,
        isSuspect ? 1 : 0,
        now,
        max);
    for (var each : windows) {
      try {
        var task = WindowRows.task(session, each.number());
        if (task == null) {
          WindowRows.open(session, each.number());
        } else {
          var batch = Batch.ofWindow(each.number(), names.path(each.place()), task);
          taken.add(new Taken(batch, each.token()));
        }
      } catch (IllegalArgumentException e) {
        unusable.add(new Unusable(each.number(), each.place(), why(e)));
      }
    }
    for (var each : unusable) {
      BatchRows.setUnavailable(session, each.number(), each.why(), now);
      WarningRecords.insertUnavailable(session, now, each.directory(), each.why());
      unavailable.accept(new UnavailableBatch(names.path(each.directory()), each.why()));
    }
    return taken;
  }

  private static String why(IllegalArgumentException e) {
    return e instanceof InvalidPathException
        ? "Its name cannot be expressed in the character set of this host, "
            + System.getProperty("sun.jnu.encoding")
            + ". Start the host in a locale with UTF-8, then replay the batch."
        : "Its row in the ledger is damaged: "
            + e.getMessage()
            + " Have the ledger forget the directory, and hand it in again.";
  }

  private Batch batch(ResultSet row) throws SQLException {
    var text = row.getString(4);
    if (text == null) {
      throw new IllegalArgumentException("There are no files.");
    }
    var logs = FilesColumn.parse(text);
    for (var log : logs) {
      var file = Path.of(log.name());
      if (file.getNameCount() != 1 || file.isAbsolute()) {
        throw new IllegalArgumentException("\"" + file + "\" is not the name of a file.");
      }
    }
    return Batch.of(
        row.getLong(1),
        names.exactPath(row.getString(2)),
        row.getInt(3),
        logs,
        FilesColumn.parseWhatIsLeft(row.getString(6)));
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
    long next = first();
    return next > 0 && next < Long.MAX_VALUE && bound() ? first() : next;
  }

  /** Ends waits that are too long, unless that was done a moment ago; returns if there were any. */
  private boolean bound() throws LedgerException {
    long now = database.read(database::now);
    if (!isBoundingDue(now)
        || database
            .read(
                session ->
                    session.query(
                        "SELECT 1" + TOO_LONG + " LIMIT 1",
                        row -> row.getInt(1),
                        now,
                        now,
                        now + RetryPolicy.LONGEST_DELAY.toMillis()))
            .isEmpty()) {
      return false;
    }
    database.transact(session -> bound(session, now));
    return true;
  }

  private synchronized boolean isBoundingDue(long now) {
    long nanos = database.nanoTime();
    boolean isDue = bounded == null || nanos - bounded > BOUNDING_NANOS || now < latest;
    latest = now;
    if (isDue) {
      bounded = nanos;
    }
    return isDue;
  }

  /** Makes batches due now that would wait for longer than was meant; returns how many. */
  int bound(Session session, long now) throws SQLException {
    return session.update(
        "UPDATE batch SET ready_at = ?, state_since = ? WHERE id IN (SELECT id"
            + TOO_LONG
            + database.skipLocked()
            + ")",
        now,
        now,
        now,
        now,
        now + RetryPolicy.LONGEST_DELAY.toMillis());
  }

  private long first() throws LedgerException {
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
