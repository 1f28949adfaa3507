package io.longline.host.ledger.sql;

import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.PluginLedger;
import java.util.List;

/** Which plugins the ledger knows, and whether their hooks are called. Thread-safe. */
final class SqlPluginLedger implements PluginLedger {

  private final Database database;

  SqlPluginLedger(Database database) {
    this.database = database;
  }

  @Override
  public List<String> ids() throws LedgerException {
    return database.read(
        session ->
            session.query(
                "SELECT DISTINCT plugin FROM hook ORDER BY plugin", row -> row.getString(1)));
  }

  @Override
  public List<String> disabled() throws LedgerException {
    return database.read(
        session ->
            session.query(
                "SELECT DISTINCT plugin FROM hook WHERE enabled = 0 ORDER BY plugin",
                row -> row.getString(1)));
  }

  @Override
  public int resume(String id) throws LedgerException {
    return database.transact(
        session -> {
          int paused =
              session.update(
                  "UPDATE hook SET paused_until = 0, pauses = 0, paused_why = '' WHERE paused_until > 0 AND (plugin = ? OR id = ?)",
                  id,
                  id);
          if (paused > 0) {
            database.notifyOthers(session);
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

  @Override
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
            database.notifyOthers(session);
          }
          return hooks;
        });
  }
}
