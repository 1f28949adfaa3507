package io.longline.host.ledger.sql;

import io.longline.host.ledger.Outcome;
import io.longline.host.ledger.Watermark;
import io.longline.host.output.StoredPart;
import io.longline.host.output.WindowOutputs.Fate;
import io.longline.host.window.Section;
import io.longline.host.window.WindowRules;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records parts, and what becomes of windows by them. Thread-safe, within a transaction of its
 * caller.
 */
final class WindowRecords {

  private static final Logger LOG = LoggerFactory.getLogger(WindowRecords.class);

  private final Database database;

  /** The windows of the hooks that this host calls, by the numbers of the hooks. */
  private volatile Map<Long, WindowRules> rules = Map.of();

  WindowRecords(Database database) {
    this.database = database;
  }

  /** Says which windows the hooks have that this host calls, by the numbers of the hooks. */
  void set(Map<Long, WindowRules> called) {
    rules = Map.copyOf(called);
  }

  /** Records the windows of hooks. If one has parts of another format now, they are made again. */
  void register(Session session, Map<Long, WindowRules> found, long now) throws SQLException {
    for (var each : new TreeMap<>(found).entrySet()) {
      long hook = each.getKey();
      var format = each.getValue().format();
      session.update(
          """
          INSERT INTO window_hook (hook, format, watermark, recent, changed_at)
          VALUES (?, ?, ?, '', ?) ON CONFLICT (hook) DO NOTHING""",
          hook,
          format,
          Watermark.UNKNOWN.time(),
          now);
      int changed =
          session.update(
              "UPDATE window_hook SET format = ?, watermark = ?, recent = '' WHERE hook = ? AND format <> ?",
              format,
              Watermark.UNKNOWN.time(),
              hook,
              format);
      if (changed > 0) {
        makeAgain(session, hook, format, now);
      }
    }
  }

  private static void makeAgain(Session session, long hook, String format, long now)
      throws SQLException {
    removeWindowsNotDone(session, hook);
    var batches =
        session.query(
            """
            SELECT p.batch FROM window_part p JOIN batch b ON b.id = p.batch
            WHERE p.hook = ? AND p.format <> ? ORDER BY p.batch""",
            row -> row.getLong(1),
            hook,
            format);
    for (long batch : batches) {
      OwedCalls.owe(session, batch, hook, now);
      BatchRows.makeReady(session, batch, now);
    }
    var id = session.query("SELECT id FROM hook WHERE number = ?", row -> row.getString(1), hook);
    LOG.warn(
        "The parts of {} have another format now than those in the ledger: {} batches are processed by it again.",
        id.get(0),
        batches.size());
  }

  private static void removeWindowsNotDone(Session session, long hook) throws SQLException {
    for (long batch :
        session.query(
            """
            SELECT w.batch FROM event_window w JOIN batch b ON b.id = w.batch
            WHERE w.hook = ? AND w.outputs = '' AND b.state IN ({open}, {ready}, {parked})""",
            row -> row.getLong(1),
            hook)) {
      session.update("DELETE FROM event_window WHERE batch = ?", batch);
      BatchRows.delete(session, batch);
    }
  }

  /** Records a call that has succeeded: its part, or what it did for a window. */
  void succeeded(Session session, Outcome outcome, long hook, long now) throws SQLException {
    var window = outcome.claim().batch().window();
    if (window != null) {
      done(session, outcome, window.changes(), now);
      return;
    }
    var rule = outcome.windows();
    var part = outcome.part();
    if (rule == null && part == null) {
      return;
    }
    var before = WindowRows.panes(session, outcome.batch(), hook);
    if (before.isEmpty() && part == null) {
      return;
    }
    var watermark = WindowRows.lock(session, database, hook);
    session.update("DELETE FROM window_part WHERE batch = ? AND hook = ?", outcome.batch(), hook);
    var panes = new TreeSet<>(before);
    if (rule != null && part != null) {
      insert(session, outcome, hook, rule, part, now);
      part.sections().forEach(section -> panes.add(section.pane()));
      watermark = advance(session, hook, watermark, rule, part, now);
    }
    if (WindowRows.touch(session, hook, panes, watermark, now)) {
      LOG.warn(
          "Facts of {} for {} came after the parts of their window were pruned: its output stays as it is.",
          outcome.claim().batch().directory(),
          outcome.hook());
    }
    WindowRows.close(session, hook, watermark, now);
    if (rule != null) {
      makeAgainIfOld(session, outcome, hook, rule, now);
    }
  }

