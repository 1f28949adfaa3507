package io.longline.host.work;

import io.longline.host.ledger.LedgerException;

/** Records in the ledger which hooks are called. */
@FunctionalInterface
public interface HookRegistration {

  /**
   * Records it.
   *
   * @throws LedgerException if the ledger cannot be used; nothing is recorded then
   */
  void make() throws LedgerException;
}
