package io.longline.host.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows what is in a ledger, while hosts work on it. Thread-safe. */
public final class LedgerView {

  private final Database database;
  private final Roots roots;

  LedgerView(Database database, Roots roots) {
    this.database = database;
    this.roots = roots;
  }

  /**
   * The ledger in numbers.
   *
   * @param batches how many there are in each state
   * @param hooks each hook that is installed
   * @param hosts those that are at work, or were lost
   * @param waitingDirectories directories that are not taken yet, with the reason
   * @param backlogMillis since when the oldest batch that is due has waited; 0 if none is
   */
  public record Status(
      Map<String, Long> batches,
      List<HookStatus> hooks,
      List<HostStatus> hosts,
      Map<String, String> waitingDirectories,
      long backlogMillis) {}

  /**
   * A hook's calls.
   *
   * @param hook its id
   * @param runs how many (batch, hook) are in each state; {@code retrying} are those that failed
   * @param meanMicros how long a call that succeeded took, on average
   * @param hasHost whether a host that is at work has it
   * @param isEnabled whether hosts may call it
   * @param pausedMillis for how long it is paused; 0 if it is not, negative if a call is due that
   *     decides
   * @param pausedWhy why; empty if it is not
   */
  public record HookStatus(
      String hook,
      Map<String, Long> runs,
      long meanMicros,
      boolean hasHost,
      boolean isEnabled,
      long pausedMillis,
      String pausedWhy) {

    /** Whether it is paused, since it fails again and again. */
    public boolean isPaused() {
      return !pausedWhy.isEmpty();
    }
  }

  /**
   * A host.
   *
   * @param id of this start of it
   * @param machine where it runs
   * @param pid its process
   * @param output its output folder
   * @param isGone whether its process is known to have ended
   * @param leaseMillis for how long it is taken to be alive without a sign of life; negative if it
   *     gave none in time
   * @param running the calls that have been running for a second or more, the oldest first
   */
  public record HostStatus(
      String id,
      String machine,
      long pid,
      String output,
      boolean isGone,
      long leaseMillis,
      List<RunningCall> running) {}

  /**
   * A (batch, hook).
   *
   * @param directory the log directory
   * @param generation which batch of it
   * @param hook the hook's id
   * @param state waiting, running, succeeded, dead or dropped
   * @param attempts how many were made
   * @param dueMillis from now, when the next is due; of one that waits
   * @param error what went wrong last; empty if nothing did
   * @param stack where
   * @param endedAt when the last attempt ended, in milliseconds since 1970; 0 if there was none
   */
  public record RunState(
      String directory,
      int generation,
      String hook,
      String state,
      int attempts,
      long dueMillis,
      String error,
      String stack,
      long endedAt) {}

  /**
   * A warning as it was recorded.
   *
   * @param id its number
   * @param json the warning
   */
  public record WarningLine(long id, String json) {}

  /** The ledger in numbers, at one moment. */
  public Status status() throws LedgerException {
    return database.read(
        session -> {
          long now = database.now(session);
          var batches = new LinkedHashMap<String, Long>();
          session.forEach(
              "SELECT state, count(*) FROM batch GROUP BY state ORDER BY state",
              row -> batches.put(row.getString(1), row.getLong(2)));
          var running = new HashMap<String, List<RunningCall>>();
          session.forEach(
              "SELECT host, hook, directory, started_at FROM running_call ORDER BY started_at, hook",
              row ->
                  running
                      .computeIfAbsent(row.getString(1), host -> new ArrayList<>())
                      .add(
                          new RunningCall(
                              row.getString(2),
                              row.getString(3) == null ? null : roots.path(row.getString(3)),
                              Duration.ofMillis(now - row.getLong(4)))));
          var hosts =
              session.query(
                  """
                  SELECT id, machine, pid, output, lease_until, hooks, process_start FROM host
                  WHERE state = 'alive' ORDER BY started_at""",
                  row ->
                      Map.entry(
                          new HostStatus(
                              row.getString(1),
                              row.getString(2),
                              row.getLong(3),
                              row.getString(4),
                              row.getString(2).equals(HostIdentity.machineName())
                                  && !HostIdentity.isAlive(row.getLong(3), row.getLong(7)),
                              row.getLong(5) - now,
                              running.getOrDefault(row.getString(1), List.of())),
                          row.getString(6)));
          var hooks = new LinkedHashMap<String, HookStatus>();
          session.forEach(
              """
              SELECT hook.id, run.state, run.attempts > 0, count(run.batch),
                coalesce(avg(CASE WHEN run.state = 'succeeded' THEN run.took_micros END), 0),
                hook.enabled, hook.paused_until, hook.paused_why
              FROM hook LEFT JOIN run ON run.hook = hook.number
              GROUP BY hook.id, hook.enabled, hook.paused_until, hook.paused_why, run.state, run.attempts > 0 ORDER BY hook.id, run.state""",
              row -> {
                var id = row.getString(1);
                boolean isEnabled = row.getInt(6) != 0;
                boolean hasHost =
                    hosts.stream()
                        .filter(host -> !host.getKey().isGone())
                        .anyMatch(host -> host.getValue().lines().anyMatch(id::equals));
                long until = row.getLong(7);
                long pausedMillis = until == 0 ? 0 : until - now;
                var why = until == 0 ? "" : row.getString(8);
                var status =
                    hooks.computeIfAbsent(
                        id,
                        each ->
                            new HookStatus(
                                id,
                                new LinkedHashMap<>(),
                                0,
                                hasHost,
                                isEnabled,
                                pausedMillis,
                                why));
                var state = row.getString(2);
                if (state != null) {
                  var name = state.equals("waiting") && row.getBoolean(3) ? "retrying" : state;
                  status.runs().merge(name, row.getLong(4), Long::sum);
                  if (state.equals("succeeded")) {
                    hooks.put(
                        id,
                        new HookStatus(
                            id,
                            status.runs(),
                            (long) row.getDouble(5),
                            hasHost,
                            isEnabled,
                            pausedMillis,
                            why));
                  }
                }
              });
          var waiting = new LinkedHashMap<String, String>();
          session.forEach(
              "SELECT directory, reason FROM waiting_directory ORDER BY directory LIMIT 1000",
              row -> waiting.put(local(row.getString(1)), row.getString(2)));
          long oldest =
              session
                  .query(
                      "SELECT min(ready_at) FROM batch WHERE state = 'ready'",
                      row -> row.getObject(1) == null ? now : row.getLong(1))
                  .get(0);
          return new Status(
              batches,
              List.copyOf(hooks.values()),
              hosts.stream().map(Map.Entry::getKey).toList(),
              waiting,
              Math.max(0, now - oldest));
        });
  }

