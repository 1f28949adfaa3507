package io.longline.host.ledger.sql;

import io.longline.host.ledger.HostLedger.Installed;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The hooks that are installed, in the ledger, and the versions of those that this host has found.
 * Thread-safe; what has a session runs within a transaction of its caller.
 */
final class InstalledHooks {

  /** By id. */
  private final Map<String, String> versions = new HashMap<>();

  /** Records hooks; a new version of one is not paused. */
  void insert(Session session, List<Installed> found, long now) throws SQLException {
    for (var hook : found) {
      if (!hook.version().equals(versions.get(hook.id()))) {
        // A host that starts with a hook finds out again what it misses.
        session.update("DELETE FROM missing WHERE hook = ?", hook.id());
      }
      // A hook of a plugin that is disabled is so too.
      session.update(
          """
          INSERT INTO hook (id, plugin, version, installed_at, enabled)
          VALUES (?, ?, ?, ?,
            coalesce((SELECT min(enabled) FROM hook AS other WHERE other.plugin = ?), 1))
          ON CONFLICT (id) DO UPDATE SET version = excluded.version,
            paused_until = CASE WHEN hook.version = excluded.version
              THEN hook.paused_until ELSE 0 END""",
          hook.id(),
          hook.plugin(),
          hook.version(),
          now,
          hook.plugin());
    }
  }

  /** The numbers of some hooks, by id. */
  Map<String, Long> numbers(Session session, Set<String> ids) throws SQLException {
    var numbers = new LinkedHashMap<String, Long>();
    session.forEach(
        "SELECT id, number FROM hook ORDER BY number",
        row -> {
          if (ids.contains(row.getString(1))) {
            numbers.put(row.getString(1), row.getLong(2));
          }
        });
    return numbers;
  }

  /** Takes note of the versions of hooks; returns the ids of those that had another before. */
  synchronized Set<String> setVersions(List<Installed> found) {
    var changed = new HashSet<String>();
    for (var hook : found) {
      var before = versions.put(hook.id(), hook.version());
      if (before != null && !before.equals(hook.version())) {
        changed.add(hook.id());
      }
    }
    return changed;
  }
}
