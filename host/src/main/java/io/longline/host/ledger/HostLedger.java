package io.longline.host.ledger;

import io.longline.api.HookWarning;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as one host sees it: it takes batches from it for a lease that it renews, and records
 * how the calls end. Thread-safe.
 *
 * <p>Every claim has a fencing token, and what is recorded under it counts only while the batch is
 * still this host's: a host that was thought dead cannot record anything about a batch that another
 * has taken.
 */
public final class HostLedger {

  /** Calls of a hook that has enough to do are looked at again after this. */
  private static final Duration POSTPONED = Duration.ofSeconds(10);

  private final Database database;
  private final Roots roots;
  private final HostIdentity host;
  private final Duration lease;
  private final RetryPolicy retries;
  private final RandomGenerator random;
  private final Function<HookWarning, String> warningJson;

  /** The hooks that this host calls: number by id. */
  private volatile Map<String, Long> hooks = Map.of();

  private volatile Set<String> busy = Set.of();

  HostLedger(
      Database database,
      Roots roots,
      HostIdentity host,
      Duration lease,
      RetryPolicy retries,
      RandomGenerator random,
      Function<HookWarning, String> warningJson) {
    this.database = database;
    this.roots = roots;
    this.host = host;
    this.lease = lease;
    this.retries = retries;
    this.random = random;
    this.warningJson = warningJson;
  }

  /**
   * A hook that is installed.
   *
   * @param id its id
   * @param plugin its plugin's id
   * @param version its plugin's version
   */
  public record Installed(String id, String plugin, String version) {}

  /** Which start of a host this is. */
  public HostIdentity host() {
    return host;
  }

  /** When a failed call is tried again. */
  public RetryPolicy retries() {
    return retries;
  }

  /**
   * Registers this host, and with it the hooks that it found; those that are new are owed every
   * batch from now on.
   *
   * @param found all hooks
   * @param called the ids of those that this host calls
   * @param before the id that the last host with the same output folder had, whose batches are free
   *     at once; empty if there was none
   */
  public synchronized void register(List<Installed> found, Set<String> called, String before)
      throws LedgerException {
    hooks =
        database.transact(
            session -> {
              long now = database.now(session);
              for (var hook : found) {
                session.update(
                    """
                    INSERT INTO hook (id, plugin, version, installed_at) VALUES (?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET version = excluded.version""",
                    hook.id(),
                    hook.plugin(),
                    hook.version(),
                    now);
              }
              session.update(
                  """
                  INSERT INTO host (id, machine, pid, process_start, output, hooks, started_at,
                    lease_until, state, running) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'alive', '')
                  ON CONFLICT (id) DO UPDATE SET state = 'alive', lease_until = excluded.lease_until""",
                  host.id(),
                  host.machine(),
                  host.pid(),
                  host.processStart(),
                  host.output(),
                  String.join("\n", called),
                  now,
                  now + lease.toMillis());
              if (!before.isEmpty()) {
                takeFrom(session, before, now);
              }
              return numbers(session, called);
            });
    database.transact(
        session -> {
          unpark(session, database.now(session));
          return true;
        });
  }

  private static Map<String, Long> numbers(Session session, Set<String> called)
      throws SQLException {
    var numbers = new LinkedHashMap<String, Long>();
    session.forEach(
        "SELECT id, number FROM hook ORDER BY number",
        row -> {
          if (called.contains(row.getString(1))) {
            numbers.put(row.getString(1), row.getLong(2));
          }
        });
    return numbers;
  }

  /**
   * Renews the lease, frees the batches of hosts whose lease ran out, and brings back what waited
   * for a hook that this host has.
   *
   * @param open the batches that this host works on; others that the ledger thinks are its own are
   *     freed
   * @param running the calls that run, for {@code longline status}
   */
  public synchronized void keepAlive(Collection<Long> open, String running) throws LedgerException {
    database.transact(
        session -> {
          long now = database.now(session);
          session.update(
              "UPDATE host SET lease_until = ?, running = ?, state = 'alive' WHERE id = ?",
              now + lease.toMillis(),
              running,
              host.id());
          freeUnknown(session, Set.copyOf(open), now);
          unpark(session, now);
          return true;
        });
    // Each on its own: another host may do the same, and this one's lease is renewed by now.
    for (var lost : database.read(session -> lostHosts(session, database.now(session)))) {
      database.transact(
          session -> {
            long now = database.now(session);
            int changed =
                session.update(
                    "UPDATE host SET state = 'lost' WHERE id = ? AND (state <> 'alive' OR lease_until < ?)",
                    lost,
                    now);
            if (changed > 0) {
              takeFrom(session, lost, now);
            }
            return true;
          });
    }
  }