  /** Why a directory is not taken yet; null if nothing is known. */
  public @Nullable String whyWaiting(Path directory) throws LedgerException {
    var reasons =
        database.read(
            session ->
                session.query(
                    "SELECT reason FROM waiting_directory WHERE directory = ?",
                    row -> row.getString(1),
                    roots.name(directory)));
    return reasons.isEmpty() ? null : reasons.get(0);
  }

  /** The calls owed or made on a directory. */
  public List<RunState> runs(Path directory) throws LedgerException {
    return runs("batch.directory = ?", roots.name(directory));
  }

  /** The state of each batch of a directory, the oldest first; none if it is not in the ledger. */
  public List<String> batches(Path directory) throws LedgerException {
    return database.read(
        session ->
            session.query(
                "SELECT state FROM batch WHERE directory = ? ORDER BY generation",
                row -> row.getString(1),
                roots.name(directory)));
  }

  /** How many files Zeek has ended that are in no batch yet. */
  public long rotatedFiles() throws LedgerException {
    return database.read(
        session ->
            session.query("SELECT count(*) FROM rotated_file", row -> row.getLong(1)).get(0));
  }

  /** All dead letters, of one hook, of one plugin, or of all. */
  public List<RunState> dead(@Nullable String hook) throws LedgerException {
    return runs(
        "run.state = 'dead' AND coalesce(CAST(? AS TEXT), hook.id) IN (hook.id, hook.plugin)",
        hook);
  }

  private List<RunState> runs(String condition, @Nullable String value) throws LedgerException {
    return database.read(
        session -> {
          long now = database.now(session);
          return session.query(
              "SELECT batch.directory, batch.generation, hook.id, run.state, run.attempts, run.due_at,"
                  + " coalesce(run.error_class, ''), coalesce(run.error, ''), coalesce(run.stack, ''),"
                  + " coalesce(run.ended_at, 0) FROM run JOIN batch ON batch.id = run.batch"
                  + " JOIN hook ON hook.number = run.hook WHERE "
                  + condition
                  + " ORDER BY batch.id, hook.id",
              row ->
                  new RunState(
                      local(row.getString(1)),
                      row.getInt(2),
                      row.getString(3),
                      row.getString(4),
                      row.getInt(5),
                      row.getLong(6) - now,
                      error(row.getString(7), row.getString(8)),
                      row.getString(9),
                      row.getLong(10)),
              value);
        });
  }

  private String local(String directory) {
    return roots.path(directory).toString();
  }

  private static String error(String errorClass, String message) {
    return errorClass.isEmpty() ? message : errorClass + ": " + message;
  }

  /** How many batches are in this state. */
  public long count(String state) throws LedgerException {
    return database.read(
        session ->
            session
                .query("SELECT count(*) FROM batch WHERE state = ?", row -> row.getLong(1), state)
                .get(0));
  }

  /**
   * Warnings in the order of their numbers, which is about that of their times: on a server a
   * transaction may be committed later than one with higher numbers.
   *
   * @param after from the one behind this number
   * @param since from this time, in milliseconds since 1970
   * @param hook of this hook, or of this plugin; null for all
   * @param max how many at most
   */
  public List<WarningLine> warnings(long after, long since, @Nullable String hook, int max)
      throws LedgerException {
    return database.read(
        session ->
            session.query(
                """
                SELECT id, json FROM warning WHERE id > ? AND at >= ?
                AND (hook = coalesce(CAST(? AS TEXT), hook)
                  OR substr(hook, 1, length(CAST(? AS TEXT)) + 1) = CAST(? AS TEXT) || '/')
                ORDER BY id LIMIT ?""",
                row -> new WarningLine(row.getLong(1), row.getString(2)),
                after,
                since,
                hook,
                hook,
                hook,
                max));
  }
}
