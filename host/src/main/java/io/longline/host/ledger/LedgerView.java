package io.longline.host.ledger;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows what is in a ledger, while hosts work on it. Thread-safe. */
public interface LedgerView {

  /**
   * The ledger in numbers.
   *
   * @param batches how many there are in each state
   * @param hooks each hook that is installed
   * @param hosts those that are at work, or were lost
   * @param waitingDirectories directories that are not taken yet, with the reason
   * @param later the batches that are ready and not due yet
   * @param backlogMillis since when the oldest batch that is due has waited; 0 if none is
   */
  record Status(
      Map<BatchState, Long> batches,
      List<HookStatus> hooks,
      List<HostStatus> hosts,
      Map<String, String> waitingDirectories,
      Later later,
      long backlogMillis) {}

  /**
   * Batches that are ready and not due yet, since a call of theirs is tried again later.
   *
   * @param count how many there are
   * @param firstMillis from now, when the first is due; 0 if there is none
   * @param lastMillis from now, when the last is due; 0 if there is none
   */
  record Later(long count, long firstMillis, long lastMillis) {}

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
   * @param missing the logs and fields that it requires and did not find, each as a sentence
   */
  record HookStatus(
      String hook,
      HookCalls calls,
      boolean hasHost,
      boolean isEnabled,
      long pausedMillis,
      String pausedWhy,
      List<String> missing) {

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
  record HookCalls(Map<CallState, Long> states, long retrying, long meanMicros) {

    /** No calls. */
    public static final HookCalls NONE = new HookCalls(Map.of(), 0, 0);

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
  record HostStatus(
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
  record CallStatus(
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
  record LastAttempt(String error, String stack, long endedAt) {}

  /**
   * A warning as it was recorded.
   *
   * @param id its number
   * @param json the warning
   */
  record WarningLine(long id, String json) {}

  /** The ledger in numbers, at one moment. */
  Status status() throws LedgerException;

  /** Why a directory is not taken yet; null if nothing is known. */
  @Nullable String whyWaiting(Path directory) throws LedgerException;

  /** The calls owed or made on a directory. */
  List<CallStatus> calls(Path directory) throws LedgerException;

  /** The state of each batch of a directory, the oldest first; none if it is not in the ledger. */
  List<BatchState> batches(Path directory) throws LedgerException;

  /** Why batches of a directory are unavailable, each as a sentence; none if none is. */
  List<String> whyUnavailable(Path directory) throws LedgerException;

  /** How many batches are in this state. */
  long count(BatchState state) throws LedgerException;

  /** How many files Zeek has ended that are in no batch yet. */
  long rotatedFiles() throws LedgerException;

  /** All dead letters, of one hook, of one plugin, or of all. */
  List<CallStatus> dead(@Nullable String hook) throws LedgerException;

  /**
   * Warnings in the order of their numbers, which is about that of their times: on a server a
   * transaction may be committed later than one with higher numbers.
   *
   * @param after from the one behind this number
   * @param since from this time, in milliseconds since 1970
   * @param hook of this hook, or of this plugin; null for all
   * @param max how many at most
   */
  List<WarningLine> warnings(long after, long since, @Nullable String hook, int max)
      throws LedgerException;
}
