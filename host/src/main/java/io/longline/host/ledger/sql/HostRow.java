package io.longline.host.ledger.sql;

import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.RunningCall;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * This host in the ledger: its signs of life and the calls that it shows. Thread-safe, within a
 * transaction of its caller.
 */
final class HostRow {

  private final HostIdentity host;
  private final Duration lease;
  private final DirectoryNames names;

  /** The ids of the hooks that the host calls, a line each. */
  private volatile String hooks = "";

  /**
   * The row of a host, which is not written yet.
   *
   * @param lease for how long the host is alive without a sign of life
   */
  HostRow(HostIdentity host, Duration lease, DirectoryNames names) {
    this.host = host;
    this.lease = lease;
    this.names = names;
  }

  HostIdentity host() {
    return host;
  }

  /** Says which hooks the host calls, from its next sign of life on. */
  void setHooks(Collection<String> ids) {
    hooks = String.join("\n", ids);
  }

  /** Renews the lease; the row is inserted again if the host had expired and was pruned. */
  void sayAlive(Session session, long now) throws SQLException {
    session.update(
        """
        INSERT INTO host (id, machine, pid, process_start, output, hooks, started_at,
          lease_until, lease_millis, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, {alive})
        ON CONFLICT (id) DO UPDATE SET state = {alive}, lease_until = excluded.lease_until,
          lease_millis = excluded.lease_millis, hooks = excluded.hooks""",
        host.id(),
        host.machine(),
        host.pid(),
        host.processStart(),
        host.output(),
        hooks,
        now,
        now + lease.toMillis(),
        lease.toMillis());
  }

  /** Whether another host has found that this one expired. */
  boolean isExpired(Session session) throws SQLException {
    return session
        .query(
            "SELECT 1 FROM host WHERE id = ? AND state = {alive}", row -> row.getInt(1), host.id())
        .isEmpty();
  }

  /** Shows which calls run, in place of those shown before. */
  void show(Session session, List<RunningCall> calls, long now) throws SQLException {
    session.update("DELETE FROM running_call WHERE host = ?", host.id());
    for (var call : calls) {
      var directory = call.directory();
      session.update(
          "INSERT INTO running_call (host, hook, directory, started_at) VALUES (?, ?, ?, ?)",
          host.id(),
          call.hook(),
          directory == null ? null : names.name(directory),
          now - call.age().toMillis());
    }
  }

  void signOff(Session session) throws SQLException {
    session.update("UPDATE host SET state = {ended} WHERE id = ?", host.id());
    session.update("DELETE FROM running_call WHERE host = ?", host.id());
  }
}
