package io.longline.host.ledger.sql;

import io.longline.api.HookWarning;
import io.longline.host.event.HostEvent;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.HookPause;
import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.HostLocks;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.Outcome;
import io.longline.host.ledger.RecordedCall;
import io.longline.host.ledger.Recording;
import io.longline.host.ledger.RunningCall;
import io.longline.host.ledger.UnavailableBatch;
import io.longline.host.output.OutputCommit;
import io.longline.host.window.WindowRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** The ledger of one start of a host, in transactions. Thread-safe. */
final class SqlHostLedger implements HostLedger {

  private final Database database;
  private final HostRow row;
  private final InstalledHooks installed = new InstalledHooks();
  private final Retries retries;
  private final DueBatches due;
  private final Claims claims;
  private final TakeOver takeOver;
  private final Recorder recorder;
  private final WindowRecords windows;
  private volatile Consumer<UnavailableBatch> onUnavailable = batch -> {};

  SqlHostLedger(
      Database database,
      DirectoryNames names,
      HostLocks locks,
      HostRow row,
      HookPauses pauses,
      Retries retries,
      WarningRecords warnings) {
    var host = row.host();
    this.database = database;
    this.row = row;
    this.retries = retries;
    this.due = new DueBatches(database, names);
    this.claims = new Claims(database, host.id(), due, pauses);
    this.takeOver = new TakeOver(database, host, locks, names, retries, warnings);
    this.windows = new WindowRecords(database);
    this.recorder =
        new Recorder(
            database, new OutcomeRecords(host.id(), claims, retries, warnings, windows), warnings);
  }

  @Override
  public HostIdentity host() {
    return row.host();
  }

  @Override
  public void setAttempts(Map<String, Integer> attemptsOfPlugins) {
    retries.setAttempts(attemptsOfPlugins);
  }

  @Override
  public synchronized void register(List<Installed> found, Set<String> calledIds, String before)
      throws LedgerException {
    var numbers =
        database.transact(
            session -> {
              long now = database.now(session);
              installed.insert(session, found, now);
              row.setHooks(calledIds);
              row.sayAlive(session, now);
              if (!before.isEmpty()) {
                takeOver.from(session, before, now);
              }
              due.bound(session, now);
              var called = installed.numbers(session, calledIds);
              windows.register(session, rules(found, called), now);
              return called;
            });
    if (!before.isEmpty()) {
      takeOver.forgetLock(before);
    }
    var paused = database.read(HookPauses::read);
    var unpaused = new HashMap<>(numbers);
    paused.forEach(pause -> unpaused.remove(pause.hook()));
    database.transact(
        session -> {
          ParkedBatches.unpark(session, unpaused.values(), database.now(session));
          return true;
        });
    // From here on nothing can fail: what this host calls has changed as a whole, or not at all.
    claims.setHooks(numbers, installed.setVersions(found), paused);
    windows.set(rules(found, numbers));
  }

  /** The windows of the hooks that are called, by the numbers of the hooks. */
  private static Map<Long, WindowRules> rules(List<Installed> found, Map<String, Long> numbers) {
    var rules = new HashMap<Long, WindowRules>();
    for (var hook : found) {
      var number = numbers.get(hook.id());
      if (number != null && hook.windows() != null) {
        rules.put(number, hook.windows());
      }
    }
    return rules;
  }

  @Override
  public int closeWindows(long idleMillis) throws LedgerException {
    // Asked every second: nobody is to wait for it.
    boolean isAny =
        database.read(session -> windows.isAnyOpen(session, idleMillis, database.now(session)));
    return isAny
        ? database.transact(session -> windows.close(session, idleMillis, database.now(session)))
        : 0;
  }

  @Override
  public List<HookPause> newPauses() {
    return claims.newPauses();
  }

  @Override
  public synchronized boolean refreshPauses() throws LedgerException {
    return claims.refreshPauses();
  }

  @Override
  public synchronized void keepAlive(Collection<Long> open) throws LedgerException {
    database.transact(
        session -> {
          long now = database.now(session);
          row.sayAlive(session, now);
          claims.freeUnknown(session, Set.copyOf(open), now);
          claims.unpark(session, now);
          due.bound(session, now);
          return true;
        });
    // Each on its own: another host may do the same, and this one's lease is renewed by now.
    for (var lost : database.read(session -> takeOver.lostHosts(session, database.now(session)))) {
      boolean isTaken =
          database.transact(session -> takeOver.ifStillLost(session, lost, database.now(session)));
      if (isTaken) {
        takeOver.forgetLock(lost.id());
      }
    }
  }

  @Override
  public synchronized void takeFromGoneHosts() throws LedgerException {
    var gone =
        database.transact(
            session -> {
              long now = database.now(session);
              var ids = takeOver.goneHosts(session);
              for (var id : ids) {
                takeOver.from(session, id, now);
              }
              return ids;
            });
    gone.forEach(takeOver::forgetLock);
  }

  @Override
  public void show(List<RunningCall> calls) throws LedgerException {
    database.transact(
        session -> {
          row.show(session, calls, database.now(session));
          return true;
        });
  }

  @Override
  public synchronized List<Claim> claim(int max) throws LedgerException {
    return claim(max, false);
  }

  @Override
  public synchronized List<Claim> claimSuspect() throws LedgerException {
    return claim(1, true);
  }

  private List<Claim> claim(int max, boolean isSuspect) throws LedgerException {
    if (!claims.hasHooks()) {
      return List.of();
    }
    var setAside = new ArrayList<UnavailableBatch>();
    var claimed =
        database.transact(
            session -> {
              // Another transaction may have been in the way of this one.
              setAside.clear();
              long now = database.now(session);
              // What an expired host takes is to be found if it dies.
              if (row.isExpired(session)) {
                row.sayAlive(session, now);
              }
              return claims.claim(session, max, isSuspect, now, setAside::add);
            });
    setAside.forEach(onUnavailable);
    return claimed;
  }

  @Override
  public void onUnavailable(Consumer<UnavailableBatch> listener) {
    onUnavailable = listener;
  }

  @Override
  public boolean isSuspectDue() throws LedgerException {
    return due.isSuspectDue();
  }

  @Override
  public long nextDue() throws LedgerException {
    return due.nextDue();
  }

  @Override
  public void setBusy(Set<String> hooks) {
    claims.setBusy(hooks);
  }

  @Override
  public List<RecordedCall> record(List<Outcome> ended, List<HookWarning> remarks)
      throws LedgerException {
    return recorder.record(ended, remarks);
  }

  @Override
  public Recording record(
      List<Outcome> ended,
      List<HookWarning> remarks,
      OutputCommit staged,
      Function<Set<Claim>, OutputCommit> withoutLost)
      throws LedgerException {
    return recorder.record(ended, remarks, staged, withoutLost);
  }

  @Override
  public void recordDamaged(List<HostEvent.LogDamaged> logs) throws LedgerException {
    recorder.recordDamaged(logs);
  }

  @Override
  public Set<String> disabledPlugins() throws LedgerException {
    return Set.copyOf(
        database.read(
            session ->
                session.query(
                    "SELECT DISTINCT plugin FROM hook WHERE enabled = 0",
                    found -> found.getString(1))));
  }

  @Override
  public synchronized void signOff() throws LedgerException {
    database.transact(
        session -> {
          claims.freeUnknown(session, Set.of(), database.now(session));
          row.signOff(session);
          return true;
        });
  }
}
