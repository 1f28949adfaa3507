package io.longline.host.ledger;

import io.longline.api.HookWarning;
import io.longline.host.event.Ending;
import io.longline.host.output.OutputCommit;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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

  private final Database database;
  private final Roots roots;
  private final HostIdentity host;
  private final Duration lease;
  private volatile RetryPolicy retries;
  private final Claims claims;
  private final TakeOver takeOver;
  private final Recorder recorder;
  private volatile String hookIds = "";

  /** The versions of the hooks that were registered, by id. */
  private final Map<String, String> versions = new HashMap<>();

  HostLedger(
      Database database,
      Roots roots,
      HostIdentity host,
      Duration lease,
      RetryPolicy retries,
      PausePolicy pausing,
      RandomGenerator random,
      Function<HookWarning, String> warningJson) {
    this.database = database;
    this.roots = roots;
    this.host = host;
    this.lease = lease;
    this.retries = retries;
    var warnings = new WarningRecords(roots, warningJson);
    this.claims = new Claims(database, roots, host.id(), new HookPauses(pausing));
    this.takeOver = new TakeOver(database, host, roots, this::retries, random, warnings);
    var outcomes = new OutcomeRecords(host.id(), claims, this::retries, random, warnings);
    this.recorder = new Recorder(database, outcomes, warnings);
  }

  /**
   * A hook that is installed.
   *
   * @param id its id
   * @param plugin its plugin's id
   * @param version its plugin's version
   */
  public record Installed(String id, String plugin, String version) {}

  /** What became of a call. */
  public enum Result {
    /** It succeeded. */
    SUCCEEDED,
    /** It failed, and will be tried again. */
    RETRY,
    /** It failed for the last time. */
    DEAD,
    /** Another host has the batch; nothing was recorded. */
    LOST,
    /** It was not made, since the hook is paused; it waits. */
    POSTPONED
  }

  /**
   * What was recorded of an outcome.
   *
   * @param result what became of the call
   * @param warning the failure, with what happens next; null if there is none
   * @param batch how the batch stands after its claim has ended; null if the claim goes on
   */
  public record Recorded(Result result, @Nullable HookWarning warning, @Nullable BatchState batch) {

    /** How the call ended, as it was recorded: a failure says what happens next. */
    public Ending ending(Ending before) {
      return before instanceof Ending.Failed failed && warning != null
          ? new Ending.Failed(warning, failed.blame(), failed.took())
          : before;
    }
  }

  /** Which start of a host this is. */
  public HostIdentity host() {
    return host;
  }

  private RetryPolicy retries() {
    return retries;
  }

  /** Says after how many failures a call is a dead letter, for hooks of some plugins. */
  public void setAttempts(Map<String, Integer> attemptsOfPlugins) {
    retries = retries.with(attemptsOfPlugins);
  }

  /**
   * Registers this host, and with it the hooks that it found; those that are new are owed every
   * batch from now on. Called again when the host has others: calls of those before may still end.
   *
   * @param found all hooks
   * @param called the ids of those that this host calls
   * @param before the id that the last host with the same output folder had, whose batches are free
   *     at once; empty if there was none
   */
  public synchronized void register(List<Installed> found, Set<String> called, String before)
      throws LedgerException {
    var numbers =
        database.transact(
            session -> {
              long now = database.now(session);
              for (var hook : found) {
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
              hookIds = String.join("\n", called);
              sayAlive(session, now);
              if (!before.isEmpty()) {
                takeOver.from(session, before, now);
              }
              return numbers(session, called);
            });
    var pauses = database.read(HookPauses::read);
    var atWork = new HashMap<>(numbers);
    pauses.forEach(pause -> atWork.remove(pause.hook()));
    database.transact(
        session -> {
          claims.unpark(session, atWork.values(), database.now(session));
          return true;
        });
    // From here on nothing can fail: what this host calls has changed as a whole, or not at all.
    var changed = new HashSet<String>();
    for (var hook : found) {
      var known = versions.put(hook.id(), hook.version());
      if (known != null && !known.equals(hook.version())) {
        changed.add(hook.id());
      }
    }
    claims.setHooks(numbers, changed, pauses);
  }

  /** The pauses of hooks that began since this was asked last. */
  public List<HookPause> newPauses() {
    return claims.newPauses();
  }

  /**
   * Takes over which hooks are paused, and has one call made of those whose pause is over.
   *
   * @return whether there is such a call, or a hook is not paused any more
   */
  public synchronized boolean refreshPauses() throws LedgerException {
    return claims.refreshPauses();
  }

  /** Renews the lease; the row is made anew if somebody thought this host dead and pruned it. */
  private void sayAlive(Session session, long now) throws SQLException {
    session.update(
        """
        INSERT INTO host (id, machine, pid, process_start, output, hooks, started_at,
          lease_until, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, {alive})
        ON CONFLICT (id) DO UPDATE SET state = {alive}, lease_until = excluded.lease_until,
          hooks = excluded.hooks""",
        host.id(),
        host.machine(),
        host.pid(),
        host.processStart(),
        host.output(),
        hookIds,
        now,
        now + lease.toMillis());
  }

  private boolean isThoughtDead(Session session) throws SQLException {
    return session
        .query(
            "SELECT 1 FROM host WHERE id = ? AND state = {alive}", row -> row.getInt(1), host.id())
        .isEmpty();
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
   */
  public synchronized void keepAlive(Collection<Long> open) throws LedgerException {
    database.transact(
        session -> {
          long now = database.now(session);
          sayAlive(session, now);
          claims.freeUnknown(session, Set.copyOf(open), now);
          claims.unpark(session, now);
          return true;
        });
    // Each on its own: another host may do the same, and this one's lease is renewed by now.
    for (var lost : database.read(session -> takeOver.lostHosts(session, database.now(session)))) {
      database.transact(
          session -> {
            takeOver.ifStillLost(session, lost, database.now(session));
            return true;
          });
    }
  }

  /** Hosts of this machine whose process is gone need not wait for their lease to end. */
  public synchronized void takeFromDeadProcesses() throws LedgerException {
    database.transact(
        session -> {
          long now = database.now(session);
          for (var id : takeOver.deadProcesses(session)) {
            takeOver.from(session, id, now);
          }
          return true;
        });
  }

  /** Shows which calls run, for {@code longline status}, in place of those shown before. */
  public void show(List<RunningCall> calls) throws LedgerException {
    database.transact(
        session -> {
          long now = database.now(session);
          session.update("DELETE FROM running_call WHERE host = ?", host.id());
          for (var call : calls) {
            var directory = call.directory();
            session.update(
                "INSERT INTO running_call (host, hook, directory, started_at) VALUES (?, ?, ?, ?)",
                host.id(),
                call.hook(),
                directory == null ? null : roots.name(directory),
                now - call.age().toMillis());
          }
          return true;
        });
  }

  /**
   * Takes batches that are due, the oldest first. A batch whose calls all have to wait for
   * something is put aside and not returned.
   *
   * @param max how many at most
   * @return what was taken; empty if nothing is due
   */
  public synchronized List<Claim> claim(int max) throws LedgerException {
    return claim(max, false);
  }

  /**
   * Takes one call of a suspect batch, whose start is recorded: the call that was running is
   * charged if the host dies. It is to run alone.
   */
  public synchronized List<Claim> claimSuspect() throws LedgerException {
    return claim(1, true);
  }

  private List<Claim> claim(int max, boolean isSuspect) throws LedgerException {
    if (!claims.hasHooks()) {
      return List.of();
    }
    return database.transact(
        session -> {
          long now = database.now(session);
          // Somebody may have thought this host dead; what it takes now is to be found if it dies.
          if (isThoughtDead(session)) {
            sayAlive(session, now);
          }
          return claims.claim(session, max, isSuspect, now);
        });
  }

  /** Whether a suspect batch is due. */
  public boolean isSuspectDue() throws LedgerException {
    return database.read(
        session ->
            !session
                .query(
                    "SELECT 1 FROM batch WHERE state = {ready} AND suspect = 1 AND ready_at <= ?"
                        + roots.isReachable("directory")
                        + " LIMIT 1",
                    row -> row.getInt(1),
                    database.now(session))
                .isEmpty());
  }

  /**
   * Says which hooks have more than enough to do: their calls are left for later, so that others go
   * on.
   */
  public void setBusy(Set<String> hookIds) {
    claims.setBusy(hookIds);
  }

  /**
   * Records how calls ended that wrote nothing, all in one transaction.
   *
   * @param ended the calls
   * @param remarks what hooks remarked on
   * @return for each outcome what was recorded
   */
  public List<Recorded> record(List<Outcome> ended, List<HookWarning> remarks)
      throws LedgerException {
    return recorder.record(ended, remarks);
  }

  /**
   * Records how calls ended and what they wrote, all in one transaction. After a failure it can be
   * called again with the same calls and the same commit: they are recorded once, also if only the
   * answer of the transaction was lost.
   *
   * @param ended the calls on batches
   * @param remarks what hooks remarked on
   * @param staged what those calls wrote that succeeded
   * @param withoutLost stages the commit again without the calls of some claims, which are this
   *     host's no more; called within the transaction
   * @return what was recorded; its outputs are to be written to their files now
   */
  public Recording record(
      List<Outcome> ended,
      List<HookWarning> remarks,
      OutputCommit staged,
      Function<Set<Claim>, OutputCommit> withoutLost)
      throws LedgerException {
    return recorder.record(ended, remarks, staged, withoutLost);
  }

  /** The plugins whose hooks nobody is to call, at EXIT neither. */
  public Set<String> disabledPlugins() throws LedgerException {
    return Set.copyOf(
        database.read(
            session ->
                session.query(
                    "SELECT DISTINCT plugin FROM hook WHERE enabled = 0",
                    row -> row.getString(1))));
  }

  /** Gives back all batches that this host has, and signs off. */
  public synchronized void signOff() throws LedgerException {
    database.transact(
        session -> {
          claims.freeUnknown(session, Set.of(), database.now(session));
          session.update("UPDATE host SET state = {ended} WHERE id = ?", host.id());
          session.update("DELETE FROM running_call WHERE host = ?", host.id());
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
                  "SELECT ready_at FROM batch WHERE state = {ready}"
                      + roots.isReachable("directory")
                      + " ORDER BY ready_at LIMIT 1",
                  row -> row.getLong(1) - now)
              .stream()
              .findFirst()
              .orElse(Long.MAX_VALUE);
        });
  }
}