  /** Claims that were committed although the answer was lost. */
  private void freeUnknown(Session session, Set<Long> open, long now) throws SQLException {
    var mine =
        session.query(
            "SELECT id FROM batch WHERE state = 'running' AND owner = ?",
            row -> row.getLong(1),
            host.id());
    for (long id : mine) {
      if (!open.contains(id)) {
        free(session, id, now);
      }
    }
  }

  /** Hosts that gave no sign of life in time, and those that have batches and signed off. */
  private List<String> lostHosts(Session session, long now) throws SQLException {
    return session.query(
        """
        SELECT id FROM host WHERE state = 'alive' AND lease_until < ? AND id <> ?
        UNION SELECT owner FROM batch WHERE state = 'running' AND owner <> ?
          AND owner NOT IN (SELECT id FROM host WHERE state = 'alive')""",
        row -> row.getString(1),
        now,
        host.id(),
        host.id());
  }

  /** Hosts of this machine whose process is gone need not wait for their lease to end. */
  public synchronized void takeFromDeadProcesses() throws LedgerException {
    database.transact(
        session -> {
          long now = database.now(session);
          var dead = new ArrayList<String>();
          session.forEach(
              "SELECT id, pid, process_start FROM host WHERE state = 'alive' AND machine = ?",
              row -> {
                boolean isOther = !row.getString(1).equals(host.id());
                if (isOther && !HostIdentity.isAlive(row.getLong(2), row.getLong(3))) {
                  dead.add(row.getString(1));
                }
              },
              host.machine());
          for (var id : dead) {
            takeFrom(session, id, now);
          }
          return true;
        });
  }

  /**
   * Frees the batches of a host that is gone. They become suspect: their calls are made one by one,
   * each start recorded, and a call whose start is recorded is charged an attempt.
   */
  private void takeFrom(Session session, String lost, long now) throws SQLException {
    session.update("UPDATE host SET state = 'lost' WHERE id = ?", lost);
    chargeStarted(session, lost, now);
    session.update(
        """
        UPDATE batch SET state = 'ready', ready_at = created_at, owner = NULL, suspect = 1
        WHERE state = 'running' AND owner = ?""",
        lost);
  }

  private void chargeStarted(Session session, String lost, long now) throws SQLException {
    record Started(long batch, long hook, int attempts, String id, String directory) {}
    var started =
        session.query(
            """
            SELECT run.batch, run.hook, run.attempts, hook.id, batch.directory FROM run
            JOIN batch ON batch.id = run.batch JOIN hook ON hook.number = run.hook
            WHERE run.state = 'running' AND batch.state = 'running' AND batch.owner = ?""",
            row ->
                new Started(
                    row.getLong(1),
                    row.getLong(2),
                    row.getInt(3),
                    row.getString(4),
                    row.getString(5)),
            lost);
    for (var run : started) {
      int attempt = run.attempts() + 1;
      boolean isDead = retries.isLast(attempt);
      var message =
          "The host died while this hook ran, at attempt "
              + attempt
              + (isDead ? "; it is a dead letter now." : "; it is tried again.");
      session.update(
          """
          UPDATE run SET state = ?, attempts = ?, due_at = ?, error_class = '', error = ?,
            stack = '', ended_at = ?, host = ? WHERE batch = ? AND hook = ?""",
          isDead ? "dead" : "waiting",
          attempt,
          now + retries.delayAfter(attempt, random).toMillis(),
          message,
          now,
          lost,
          run.batch(),
          run.hook());
      insertWarning(
          session,
          now,
          run.id(),
          run.directory(),
          warningJson.apply(
              new HookWarning(
                  java.time.Instant.ofEpochMilli(now),
                  run.id().substring(0, run.id().indexOf('/')),
                  "",
                  run.id(),
                  io.longline.api.Site.HOOK,
                  roots.path(run.directory()),
                  attempt,
                  HookWarning.Kind.FAILED,
                  null,
                  message,
                  "",
                  isDead ? "See longline dead." : "It is tried again, alone.")));
    }
  }

