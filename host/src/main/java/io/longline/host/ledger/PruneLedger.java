package io.longline.host.ledger;

import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * Removes from a ledger what ended long ago. Thread-safe; hosts may continue meanwhile.
 *
 * <p>Of a directory that is still there it stays known which files and hooks are done, in one row a
 * batch, so that it is not processed again. Batches with dead letters stay as they are.
 */
public interface PruneLedger {

  /**
   * What was removed.
   *
   * @param batches of directories that are gone, as a whole
   * @param settled of directories that are still there: their calls, not what is done
   * @param warnings the warnings
   */
  record Pruned(long batches, long settled, long warnings) {}

  /**
   * Removes what ended before a time.
   *
   * @param before in milliseconds before now
   * @param isGone whether a directory is not there any more, and will not come back
   */
  Pruned prune(long before, Predicate<Path> isGone) throws LedgerException;

  /** Gives the room of what was removed back to the disk, where the database does not itself. */
  void compact() throws LedgerException;
}
