package io.longline.host.ledger;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** How a host takes batches and puts them back. Thread-safe, within a transaction of its caller. */
final class Claims {

  /** Calls of a hook that has enough to do are looked at again after this. */
  private static final Duration POSTPONED = Duration.ofSeconds(10);

  /** So many batches are asked about with one statement. */
  private static final int GROUP = 16;

  private static final String PLACES = String.join(", ", Collections.nCopies(GROUP, "?"));

  private final Database database;
  private final Roots roots;
  private final String host;
  private final HookPauses pauses;

  /** The hooks that the host calls: id by number. */
  private volatile Map<Long, String> hooks = Map.of();

  /** Also those that the host has called before: calls of them may still end. */
  private volatile Map<String, Long> numbers = Map.of();

  private volatile Set<String> busy = Set.of();

  Claims(Database database, Roots roots, String host, HookPauses pauses) {
    this.database = database;
    this.roots = roots;
    this.host = host;
    this.pauses = pauses;
  }

  /**
   * Says which hooks the host calls.
   *
   * @param numberOfHook the number of each, by id
   * @param changed those that have another version now
   * @param paused those that are paused
   */
  void setHooks(Map<String, Long> numberOfHook, Set<String> changed, List<HookPause> paused) {
    var byNumber = new LinkedHashMap<Long, String>();
    numberOfHook.forEach((id, number) -> byNumber.put(number, id));
    hooks = Collections.unmodifiableMap(byNumber);
    var known = new HashMap<>(numbers);
    known.putAll(numberOfHook);
    numbers = Map.copyOf(known);
    changed.forEach(pauses::forget);
    pauses.refresh(paused);
  }

  void setBusy(Set<String> hookIds) {
    busy = Set.copyOf(hookIds);
  }

  boolean hasHooks() {
    return !hooks.isEmpty();
  }

  /** The number of a hook that this host calls, or has called. */
  long number(String hook) {
    return numbers.getOrDefault(hook, -1L);
  }

  /** A query of the hooks that the host calls, but for those that are disabled. */
  private String calledHooks() {
    return hooks(hooks.keySet());
  }

  private static String hooks(Collection<Long> wanted) {
    return "SELECT number FROM hook WHERE enabled = 1 AND number IN ("
        + wanted.stream().map(String::valueOf).collect(joining(", "))
        + ")";
  }

