package io.longline.host.ledger;

import io.longline.api.HookWarning;
import io.longline.host.concurrent.HostLoops;
import io.longline.host.output.OutputRecords;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * The durable record of batches and outcomes, which is the queue too: what is not finished in it is
 * what is left to do. Thread-safe. Several processes may use one at the same time.
 */
public interface Ledger extends AutoCloseable {

  /** The ledger's own id, by which an output folder knows it. */
  String id();

  /** Where it is. */
  LedgerLocation location();

  /** Takes batches in. */
  BatchLedger batches();

  /** What is known of files that are in no batch yet. */
  IntakeLedger intake();

  /** Which plugins are known, and called. */
  PluginLedger plugins();

  /** Removes what ended long ago. */
  PruneLedger pruning();

  /** Parts and windows. */
  WindowLedger windows();

  /** Shows what is in it. */
  LedgerView view();

  /**
   * The records of an output folder.
   *
   * @param folder its id
   */
  OutputRecords outputs(String folder);

  /** The ledger for one start of a host that pauses hooks as is the default. */
  default HostLedger host(
      HostIdentity host,
      Duration lease,
      RetryPolicy retries,
      Function<HookWarning, String> warningJson) {
    return host(host, lease, retries, PausePolicy.DEFAULT, warningJson);
  }

  /**
   * The ledger for one start of a host.
   *
   * @param lease for how long a batch is the host's without its renewing
   * @param retries when a failed call is tried again
   * @param pausing when hooks are paused
   * @param warningJson makes the text of a warning that is kept
   */
  HostLedger host(
      HostIdentity host,
      Duration lease,
      RetryPolicy retries,
      PausePolicy pausing,
      Function<HookWarning, String> warningJson);

  /**
   * Takes a lock by which others see that a host is there, until the ledger is closed; where the
   * ledger has a folder. To be taken before the host registers.
   *
   * @throws LedgerException if it cannot be taken
   */
  void hold(HostIdentity host) throws LedgerException;

  /**
   * Calls this when another process has put something into the ledger, as far as the database can
   * say; on a thread of its own, until it is closed.
   *
   * @param loops starts the thread
   */
  AutoCloseable listen(Runnable onNews, HostLoops loops);

  /**
   * The ids of hooks that are installed.
   *
   * @throws LedgerException if the ledger cannot be read
   */
  List<String> hooks() throws LedgerException;

  @Override
  void close();
}