  private static void insertWarning(
      Session session, long at, String hook, @Nullable String directory, String json)
      throws SQLException {
    session.update(
        "INSERT INTO warning (at, hook, directory, json) VALUES (?, ?, ?, ?)",
        at,
        hook,
        directory,
        json);
  }

  /** Batches that wait for a hook that no host had: this one has it, perhaps. */
  private void unpark(Session session, long now) throws SQLException {
    if (hooks.isEmpty()) {
      return;
    }
    session.update(
        "UPDATE batch SET state = 'ready', ready_at = created_at WHERE state = 'parked' AND EXISTS "
            + "(SELECT 1 FROM run WHERE batch = batch.id AND state = 'waiting' AND due_at <= ? AND hook IN ("
            + hookNumbers()
            + "))",
        now);
  }

  private String hookNumbers() {
    return String.join(", ", hooks.values().stream().map(String::valueOf).toList());
  }

  /**
   * Takes batches that are due, the oldest first. A batch whose calls all have to wait for
   * something is put aside and not returned.
   *
   * @param max how many at most
   * @return what was taken; empty if nothing is due
   */
  public synchronized List<Claim> claim(int max) throws LedgerException {
    return hooks.isEmpty() ? List.of() : database.transact(session -> claim(session, max, false));
  }

  /**
   * Takes one call of a suspect batch, whose start is recorded: the call that was running is
   * charged if the host dies. It is to run alone.
   */
  public synchronized List<Claim> claimSuspect() throws LedgerException {
    return hooks.isEmpty() ? List.of() : database.transact(session -> claim(session, 1, true));
  }

  /** Whether a suspect batch is due. */
  public boolean isSuspectDue() throws LedgerException {
    return database.read(
        session ->
            !session
                .query(
                    "SELECT 1 FROM batch WHERE state = 'ready' AND suspect = 1 AND ready_at <= ? LIMIT 1",
                    row -> row.getInt(1),
                    database.now(session))
                .isEmpty());
  }

  /**
   * Says which hooks have more than enough to do: their calls are left for later, so that others go
   * on.
   */
  public void setBusy(Set<String> hookIds) {
    busy = Set.copyOf(hookIds);
  }

  /** A batch that was just taken. */
  private record Taken(Batch batch, long token, boolean isSuspect) {}

  private List<Claim> claim(Session session, int max, boolean isSuspect) throws SQLException {
    long now = database.now(session);
    // Somebody may have thought this host dead; what it takes now is to be found if it dies.
    session.update(
        "UPDATE host SET state = 'alive', lease_until = ? WHERE id = ? AND state <> 'alive'",
        now + lease.toMillis(),
        host.id());
    var taken =
        session.query(
            """
            UPDATE batch SET state = 'running', token = token + 1, owner = ?, claimed_at = ?
            WHERE id IN (SELECT id FROM batch WHERE state = 'ready' AND suspect = ? AND ready_at <= ?
              ORDER BY ready_at, id LIMIT ?"""
                + database.skipLocked()
                + ") RETURNING id, directory, generation, files, token, suspect",
            row ->
                new Taken(
                    new Batch(
                        row.getLong(1),
                        roots.path(row.getString(2)),
                        row.getInt(3),
                        FileStamp.parse(row.getString(4)).stream().map(FileStamp::name).toList()),
                    row.getLong(5),
                    row.getInt(6) != 0),
            host.id(),
            now,
            isSuspect ? 1 : 0,
            now,
            max);
    var claims = new ArrayList<Claim>();
    for (var each : taken) {
      var attempts = due(session, each, now);
      if (attempts.isEmpty()) {
        putAside(session, each.batch().number(), now);
      } else {
        claims.add(new Claim(each.batch(), each.token(), attempts));
      }
    }
    claims.sort(Comparator.comparingLong(claim -> claim.batch().number()));
    return claims;
  }