  /** The numbers of those that are not paused. */
  private List<Long> atWork() {
    var paused = pauses.paused();
    return hooks.entrySet().stream()
        .filter(hook -> !paused.contains(hook.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A batch that was just taken. */
  private record Taken(Batch batch, long token) {}

  /** A call that can be made now. */
  private record Due(long batch, String hook, int attempt) {}

  List<Claim> claim(Session session, int max, boolean isSuspect, long now) throws SQLException {
    var taken =
        session.query(
            "UPDATE batch SET state = {running}, token = token + 1, owner = ?, claimed_at = ?"
                + " WHERE id IN (SELECT id FROM batch WHERE state = {ready} AND suspect = ? AND ready_at <= ?"
                + roots.isReachable("directory")
                + " ORDER BY ready_at, id LIMIT ?"
                + database.skipLocked()
                + ") RETURNING id, directory, generation, files, token",
            row ->
                new Taken(
                    new Batch(
                        row.getLong(1),
                        roots.path(row.getString(2)),
                        row.getInt(3),
                        FileStamp.parse(row.getString(4)).stream().map(FileStamp::name).toList()),
                    row.getLong(5)),
            host,
            now,
            isSuspect ? 1 : 0,
            now,
            max);
    if (taken.isEmpty()) {
      return List.of();
    }
    var due =
        due(session, taken.stream().map(each -> each.batch().number()).toList(), now).stream()
            .collect(groupingBy(Due::batch));
    var claims = new ArrayList<Claim>();
    for (var each : taken) {
      long batch = each.batch().number();
      var calls = due.getOrDefault(batch, List.of());
      if (calls.isEmpty() && oweIfNew(session, batch, now)) {
        calls = due(session, List.of(batch), now);
      }
      var attempts = new LinkedHashMap<String, Integer>();
      for (var call : calls) {
        if (!busy.contains(call.hook())
            && (!isSuspect || attempts.isEmpty())
            && pauses.mayCall(call.hook(), batch, now)) {
          attempts.put(call.hook(), call.attempt());
        }
      }
      if (attempts.isEmpty()) {
        putAside(session, batch, now);
        continue;
      }
      if (isSuspect) {
        recordStarts(session, batch, attempts.keySet());
      }
      claims.add(
          new Claim(each.batch(), each.token(), attempts, hook -> !pauses.isPaused(hook, batch)));
    }
    claims.sort(Comparator.comparingLong(claim -> claim.batch().number()));
    return claims;
  }

  /**
   * Records that a call succeeded; the batches that wait for its hook are ready if it was paused.
   */
  void succeeded(Session session, String hook, long now) throws SQLException {
    if (pauses.succeeded(session, hook)) {
      unpark(session, now);
    }
  }

  /** Records that a call failed, which may pause its hook. */
  void failed(Session session, String hook, long batch, String message, long now)
      throws SQLException {
    pauses.failed(session, hook, batch, message, now);
  }

  /** The pauses of hooks that began since this was asked last. */
  List<HookPause> newPauses() {
    return pauses.news();
  }

  /**
   * Takes over which hooks are paused, and has one call made of those whose pause is over; in
   * transactions of its own.
   *
   * @return whether there is such a call, or a hook is not paused any more
   */
  boolean refreshPauses() throws LedgerException {
    boolean isResumed = pauses.refresh(database.read(HookPauses::read));
    if (!isResumed && pauses.paused().isEmpty()) {
      return false;
    }
    return database.transact(session -> unparkUnpaused(session, isResumed));
  }

  private boolean unparkUnpaused(Session session, boolean isResumed) throws SQLException {
    long now = database.now(session);
    if (isResumed) {
      unpark(session, now);
    }
    var due = pauses.trialsDue(now);
    for (var hook : due) {
      unparkOne(session, hook);
    }
    return isResumed || !due.isEmpty();
  }

  /** The calls of some batches that can be made now, in the order of the hooks. */
  private List<Due> due(Session session, List<Long> batches, long now) throws SQLException {
    var due = new ArrayList<Due>();
    for (int from = 0; from < batches.size(); from += GROUP) {
      var values =
          new ArrayList<Object>(batches.subList(from, Math.min(batches.size(), from + GROUP)));
      pad(values, GROUP);
      values.add(now);
      session.forEach(
          "SELECT batch, hook, attempts FROM run WHERE batch IN ("
              + PLACES
              + ") AND state = {waiting} AND due_at <= ? AND hook IN ("
              + calledHooks()
              + ") ORDER BY batch, hook",
          row ->
              due.add(
                  new Due(
                      row.getLong(1), hooks.getOrDefault(row.getLong(2), ""), row.getInt(3) + 1)),
          values.toArray());
    }
    return due;
  }

  /** A batch that was accepted when no hook was installed owes those that are now. */
  private static boolean oweIfNew(Session session, long batch, long now) throws SQLException {
    return session
            .query("SELECT 1 FROM run WHERE batch = ? LIMIT 1", row -> row.getInt(1), batch)
            .isEmpty()
        && BatchLedger.oweInstalled(session, batch, now) > 0;
  }

  private void recordStarts(Session session, long batch, Set<String> started) throws SQLException {
    for (var hook : started) {
      session.update(
          "UPDATE run SET state = {running} WHERE batch = ? AND hook = ?", batch, number(hook));
    }
  }

  /** Those of some claims that still are this host's; nobody takes them in this transaction. */
  Set<Claim> mine(Session session, Collection<Claim> claims) throws SQLException {
    var tokens = new HashMap<Long, Long>();
    var left = new ArrayList<>(claims);
    for (int from = 0; from < left.size(); from += GROUP) {
      var group = left.subList(from, Math.min(left.size(), from + GROUP));
      var values = new ArrayList<Object>();
      group.forEach(claim -> values.add(claim.batch().number()));
      pad(values, GROUP);
      values.add(host);
      session.forEach(
          "SELECT id, token FROM batch WHERE id IN ("
              + PLACES
              + ") AND state = {running} AND owner = ? ORDER BY id"
              + database.forUpdate(),
          row -> tokens.put(row.getLong(1), row.getLong(2)),
          values.toArray());
    }
    return claims.stream()
        .filter(claim -> Objects.equals(tokens.get(claim.batch().number()), claim.token()))
        .collect(toSet());
  }

  /** Repeats the first value, so that there is one statement for any number of them. */
  private static void pad(List<Object> values, int size) {
    while (values.size() < size) {
      values.add(values.get(0));
    }
  }

  /**
   * Ends a claim: the batch is done, or ready again when its next call is due, or parked until a
   * host has the hooks that it waits for.
   */
  BatchState putAside(Session session, long batch, long now) throws SQLException {
    int done =
        session.update(
            """
            UPDATE batch SET state = {done}, owner = NULL, suspect = 0, finished_at = ?
            WHERE id = ? AND NOT EXISTS
              (SELECT 1 FROM run WHERE run.batch = batch.id AND run.state = {waiting})
            AND (settled <> '' OR EXISTS (SELECT 1 FROM run WHERE run.batch = batch.id))""",
            now,
            batch);
    if (done > 0) {
      return BatchState.DONE;
    }
    var waiting =
        session.query(
            """
            SELECT run.hook, run.due_at FROM run JOIN hook ON hook.number = run.hook
            WHERE run.batch = ? AND run.state = {waiting} AND hook.enabled = 1""",
            row -> new long[] {row.getLong(1), row.getLong(2)},
            batch);
    var postponed = busy.stream().map(this::number).toList();
    var called = atWork();
    var mine =
        waiting.stream()
            .filter(run -> called.contains(run[0]))
            .mapToLong(
                run ->
                    postponed.contains(run[0])
                        ? Math.max(run[1], now + POSTPONED.toMillis())
                        : run[1])
            .min();
    var state = mine.isPresent() ? BatchState.READY : BatchState.PARKED;
    session.update(
        "UPDATE batch SET state = ?, owner = NULL, ready_at = ? WHERE id = ?",
        state.sql(),
        mine.orElse(now),
        batch);
    return state;
  }

  /** Puts back the batches of this host but for those that it knows of. */
  void freeUnknown(Session session, Set<Long> open, long now) throws SQLException {
    var mine =
        session.query(
            "SELECT id FROM batch WHERE state = {running} AND owner = ?",
            row -> row.getLong(1),
            host);
    for (long batch : mine) {
      if (!open.contains(batch)) {
        session.update(
            "UPDATE run SET state = {waiting} WHERE batch = ? AND state = {running}", batch);
        putAside(session, batch, now);
      }
    }
  }

  /** One batch that waits for a paused hook, of which a call is to be made. */
  void unparkOne(Session session, String hook) throws SQLException {
    session.update(
        """
        UPDATE batch SET state = {ready}, ready_at = created_at WHERE id = (
          SELECT batch.id FROM batch JOIN run ON run.batch = batch.id
          WHERE batch.state = {parked} AND run.state = {waiting} AND run.hook = ?
          ORDER BY batch.id LIMIT 1)""",
        number(hook));
  }

  /** Batches that wait for a hook that no host had: this one has it, perhaps. */
  void unpark(Session session, long now) throws SQLException {
    unpark(session, atWork(), now);
  }

  /** The same for these hooks, by number. */
  void unpark(Session session, Collection<Long> called, long now) throws SQLException {
    if (!called.isEmpty()) {
      session.update(
          "UPDATE batch SET state = {ready}, ready_at = created_at WHERE state = {parked} AND (EXISTS "
              + "(SELECT 1 FROM run WHERE run.batch = batch.id AND run.state = {waiting}"
              + " AND run.due_at <= ? AND run.hook IN ("
              + hooks(called)
              + ")) OR (settled = '' AND NOT EXISTS (SELECT 1 FROM run WHERE run.batch = batch.id)"
              + " AND EXISTS ("
              + hooks(called)
              + ")))",
          now);
    }
  }
}
