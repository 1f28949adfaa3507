package io.longline.host.work;

import io.longline.host.ledger.Batch;
import io.longline.host.ledger.Claim;
import io.longline.host.plugins.InstalledHook;

/**
 * One call of one hook on one batch, that is to be made. Immutable.
 *
 * @param hook the hook
 * @param claim the batch, as this host has taken it
 */
record Run(InstalledHook hook, Claim claim) {

  Batch batch() {
    return claim.batch();
  }

  /** The how-manieth, from 1. */
  int attempt() {
    return claim.attempts().getOrDefault(hook.id(), 1);
  }
}