  /** The calls of a batch that can be made now; of a suspect one the first, its start recorded. */
  private Map<String, Integer> due(Session session, Taken taken, long now) throws SQLException {
    long batch = taken.batch().number();
    boolean isSuspect = taken.isSuspect();
    var hasRuns =
        session.query("SELECT 1 FROM run WHERE batch = ? LIMIT 1", row -> row.getInt(1), batch);
    if (hasRuns.isEmpty()) {
      // It was accepted when no hook was installed.
      BatchLedger.oweInstalled(session, batch, now);
    }
    var attempts = new LinkedHashMap<String, Integer>();
    session.forEach(
        "SELECT hook.id, run.attempts FROM run JOIN hook ON hook.number = run.hook "
            + "WHERE run.batch = ? AND run.state = 'waiting' AND run.due_at <= ? AND run.hook IN ("
            + hookNumbers()
            + ") ORDER BY run.hook",
        row -> {
          boolean isFree = !busy.contains(row.getString(1));
          if (isFree && (!isSuspect || attempts.isEmpty())) {
            attempts.put(row.getString(1), row.getInt(2) + 1);
          }
        },
        batch,
        now);
    if (isSuspect) {
      for (var hook : attempts.keySet()) {
        session.update(
            "UPDATE run SET state = 'running' WHERE batch = ? AND hook = ?",
            batch,
            hooks.get(hook));
      }
    }
    return attempts;
  }

  /**
   * Ends a claim: the batch is done, or ready again when its next call is due, or parked until a
   * host has the hooks that it waits for.
   */
  private BatchState putAside(Session session, long batch, long now) throws SQLException {
    var waiting =
        session.query(
            "SELECT hook, due_at FROM run WHERE batch = ? AND state = 'waiting'",
            row -> new long[] {row.getLong(1), row.getLong(2)},
            batch);
    if (waiting.isEmpty()) {
      session.update(
          "UPDATE batch SET state = 'done', owner = NULL, suspect = 0, finished_at = ? WHERE id = ?",
          now,
          batch);
      return BatchState.DONE;
    }
    var postponed = busy.stream().map(hooks::get).toList();
    var mine =
        waiting.stream()
            .filter(run -> hooks.containsValue(run[0]))
            .mapToLong(
                run ->
                    postponed.contains(run[0])
                        ? Math.max(run[1], now + POSTPONED.toMillis())
                        : run[1])
            .min();
    session.update(
        "UPDATE batch SET state = ?, owner = NULL, ready_at = ? WHERE id = ?",
        mine.isPresent() ? "ready" : "parked",
        mine.orElse(now),
        batch);
    return mine.isPresent() ? BatchState.READY : BatchState.PARKED;
  }

  private void free(Session session, long batch, long now) throws SQLException {
    session.update("UPDATE run SET state = 'waiting' WHERE batch = ? AND state = 'running'", batch);
    putAside(session, batch, now);
  }

  /** What became of a call. */
  public enum Result {
    /** It succeeded. */
    SUCCEEDED,
    /** It failed, and will be tried again. */
    RETRY,
    /** It failed for the last time. */
    DEAD,
    /** Another host has the batch; nothing was recorded. */
    LOST
  }

  /** How a batch stands after its claim has ended. */
  public enum BatchState {
    /** Nothing is owed any more. */
    DONE,
    /** Calls will be tried again. */
    READY,
    /** The hooks that it waits for are not called by this host. */
    PARKED
  }

  /**
   * What was recorded of an outcome.
   *
   * @param result what became of the call
   * @param warning the failure, with what happens next; null if there is none
   * @param batch how the batch stands; null if its claim goes on
   */
  public record Recorded(
      Result result, @Nullable HookWarning warning, @Nullable BatchState batch) {}

  /**
   * Called within the transaction that records outcomes, when it is known which of them count:
   * makes their output durable and records where it goes.
   */
  @FunctionalInterface
  public interface OutputRecorder {

    /**
     * Records outputs.
     *
     * @param recorded for each outcome what becomes of it
     */
    void record(Session session, List<Recorded> recorded) throws SQLException;

    /**
     * Called first in the transaction: makes sure that the last one is not still under way, whose
     * end was not heard of.
     */
    default void begin(Session session) throws SQLException {}
  }

  /**
   * Records how calls ended, all in one transaction.
   *
   * @param outcomes the calls
   * @param remarks what hooks remarked on
   * @param outputs records their outputs in the same transaction
   * @return for each outcome what was recorded
   */
  public List<Recorded> record(
      List<Outcome> outcomes, List<HookWarning> remarks, OutputRecorder outputs)
      throws LedgerException {
    return database.transact(
        session -> {
          outputs.begin(session);
          long now = database.now(session);
          var recorded = new ArrayList<Recorded>();
          for (var outcome : outcomes) {
            recorded.add(record(session, outcome, now));
          }
          for (var remark : remarks) {
            insertWarning(
                session,
                now,
                remark.hook(),
                remark.logDirectory() == null ? null : roots.name(remark.logDirectory()),
                warningJson.apply(remark));
          }
          outputs.record(session, recorded);
          return recorded;
        });
  }

