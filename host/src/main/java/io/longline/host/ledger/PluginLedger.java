package io.longline.host.ledger;

import java.util.List;

/** Which plugins the ledger knows, and whether their hooks are called. Thread-safe. */
public interface PluginLedger {

  /** The ids of all plugins that have had a hook. */
  List<String> ids() throws LedgerException;

  /** The ids of the plugins whose hooks are not called, as {@link #setEnabled} has said. */
  List<String> disabled() throws LedgerException;

  /**
   * Has hooks called again that are paused.
   *
   * @param id of a plugin, for all its hooks, or of a hook
   * @return how many were paused; negative if there is no such plugin or hook
   */
  int resume(String id) throws LedgerException;

  /**
   * Says whether a plugin's hooks are called. If not, their calls wait, and new batches are not
   * owed to them.
   *
   * @return how many hooks it has; 0 if it is unknown
   */
  int setEnabled(String plugin, boolean isEnabled) throws LedgerException;
}
