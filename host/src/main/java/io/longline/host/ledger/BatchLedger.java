package io.longline.host.ledger;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes batches into the ledger, and lets people have them processed again. Thread-safe. */
public interface BatchLedger {

  /** What became of a directory that was handed in. */
  enum Kind {
    /** It has files that no batch had; they are a batch now. */
    NEW,
    /** Its batches owe calls that they did not owe before: hooks are new since, or it is wanted. */
    OWED,
    /** Its batches are in the queue already. */
    QUEUED,
    /** Everything in it is done. */
    KNOWN
  }

  /** What is wanted of directories that the ledger knows. */
  enum Mode {
    /** New files only. */
    NEW_FILES,
    /** Hooks that were installed since are owed too. */
    NEW_HOOKS,
    /** All hooks are owed again. */
    AGAIN
  }

  /**
   * What became of a directory.
   *
   * @param kind what is to be done
   * @param generation the newest batch
   * @param changed files that were processed and have changed since; they are left as they are
   * @param dead how many calls on it are dead letters
   * @param recognized logs that are like one that the ledger has, and were not known under this
   *     name: those that are the same are not processed again, the others are
   */
  record Acceptance(
      Kind kind, int generation, List<String> changed, int dead, List<FoundLog> recognized) {}

  /**
   * Takes the logs of a directory that no batch has as a new one, owed to the hooks that are
   * installed. Durable when it returns; the same logs again change nothing.
   *
   * @param directory absolute
   * @param logs the logs that are in it, compared with {@link #recordedLogs}
   * @throws LedgerException if nothing was recorded
   */
  default Acceptance acceptFound(Path directory, List<FoundLog> logs, Mode mode)
      throws LedgerException {
    return Objects.requireNonNull(acceptAll(Map.of(directory, logs), mode).get(directory));
  }

  /**
   * Takes the logs of a directory, without comparing their content.
   *
   * @param directory absolute
   * @param logs the logs that are in it
   * @throws LedgerException if nothing was recorded
   */
  default Acceptance accept(Path directory, List<FileStamp> logs, Mode mode)
      throws LedgerException {
    return acceptFound(directory, FoundLog.of(logs), mode);
  }

  /**
   * Takes the logs of many directories, all in one transaction.
   *
   * @param directories the logs that are in each, by its absolute path
   * @throws LedgerException if nothing was recorded
   */
  Map<Path, Acceptance> acceptAll(Map<Path, List<FoundLog>> directories, Mode mode)
      throws LedgerException;

  /** The files of a directory that need not be looked at again, as they were then. */
  default Set<FileStamp> knownFiles(Path directory) throws LedgerException {
    return recordedLogs(directory).stream().map(RecordedLog::file).collect(Collectors.toSet());
  }

  /**
   * The logs of a directory that batches have, in their order, and other names of these, under
   * which they were recognized.
   */
  List<RecordedLog> recordedLogs(Path directory) throws LedgerException;

  /**
   * How many batches a hook has succeeded on.
   *
   * @param since of batches accepted since then only; milliseconds since 1970
   * @param directories of these only; empty for all
   * @return the number; 0 if no such hook is installed
   */
  int succeeded(String hook, long since, List<Path> directories) throws LedgerException;

  /**
   * Owes one hook the batches that it has not succeeded on: back-fill.
   *
   * @param since of batches accepted since then only; milliseconds since 1970
   * @param directories of these only; empty for all
   * @param again whether those count too that it has succeeded on
   * @return how many batches owe it now; -1 if no such hook is installed
   */
  int replay(String hook, long since, List<Path> directories, boolean again) throws LedgerException;

  /**
   * Has dead letters tried again, with all their attempts.
   *
   * @param hook of this hook or plugin only; null for all
   * @param directory of this directory only; null for all
   * @return how many
   */
  int replayDead(@Nullable String hook, @Nullable Path directory) throws LedgerException;

  /**
   * Gives dead letters up for good: they are not reported any more.
   *
   * @param hook of this hook or plugin only; null for all
   * @param directory of this directory only; null for all
   * @return how many
   */
  int dropDead(@Nullable String hook, @Nullable Path directory) throws LedgerException;

  /**
   * Forgets a directory: handed in again, it is processed again.
   *
   * @return how many batches were forgotten; -1 if one of them is being processed
   */
  int forget(Path directory) throws LedgerException;
}
