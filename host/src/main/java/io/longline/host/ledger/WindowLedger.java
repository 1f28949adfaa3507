package io.longline.host.ledger;

import io.longline.host.output.PartFiles;
import io.longline.host.output.WindowOutputs;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a ledger knows of parts and windows. Thread-safe. */
public interface WindowLedger extends PartFiles.Knowledge, WindowOutputs.Knowledge {

  /**
   * A window.
   *
   * @param hook the id of its hook
   * @param name its name
   * @param state how it stands: {@link BatchState#OPEN} until it is closed, {@link BatchState#DONE}
   *     once it is done
   * @param isDead whether its call is a dead letter
   * @param endMicros the first event time after it; {@link Long#MAX_VALUE} for the whole run
   * @param closesAtMicros the event time at which it is closed; {@link Long#MAX_VALUE} for the
   *     whole run
   * @param watermarkMicros how far event time has come for its hook; {@link Long#MIN_VALUE} if that
   *     is not known yet
   * @param isChanged whether its facts have changed since it was done
   * @param reopened how often it was opened again by facts that came late
   * @param dueMillis from now, when it is due; of one that is ready
   * @param error the last failure of its call; empty if there was none
   * @param outputs the files that it has written, relative to the folder for windows
   */
  record WindowStatus(
      String hook,
      String name,
      BatchState state,
      boolean isDead,
      long endMicros,
      long closesAtMicros,
      long watermarkMicros,
      boolean isChanged,
      long reopened,
      long dueMillis,
      String error,
      List<String> outputs) {

    /** Makes a copy. */
    public WindowStatus {
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * How many windows there are.
   *
   * @param open that wait to be closed for the first time
   * @param closed that are to be done, or being done, for the first time
   * @param late that were done, and have got facts since
   * @param done that have been done with all their facts
   * @param failed whose calls are dead letters
   */
  record WindowCounts(long open, long closed, long late, long done, long failed) {

    /** Whether there is no window. */
    public boolean isEmpty() {
      return open + closed + late + done + failed == 0;
    }
  }

  /**
   * How many windows there are.
   *
   * @throws LedgerException if the ledger cannot be read
   */
  WindowCounts counts() throws LedgerException;

  /**
   * The windows, by hook and start.
   *
   * @param hook of this hook, or of this plugin; null for all
   * @param max how many at most, the last ones of those
   * @throws LedgerException if the ledger cannot be read
   */
  List<WindowStatus> windows(@Nullable String hook, int max) throws LedgerException;

  /**
   * Closes windows, which are done then by a host.
   *
   * @param hook of this hook, or of this plugin; null for all
   * @return how many
   * @throws LedgerException if the ledger cannot be written
   */
  int close(@Nullable String hook) throws LedgerException;

  /**
   * Records which folder has the parts, unless that is known.
   *
   * @param id the folder's own id
   * @param path where it is
   * @return where the folder is that has them; null if it is this one
   * @throws LedgerException if the ledger cannot be written
   */
  @Nullable String registerFolder(String id, String path) throws LedgerException;

  /**
   * The ids of the starts of hosts that may be at work.
   *
   * @throws LedgerException if the ledger cannot be read
   */
  Set<String> hostsAlive() throws LedgerException;

  @Override
  Set<String> needed(List<String> names) throws LedgerException;

  @Override
  WindowOutputs.Fate fate(long batch, long token) throws LedgerException;
}