  /** The hook may have been replaced during the call, by one that cannot use the part. */
  private static void makeAgainIfOld(
      Session session, Outcome outcome, long hook, WindowRules rule, long now) throws SQLException {
    session.update(
        """
        UPDATE run SET state = {waiting}, attempts = 0, due_at = ? WHERE batch = ? AND hook = ?
        AND EXISTS (SELECT 1 FROM window_hook w WHERE w.hook = run.hook AND w.format <> ?)""",
        now,
        outcome.batch(),
        hook,
        rule.format());
  }

  private static void insert(
      Session session, Outcome outcome, long hook, WindowRules rule, StoredPart part, long now)
      throws SQLException {
    var sections = part.sections();
    session.update(
        """
        INSERT INTO window_part (batch, hook, format, origin, file, position, length, facts,
          earliest, latest, panes, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        outcome.batch(),
        hook,
        rule.format(),
        outcome.claim().batch().directory().toString(),
        part.file(),
        part.position(),
        part.length(),
        part.facts(),
        sections.stream().mapToLong(Section::earliest).min().orElseThrow(),
        sections.stream().mapToLong(Section::latest).max().orElseThrow(),
        WindowRows.text(sections.stream().map(Section::pane).toList()),
        now);
    var panes = rule.panes();
    var spans = new TreeMap<String, io.longline.api.internal.Panes.Span>();
    for (var section : sections) {
      panes.windowsOf(section.pane()).forEach(span -> spans.put(span.window().name(), span));
    }
    for (var span : spans.values()) {
      WindowRows.add(session, hook, outcome.hook(), span, now);
    }
  }

  private static Watermark advance(
      Session session, long hook, Watermark before, WindowRules rule, StoredPart part, long now)
      throws SQLException {
    var after = before.with(Watermark.timeOf(part.sections()), rule.longestMicros());
    session.update(
        "UPDATE window_hook SET watermark = ?, recent = ?, changed_at = ? WHERE hook = ?",
        after.time(),
        WindowRows.text(after.recent()),
        now,
        hook);
    return after;
  }

  /** If its facts have changed since it was claimed, the window is done again. */
  private static void done(Session session, Outcome outcome, long changes, long now)
      throws SQLException {
    session.update(
        "UPDATE event_window SET done_changes = ?, outputs = ?, token = ? WHERE batch = ?",
        changes,
        String.join("\n", outcome.windowFiles()),
        outcome.claim().token(),
        outcome.batch());
    session.update(
        """
        UPDATE run SET state = {waiting}, attempts = 0, due_at = ? WHERE batch = ?
        AND EXISTS (SELECT 1 FROM event_window w WHERE w.batch = run.batch AND w.changes > ?)""",
        now,
        outcome.batch(),
        changes);
  }

  /** Whether there is a window that {@link #close} would close, or have done at once. */
  boolean isAnyOpen(Session session, long idleMillis, long now) throws SQLException {
    for (long hook : rules.keySet()) {
      boolean isAny =
          !session
              .query(
                  """
                  SELECT w.batch FROM event_window w JOIN batch b ON b.id = w.batch
                  JOIN window_hook h ON h.hook = w.hook
                  WHERE w.hook = ? AND (h.changed_at <= ? OR h.changed_at > ?)
                  AND (b.state = {open} OR b.state = {ready} AND b.ready_at > ?) LIMIT 1""",
                  row -> row.getLong(1),
                  hook,
                  now - idleMillis,
                  now,
                  now)
              .isEmpty();
      if (isAny) {
        return true;
      }
    }
    return false;
  }

  /** Closes windows of the hooks that this host calls, and that have got no fact for so long. */
  int close(Session session, long idleMillis, long now) throws SQLException {
    int closed = 0;
    for (long hook : new TreeSet<>(rules.keySet())) {
      // The clock was set back: the wait begins again.
      session.update(
          "UPDATE window_hook SET changed_at = ? WHERE hook = ? AND changed_at > ?",
          now,
          hook,
          now);
      var idle =
          session.query(
              "SELECT hook FROM window_hook WHERE hook = ? AND changed_at <= ?"
                  + database.forUpdate(),
              row -> row.getLong(1),
              hook,
              now - idleMillis);
      closed += idle.isEmpty() ? 0 : WindowRows.closeAll(session, hook, now);
    }
    return closed;
  }

  /** What is to be done with what a call for a window has left. */
  static Fate fate(Session session, long batch, long token) throws SQLException {
    return session
        .query(
            """
            SELECT w.token = ?, b.state = {running} AND b.token = ? FROM event_window w
            JOIN batch b ON b.id = w.batch WHERE w.batch = ?""",
            row -> row.getBoolean(1) ? Fate.PUBLISH : row.getBoolean(2) ? Fate.KEEP : Fate.DISCARD,
            token,
            token,
            batch)
        .stream()
        .findFirst()
        .orElse(Fate.DISCARD);
  }
}
