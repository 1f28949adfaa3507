package io.longline.host.ledger.sql;

import static java.util.stream.Collectors.joining;

import io.longline.api.Window;
import io.longline.api.internal.Panes;
import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.Watermark;
import io.longline.host.ledger.WindowTask;
import io.longline.host.ledger.WindowTask.PartAt;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rows of parts and windows. A window is a batch of its own kind, with one call, from the first
 * fact in it. Within a transaction of its caller.
 */
final class WindowRows {

  /** Facts that come late are waited for a little, so that many of them are one more call. */
  private static final long LATE_DELAY_MILLIS = 10_000;

  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern NUMBER =
      Pattern.compile("-[0-9]{1,18}|[0-9]{1,18}|" + Long.MIN_VALUE);

  private WindowRows() {}

  /** The name in the ledger of what stands for a directory. */
  static String place(String hook, String window) {
    return "windows/" + hook + "/" + window;
  }

  /** Keeps other transactions from changing the windows of a hook; returns its watermark. */
  static Watermark lock(Session session, Database database, long hook) throws SQLException {
    return session
        .query(
            "SELECT watermark, recent FROM window_hook WHERE hook = ?" + database.forUpdate(),
            row -> new Watermark(row.getLong(1), numbers(row.getString(2))),
            hook)
        .stream()
        .findFirst()
        .orElse(Watermark.UNKNOWN);
  }

  static String text(Collection<Long> numbers) {
    return numbers.stream().map(String::valueOf).collect(joining(","));
  }

  /** The numbers of a text; what is damaged is left out. */
  static List<Long> numbers(String text) {
    return Arrays.stream(COMMA.split(text, -1))
        .filter(each -> NUMBER.matcher(each).matches())
        .map(Long::valueOf)
        .toList();
  }

  /** The panes of the part of a batch that was recorded before; none if there is no part. */
  static List<Long> panes(Session session, long batch, long hook) throws SQLException {
    return session
        .query(
            "SELECT panes FROM window_part WHERE batch = ? AND hook = ?",
            row -> numbers(row.getString(1)),
            batch,
            hook)
        .stream()
        .findFirst()
        .orElse(List.of());
  }

  /** Adds a window that has its first fact, unless it is there. */
  static void add(Session session, long hook, String hookId, Panes.Span span, long now)
      throws SQLException {
    var name = span.window().name();
    boolean isThere =
        !session
            .query(
                "SELECT batch FROM event_window WHERE hook = ? AND name = ?",
                row -> row.getLong(1),
                hook,
                name)
            .isEmpty();
    if (isThere) {
      return;
    }
    long batch =
        session
            .query(
                """
                INSERT INTO batch (directory, generation, files, state, created_at, ready_at,
                  state_since, token, suspect, kind)
                VALUES (?, 1, '', {open}, ?, ?, ?, 0, 0, 'window') RETURNING id""",
                row -> row.getLong(1),
                place(hookId, name),
                now,
                now,
                now)
            .get(0);
    session.update(
        "INSERT INTO run (batch, hook, state, attempts, due_at) VALUES (?, ?, {waiting}, 0, ?)",
        batch,
        hook,
        now);
    session.update(
        """
        INSERT INTO event_window (batch, hook, name, start_at, end_at, closes_at, changes,
          done_changes, reopened, sealed, outputs, token)
        VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, '', 0)""",
        batch,
        hook,
        name,
        span.start(),
        span.end(),
        span.closesAt());
  }

  /** A window whose facts have changed. */
  private record Changed(long batch, boolean isSealed, long closesAt, BatchState state) {}

  /**
   * Records that the facts of some panes have changed: windows that were done are opened again.
   *
   * @param watermark event time as far as it is known
   * @return whether a window that is sealed has changed, which is left as it is
   */
  static boolean touch(
      Session session, long hook, Collection<Long> panes, Watermark watermark, long now)
      throws SQLException {
    boolean isLost = false;
    var touched = new TreeSet<Long>();
    for (long pane : panes) {
      touched.addAll(
          session.query(
              "SELECT batch FROM event_window WHERE hook = ? AND end_at > ? AND start_at <= ?",
              row -> row.getLong(1),
              hook,
              pane,
              pane));
    }
    for (long batch : touched) {
      for (var each :
          session.query(
              """
              SELECT w.sealed, w.closes_at, b.state FROM event_window w
              JOIN batch b ON b.id = w.batch WHERE w.batch = ?""",
              row ->
                  new Changed(
                      batch, row.getInt(1) != 0, row.getLong(2), BatchState.of(row.getString(3))),
              batch)) {
        isLost |= each.isSealed();
        touch(session, each, watermark, now);
      }
    }
    return isLost;
  }

