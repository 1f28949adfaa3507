package io.longline.host.ledger.sql;

import static java.util.stream.Collectors.toSet;

import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.CallState;
import io.longline.host.ledger.HostLocks;
import io.longline.host.ledger.LedgerView.HookCalls;
import io.longline.host.ledger.LedgerView.HookStatus;
import io.longline.host.ledger.LedgerView.HostStatus;
import io.longline.host.ledger.LedgerView.Later;
import io.longline.host.ledger.LedgerView.Status;
import io.longline.host.ledger.RunningCall;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the ledger in numbers, at one moment. Confined to one transaction. */
final class StatusQueries {

  private final Session session;
  private final DirectoryNames names;
  private final HostLocks locks;
  private final long now;

  StatusQueries(Session session, DirectoryNames names, HostLocks locks, long now) {
    this.session = session;
    this.names = names;
    this.locks = locks;
    this.now = now;
  }

  /** A host that is at work, or gone without signing off, and the ids of its hooks. */
  private record HostRow(HostStatus status, Set<String> hooks) {

    boolean has(String hook) {
      return !status.isGone() && hooks.contains(hook);
    }
  }

  Status status() throws SQLException {
    var hosts = hosts(runningCalls());
    return new Status(
        batches(),
        hooks(hosts, calls(), missing()),
        hosts.stream().map(HostRow::status).toList(),
        waitingDirectories(),
        later(),
        backlogMillis());
  }

  private Map<BatchState, Long> batches() throws SQLException {
    var batches = new LinkedHashMap<BatchState, Long>();
    session.forEach(
        "SELECT state, count(*) FROM batch WHERE kind = 'logs' GROUP BY state ORDER BY state",
        row -> batches.put(BatchState.of(row.getString(1)), row.getLong(2)));
    return batches;
  }

  /** The calls that are being made, by host. */
  private Map<String, List<RunningCall>> runningCalls() throws SQLException {
    var calls = new HashMap<String, List<RunningCall>>();
    session.forEach(
        "SELECT host, hook, directory, started_at FROM running_call ORDER BY started_at, hook",
        row ->
            calls
                .computeIfAbsent(row.getString(1), host -> new ArrayList<>())
                .add(runningCall(row)));
    return calls;
  }

  private RunningCall runningCall(ResultSet row) throws SQLException {
    var directory = row.getString(3);
    return new RunningCall(
        row.getString(2),
        directory == null ? null : names.path(directory),
        Duration.ofMillis(Math.max(0, now - row.getLong(4))));
  }

  private List<HostRow> hosts(Map<String, List<RunningCall>> running) throws SQLException {
    return session.query(
        """
        SELECT id, machine, pid, output, lease_until, hooks FROM host
        WHERE state = {alive} ORDER BY started_at""",
        row -> {
          var calls = running.getOrDefault(row.getString(1), List.of());
          return new HostRow(host(row, calls), row.getString(6).lines().collect(toSet()));
        });
  }

  private HostStatus host(ResultSet row, List<RunningCall> running) throws SQLException {
    var id = row.getString(1);
    return new HostStatus(
        id,
        row.getString(2),
        row.getLong(3),
        row.getString(4),
        locks.of(id) == HostLocks.Presence.GONE,
        row.getLong(5) - now,
        running);
  }

  /** The calls of each hook, by its number. */
  private Map<Long, HookCalls> calls() throws SQLException {
    var calls = new HashMap<Long, HookCalls>();
    session.forEach(
        """
        SELECT hook, state, attempts > 0, count(*), coalesce(avg(took_micros), 0)
        FROM run GROUP BY hook, state, attempts > 0 ORDER BY hook, state""",
        row -> {
          var before = calls.getOrDefault(row.getLong(1), HookCalls.NONE);
          calls.put(row.getLong(1), with(before, row));
        });
    return calls;
  }

  private static HookCalls with(HookCalls before, ResultSet row) throws SQLException {
    var state = CallState.of(row.getString(2));
    long count = row.getLong(4);
    if (state == CallState.WAITING && row.getBoolean(3)) {
      return new HookCalls(before.states(), count, before.meanMicros());
    }
    var states = new LinkedHashMap<>(before.states());
    states.merge(state, count, Long::sum);
    long mean = state == CallState.SUCCEEDED ? (long) row.getDouble(5) : before.meanMicros();
    return new HookCalls(states, before.retrying(), mean);
  }

  /** What each hook misses in its installed version, by its number. */
  private Map<Long, List<String>> missing() throws SQLException {
    var missing = new HashMap<Long, List<String>>();
    session.forEach(
        """
        SELECT h.number, m.message FROM missing m
        JOIN hook h ON h.id = m.hook AND h.version = m.version ORDER BY m.message""",
        row ->
            missing
                .computeIfAbsent(row.getLong(1), hook -> new ArrayList<>())
                .add(row.getString(2)));
    return missing;
  }

  private List<HookStatus> hooks(
      List<HostRow> hosts, Map<Long, HookCalls> calls, Map<Long, List<String>> missing)
      throws SQLException {
    return session.query(
        "SELECT number, id, enabled, paused_until, paused_why FROM hook ORDER BY id",
        row -> {
          var id = row.getString(2);
          long until = row.getLong(4);
          return new HookStatus(
              id,
              calls.getOrDefault(row.getLong(1), HookCalls.NONE),
              hosts.stream().anyMatch(host -> host.has(id)),
              row.getInt(3) != 0,
              until == 0 ? 0 : until - now,
              until == 0 ? "" : row.getString(5),
              missing.getOrDefault(row.getLong(1), List.of()));
        });
  }

  private Map<String, String> waitingDirectories() throws SQLException {
    var waiting = new LinkedHashMap<String, String>();
    session.forEach(
        "SELECT directory, reason FROM waiting_directory ORDER BY directory LIMIT 1000",
        row -> waiting.put(names.path(row.getString(1)).toString(), row.getString(2)));
    return waiting;
  }

  private Later later() throws SQLException {
    return session
        .query(
            """
            SELECT count(*), coalesce(min(ready_at), 0), coalesce(max(ready_at), 0) FROM batch
            WHERE state = {ready} AND ready_at > ? AND state_since <= ?""",
            row ->
                row.getLong(1) == 0
                    ? new Later(0, 0, 0)
                    : new Later(row.getLong(1), row.getLong(2) - now, row.getLong(3) - now),
            now,
            now)
        .get(0);
  }

  private long backlogMillis() throws SQLException {
    var oldest =
        session.query(
            "SELECT min(ready_at) FROM batch WHERE state = {ready}",
            row -> row.getObject(1) == null ? now : row.getLong(1));
    return Math.max(0, now - oldest.get(0));
  }
}
