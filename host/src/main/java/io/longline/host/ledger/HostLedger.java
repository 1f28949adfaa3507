package io.longline.host.ledger;

import io.longline.api.HookWarning;
import io.longline.host.event.HostEvent;
import io.longline.host.output.OutputCommit;
import io.longline.host.window.WindowRules;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as one host sees it: it takes batches from it for a lease that it renews, and records
 * how the calls end. Thread-safe.
 *
 * <p>Every claim has a fencing token, and what is recorded under it counts only while the batch is
 * still this host's: an expired host cannot record anything about a batch that another has taken.
 */
public interface HostLedger {

  /**
   * A hook that is installed.
   *
   * @param id its id
   * @param plugin its plugin's id
   * @param version its plugin's version
   * @param windows its windows; null if it has none
   */
  record Installed(String id, String plugin, String version, @Nullable WindowRules windows) {

    /** A hook without windows. */
    public Installed(String id, String plugin, String version) {
      this(id, plugin, version, null);
    }
  }

  /** Which start of a host this is. */
  HostIdentity host();

  /** Says after how many failures a call is a dead letter, for hooks of some plugins. */
  void setAttempts(Map<String, Integer> attemptsOfPlugins);

  /**
   * Registers this host, and with it the hooks that it found; those that are new are owed every
   * batch from now on. Called again when the host has others: calls of those before may still end.
   *
   * @param found all hooks
   * @param called the ids of those that this host calls
   * @param before the id that the last host with the same output folder had, whose batches are free
   *     at once; empty if there was none
   * @throws LedgerException if it cannot be recorded; the host calls the same hooks as before then
   */
  void register(List<Installed> found, Set<String> called, String before) throws LedgerException;

  /** The pauses of hooks that began since this was asked last. */
  List<HookPause> newPauses();

  /**
   * Takes over which hooks are paused, and has one call made of those whose pause is over.
   *
   * @return whether there is such a call, or a hook is not paused any more
   */
  boolean refreshPauses() throws LedgerException;

  /**
   * Renews the lease, frees the batches of hosts whose lease ran out, and brings back what waited
   * for a hook that this host has.
   *
   * @param open the batches that this host works on; others that the ledger thinks are its own are
   *     freed
   */
  void keepAlive(Collection<Long> open) throws LedgerException;

  /** Frees the batches of hosts whose lock shows that they are gone, before their lease ends. */
  void takeFromGoneHosts() throws LedgerException;

  /** Shows which calls run, for {@code longline status}, in place of those shown before. */
  void show(List<RunningCall> calls) throws LedgerException;

  /**
   * Takes batches that are due, the oldest first. A batch whose calls all have to wait for
   * something is released and not returned.
   *
   * @param max how many at most
   * @return what was taken; empty if nothing is due
   */
  List<Claim> claim(int max) throws LedgerException;

  /**
   * Takes one call of a suspect batch, whose start is recorded: the call that was running is
   * charged if the host dies. It is to run alone.
   */
  List<Claim> claimSuspect() throws LedgerException;

  /** Whether a suspect batch is due. */
  boolean isSuspectDue() throws LedgerException;

  /**
   * Says who is to be notified of batches that are found to be unavailable when they are claimed,
   * since their rows are damaged or name what this host cannot express. Called after each claim of
   * such batches, on its thread. To be set before the first claim.
   */
  void onUnavailable(Consumer<UnavailableBatch> listener);

  /**
   * When the next batch that this host could work on is due, in milliseconds from now; negative if
   * one is due, {@link Long#MAX_VALUE} if none is left.
   */
  long nextDue() throws LedgerException;

  /**
   * Says which hooks, by id, have more than enough to do: their calls are left for later, so that
   * the others continue.
   */
  void setBusy(Set<String> hooks);

  /**
   * Records how calls ended that wrote nothing, all in one transaction.
   *
   * @param ended the calls
   * @param remarks what hooks remarked on
   * @return for each outcome what was recorded
   */
  List<RecordedCall> record(List<Outcome> ended, List<HookWarning> remarks) throws LedgerException;

  /**
   * Records how calls ended and what they wrote, all in one transaction. After a failure it can be
   * called again with the same calls and the same commit: they are recorded once, also if only the
   * answer of the transaction was lost.
   *
   * @param ended the calls on batches
   * @param remarks what hooks remarked on
   * @param staged what those calls wrote that succeeded
   * @param withoutLost stages the commit again without the calls of some claims, which this host no
   *     longer owns; called within the transaction
   * @return what was recorded; its outputs are to be written to their files now
   */
  Recording record(
      List<Outcome> ended,
      List<HookWarning> remarks,
      OutputCommit staged,
      Function<Set<Claim>, OutputCommit> withoutLost)
      throws LedgerException;

  /**
   * Records a warning for each of these logs: one for each batch and log, which has what was
   * recorded last. It can be called again with the same logs.
   */
  void recordDamaged(List<HostEvent.LogDamaged> logs) throws LedgerException;

  /**
   * Closes windows of the hooks that this host calls: they are due from now on.
   *
   * @param idleMillis only those of hooks that have got no fact for so long
   * @return how many are closed, or were and are due now
   */
  int closeWindows(long idleMillis) throws LedgerException;

  /** The plugins whose hooks nobody is to call, at EXIT neither. */
  Set<String> disabledPlugins() throws LedgerException;

  /** Gives back all batches that this host has, and signs off. */
  void signOff() throws LedgerException;
}
