package io.longline.host.ledger;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
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
      Map<BatchState, Long> batches,
      List<HookStatus> hooks,
      List<HostStatus> hosts,
      Map<String, String> waitingDirectories,
      long backlogMillis) {}

  /**
   * A hook that is installed.
   *
   * @param hook its id
   * @param calls how its calls stand
   * @param hasHost whether a host that is at work has it
   * @param isEnabled whether hosts may call it
   * @param pausedMillis for how long it is paused; 0 if it is not, negative if a call is due that
   *     decides
   * @param pausedWhy why; empty if it is not
   */
  public record HookStatus(
      String hook,
      HookCalls calls,
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
   * The calls of a hook in numbers.
   *
   * @param states how many are in each state, but for those that failed and are tried again
   * @param retrying how many failed and are tried again
   * @param meanMicros how long a call that succeeded took, on average
   */
  public record HookCalls(Map<CallState, Long> states, long retrying, long meanMicros) {

    static final HookCalls NONE = new HookCalls(Map.of(), 0, 0);

    /** How many are in a state. */
    public long count(CallState state) {
      return states.getOrDefault(state, 0L);
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
   * How a (batch, hook) stands.
   *
   * @param directory the log directory
   * @param generation which batch of it
   * @param hook the hook's id
   * @param state how it stands
   * @param attempts how many were made
   * @param dueMillis from now, when the next is due; of one that waits
   * @param last the last attempt
   */
  public record CallStatus(
      String directory,
      int generation,
      String hook,
      CallState state,
      int attempts,
      long dueMillis,
      LastAttempt last) {}

  /**
   * The last attempt of a call.
   *
   * @param error what went wrong; empty if nothing did
   * @param stack where; empty if nothing did
   * @param endedAt when it ended, in milliseconds since 1970; 0 if there was none
   */
  public record LastAttempt(String error, String stack, long endedAt) {}

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
        session -> new StatusQueries(session, roots, database.now(session)).status());
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
  public List<CallStatus> calls(Path directory) throws LedgerException {
    return calls("batch.directory = ?", roots.name(directory));
  }

  /** The state of each batch of a directory, the oldest first; none if it is not in the ledger. */
  public List<BatchState> batches(Path directory) throws LedgerException {
    return database.read(
        session ->
            session.query(
                "SELECT state FROM batch WHERE directory = ? ORDER BY generation",
                row -> BatchState.of(row.getString(1)),
                roots.name(directory)));
  }

  /** How many files Zeek has ended that are in no batch yet. */
  public long rotatedFiles() throws LedgerException {
    return database.read(
        session ->
            session.query("SELECT count(*) FROM rotated_file", row -> row.getLong(1)).get(0));
  }

  /** All dead letters, of one hook, of one plugin, or of all. */
  public List<CallStatus> dead(@Nullable String hook) throws LedgerException {
    return calls(
        "run.state = {dead} AND coalesce(CAST(? AS TEXT), hook.id) IN (hook.id, hook.plugin)",
        hook);
  }

  private List<CallStatus> calls(String condition, @Nullable String value) throws LedgerException {
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
              row -> call(row, now),
              value);
        });
  }

  private CallStatus call(ResultSet row, long now) throws SQLException {
    return new CallStatus(
        roots.path(row.getString(1)).toString(),
        row.getInt(2),
        row.getString(3),
        CallState.of(row.getString(4)),
        row.getInt(5),
        row.getLong(6) - now,
        new LastAttempt(
            error(row.getString(7), row.getString(8)), row.getString(9), row.getLong(10)));
  }

  private static String error(String errorClass, String message) {
    return errorClass.isEmpty() ? message : errorClass + ": " + message;
  }

  /** How many batches are in this state. */
  public long count(BatchState state) throws LedgerException {
    return database.read(
        session ->
            session
                .query(
                    "SELECT count(*) FROM batch WHERE state = ?",
                    row -> row.getLong(1),
                    state.sql())
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
