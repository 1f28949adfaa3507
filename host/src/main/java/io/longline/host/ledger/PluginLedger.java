package io.longline.host.ledger;

import java.util.List;

/** Which plugins the ledger knows, and whether their hooks are called. Thread-safe. */
public final class PluginLedger {

  private final Database database;

  PluginLedger(Database database) {
    this.database = database;
  }

  /** The ids of all plugins that have had a hook. */
  public List<String> ids() throws LedgerException {
    return database.read(
        session ->
            session.query(
                "SELECT DISTINCT plugin FROM hook ORDER BY plugin", row -> row.getString(1)));
  }

  /**
   * Has hooks called again that are paused.
   *
   * @param id of a plugin, for all its hooks, or of a hook
   * @return how many were paused; negative if there is no such plugin or hook
   */
  public int resume(String id) throws LedgerException {
    return database.transact(
        session -> {
          int paused =
              session.update(
                  "UPDATE hook SET paused_until = 0, pauses = 0, paused_why = '' WHERE paused_until > 0 AND (plugin = ? OR id = ?)",
                  id,
                  id);
          if (paused > 0) {
            database.tellOthers(session);
            return paused;
          }
          return session
                  .query(
                      "SELECT 1 FROM hook WHERE plugin = ? OR id = ? LIMIT 1",
                      row -> row.getInt(1),
                      id,
                      id)
                  .isEmpty()
              ? -1
              : 0;
        });
  }

  /**
   * Says whether a plugin's hooks are called. If not, their work waits, and new batches are not
   * owed to them.
   *
   * @return how many hooks it has; 0 if it is unknown
   */
  public int setEnabled(String plugin, boolean isEnabled) throws LedgerException {
    return database.transact(
        session -> {
          int hooks =
              session.update(
                  "UPDATE hook SET enabled = ? WHERE plugin = ?", isEnabled ? 1 : 0, plugin);
          if (isEnabled && hooks > 0) {
            session.update(
                """
                UPDATE batch SET state = {ready}, ready_at = created_at
                WHERE state = {parked} AND ((settled = ''
                  AND NOT EXISTS (SELECT 1 FROM run WHERE run.batch = batch.id)) OR EXISTS (
                  SELECT 1 FROM run JOIN hook ON hook.number = run.hook
                  WHERE run.batch = batch.id AND run.state = {waiting} AND hook.plugin = ?))""",
                plugin);
            database.tellOthers(session);
          }
          return hooks;
        });
  }
}