  private static void touch(Session session, Changed window, Watermark watermark, long now)
      throws SQLException {
    if (window.isSealed()) {
      return;
    }
    session.update("UPDATE event_window SET changes = changes + 1 WHERE batch = ?", window.batch());
    if (window.state() != BatchState.DONE) {
      return;
    }
    session.update(
        "UPDATE event_window SET reopened = reopened + 1 WHERE batch = ?", window.batch());
    session.update(
        """
        UPDATE run SET state = {waiting}, attempts = 0, due_at = ?, error_class = NULL,
          error = NULL, stack = NULL, ended_at = NULL WHERE batch = ?""",
        now,
        window.batch());
    boolean isClosed = window.closesAt() <= watermark.time();
    session.update(
        """
        UPDATE batch SET state = ?, ready_at = ?, state_since = ?, finished_at = NULL
        WHERE id = ? AND state = {done}""",
        isClosed ? BatchState.READY.sql() : BatchState.OPEN.sql(),
        now + (isClosed ? LATE_DELAY_MILLIS : 0),
        now,
        window.batch());
  }

  /** Closes the windows of a hook that event time has passed; returns how many. */
  static int close(Session session, long hook, Watermark watermark, long now) throws SQLException {
    return session.update(
        """
        UPDATE batch SET state = {ready}, ready_at = ?, state_since = ? WHERE state = {open}
        AND id IN (SELECT batch FROM event_window WHERE hook = ? AND closes_at <= ?)""",
        now,
        now,
        hook,
        watermark.time());
  }

  /** Closes all windows of a hook, and has those be due that wait for more late facts. */
  static int closeAll(Session session, long hook, long now) throws SQLException {
    return session.update(
        """
        UPDATE batch SET state = {ready}, ready_at = ?, state_since = ?
        WHERE (state = {open} OR state = {ready} AND ready_at > ?)
        AND id IN (SELECT w.batch FROM event_window w JOIN run ON run.batch = w.batch
          WHERE w.hook = ? AND run.state = {waiting} AND (run.attempts = 0 OR batch.state = {open}))""",
        now,
        now,
        now,
        hook);
  }

  /**
   * What is to be done for a window that was claimed.
   *
   * @return null if parts of it are being made again, since they have an old format
   */
  static @Nullable WindowTask task(Session session, long batch) throws SQLException {
    var windows =
        session.query(
            """
            SELECT w.name, w.start_at, w.end_at, w.changes, w.outputs, w.hook, h.format
            FROM event_window w JOIN window_hook h ON h.hook = w.hook WHERE w.batch = ?""",
            row ->
                new Claimed(
                    row.getString(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getString(5).lines().toList(),
                    row.getLong(6),
                    row.getString(7)),
            batch);
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("There is no window.");
    }
    var window = windows.get(0);
    return isBeingMadeAgain(session, window) ? null : window.task(parts(session, window));
  }

  private record Claimed(
      String name,
      long start,
      long end,
      long changes,
      List<String> outputs,
      long hook,
      String format) {

    WindowTask task(List<PartAt> parts) {
      boolean isRun = start == Long.MIN_VALUE;
      var window =
          new Window(name, isRun ? null : Panes.instant(start), isRun ? null : Panes.instant(end));
      return new WindowTask(window, start, end, changes, parts, outputs);
    }
  }

  private static boolean isBeingMadeAgain(Session session, Claimed window) throws SQLException {
    return !session
        .query(
            """
            SELECT p.batch FROM window_part p JOIN batch b ON b.id = p.batch
            JOIN run r ON r.batch = p.batch AND r.hook = p.hook
            WHERE p.hook = ? AND p.format <> ? AND p.earliest < ? AND p.latest >= ?
            AND b.state IN ({ready}, {running}) AND r.state IN ({waiting}, {running}) LIMIT 1""",
            row -> row.getLong(1),
            window.hook(),
            window.format(),
            window.end(),
            window.start())
        .isEmpty();
  }

  private static List<PartAt> parts(Session session, Claimed window) throws SQLException {
    return session.query(
        """
        SELECT file, position, length, earliest, latest, origin FROM window_part
        WHERE hook = ? AND format = ? AND earliest < ? AND latest >= ? ORDER BY earliest, batch""",
        row ->
            new PartAt(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getString(6)),
        window.hook(),
        window.format(),
        window.end(),
        window.start());
  }

  /** Has a window wait for the facts that are being made again. */
  static void open(Session session, long batch) throws SQLException {
    session.update("UPDATE batch SET state = {open}, owner = NULL WHERE id = ?", batch);
  }

  /** Removes the parts of a batch, whose facts do not count any more. */
  static void remove(Session session, Database database, long batch, long now) throws SQLException {
    var hooks =
        new ArrayList<>(
            session.query(
                "SELECT hook FROM window_part WHERE batch = ? ORDER BY hook",
                row -> row.getLong(1),
                batch));
    for (long hook : hooks) {
      var watermark = lock(session, database, hook);
      var panes = panes(session, batch, hook);
      session.update("DELETE FROM window_part WHERE batch = ? AND hook = ?", batch, hook);
      touch(session, hook, panes, watermark, now);
    }
  }
}