  private Recorded record(Session session, Outcome outcome, long now) throws SQLException {
    long batch = outcome.claim().batch().number();
    if (!isMine(session, outcome.claim())) {
      return new Recorded(Result.LOST, null, null);
    }
    int attempt = outcome.claim().attempts().getOrDefault(outcome.hook(), 1);
    var failure = outcome.failure();
    boolean isLast = outcome.isCharged() && (outcome.isPermanent() || retries.isLast(attempt));
    var result = failure == null ? Result.SUCCEEDED : isLast ? Result.DEAD : Result.RETRY;
    long delay = result == Result.RETRY ? retries.delayAfter(attempt, random).toMillis() : 0;
    session.update(
        """
        UPDATE run SET state = ?, attempts = ?, due_at = ?, version = ?, error_class = ?,
          error = ?, stack = ?, took_micros = ?, ended_at = ?, host = ?
        WHERE batch = ? AND hook = ?""",
        switch (result) {
          case SUCCEEDED -> "succeeded";
          case DEAD -> "dead";
          case RETRY, LOST -> "waiting";
        },
        outcome.isCharged() ? attempt : attempt - 1,
        now + delay,
        outcome.version(),
        failure == null ? null : failure.errorClass(),
        failure == null ? null : printable(failure.message()),
        failure == null ? null : printable(failure.stackTrace()),
        outcome.took().toNanos() / 1_000,
        now,
        host.id(),
        batch,
        hooks.get(outcome.hook()));
    var warning = failure == null ? null : failure.withNextStep(nextStep(outcome, result, delay));
    if (warning != null) {
      insertWarning(
          session,
          now,
          outcome.hook(),
          roots.name(outcome.claim().batch().directory()),
          printable(warningJson.apply(warning)));
    }
    return new Recorded(
        result, warning, outcome.endsClaim() ? putAside(session, batch, now) : null);
  }

  private String nextStep(Outcome outcome, Result result, long delayMillis) {
    int attempt = outcome.claim().attempts().getOrDefault(outcome.hook(), 1);
    var kept = "What it wrote is not kept; the other hooks go on. ";
    if (!outcome.isCharged()) {
      return kept + "The hook is not to blame: it is tried again when there is room.";
    }
    if (result == Result.RETRY) {
      return kept
          + String.format(
              java.util.Locale.ROOT,
              "It is tried again in %.1f s, as attempt %d of %d.",
              delayMillis / 1_000.0,
              attempt + 1,
              retries.maxAttempts());
    }
    return kept
        + (outcome.isPermanent()
            ? "The hook says that trying again is pointless"
            : "It is not tried again after " + attempt + (attempt == 1 ? " attempt" : " attempts"))
        + ": it is a dead letter. Mend the cause, then: longline dead replay.";
  }

  /** PostgreSQL takes no NUL in a text. */
  private static String printable(String text) {
    return text.replace("\0", "\\0");
  }

  private boolean isMine(Session session, Claim claim) throws SQLException {
    return !session
        .query(
            "SELECT id FROM batch WHERE id = ? AND token = ? AND state = 'running' AND owner = ?"
                + database.forUpdate(),
            row -> row.getLong(1),
            claim.batch().number(),
            claim.token(),
            host.id())
        .isEmpty();
  }

  /** Gives back all batches that this host has, and signs off. */
  public synchronized void signOff() throws LedgerException {
    database.transact(
        session -> {
          long now = database.now(session);
          freeUnknown(session, Set.of(), now);
          session.update("UPDATE host SET state = 'ended', running = '' WHERE id = ?", host.id());
          return true;
        });
  }

  /**
   * When the next batch that this host could work on is due, in milliseconds from now; negative if
   * one is due, {@link Long#MAX_VALUE} if none is left.
   */
  public long nextDue() throws LedgerException {
    return database.read(
        session -> {
          long now = database.now(session);
          return session
              .query(
                  "SELECT min(ready_at) FROM batch WHERE state = 'ready'",
                  row -> row.getObject(1) == null ? Long.MAX_VALUE : row.getLong(1) - now)
              .get(0);
        });
  }
}
