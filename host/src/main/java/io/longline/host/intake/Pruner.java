package io.longline.host.intake;

import io.longline.host.concurrent.HostThread;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.PruneLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prunes a ledger once a day. Confined to one thread. */
public final class Pruner {

  private static final Logger LOG = LoggerFactory.getLogger(Pruner.class);

  private static final long DAY_NANOS = TimeUnit.DAYS.toNanos(1);

  private final PruneLedger ledger;
  private final Duration keep;
  private final LongSupplier nanoTime;
  private boolean hasPruned;
  private long last;

  /**
   * A pruner.
   *
   * @param keep how long batches, calls and warnings are kept after they have ended
   * @param nanoTime as {@link System#nanoTime()}
   */
  public Pruner(PruneLedger ledger, Duration keep, LongSupplier nanoTime) {
    this.ledger = ledger;
    this.keep = keep;
    this.nanoTime = nanoTime;
  }

  /** Prunes unless that was done within the last day. */
  void pruneIfDue() throws LedgerException {
    long now = nanoTime.getAsLong();
    if (hasPruned && now - last < DAY_NANOS) {
      return;
    }
    var pruned = ledger.prune(keep.toMillis(), Pruner::looksGone);
    hasPruned = true;
    last = now;
    LOG.info(
        "Removed from the ledger everything that ended more than {} days ago: {} batches, the calls of {} more, {} warnings.",
        keep.toDays(),
        pruned.batches(),
        pruned.settled(),
        pruned.warnings());
  }

  private static boolean looksGone(Path directory) {
    HostThread.pass();
    return isGone(directory);
  }

  /**
   * Whether a directory was removed: it does not exist, but the folder above it exists and is not
   * empty. If in doubt the directory counts as existing, since it may lie on a disk that is not
   * mounted at the moment.
   */
  public static boolean isGone(Path directory) {
    var above = directory.getParent();
    return Files.notExists(directory)
        && above != null
        && Files.isDirectory(above)
        && hasEntries(above);
  }

  private static boolean hasEntries(Path folder) {
    try (var entries = Files.newDirectoryStream(folder)) {
      return entries.iterator().hasNext();
    } catch (IOException e) {
      return false;
    }
  }
}
