package io.longline.host.ledger;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
   */
  record Acceptance(Kind kind, int generation, List<String> changed, int dead) {}

  /**
   * Takes the logs of a directory that no batch has as a new one, owed to the hooks that are
   * installed. Durable when it returns; the same logs again change nothing.
   *
   * @param directory absolute
   * @param logs the logs that are in it
   * @throws LedgerException if nothing was recorded
   */
  Acceptance accept(Path directory, List<FileStamp> logs, Mode mode) throws LedgerException;

  /**
   * Takes the logs of many directories, all in one transaction.
   *
   * @param directories the logs that are in each, by its absolute path
   * @throws LedgerException if nothing was recorded
   */
  Map<Path, Acceptance> acceptAll(Map<Path, List<FileStamp>> directories, Mode mode)
      throws LedgerException;

  /** The files of a directory that batches have, by name, as they were then. */
  Map<String, FileStamp> knownFiles(Path directory) throws LedgerException;

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
