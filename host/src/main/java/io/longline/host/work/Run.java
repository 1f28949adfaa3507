package io.longline.host.work;

import io.longline.host.ledger.Batch;
import io.longline.host.ledger.Claim;
import io.longline.host.plugins.InstalledHook;
import java.util.List;

/**
 * Calls on one batch that are to be made together: of one hook, or of several that share a scan of
 * the batch's logs. Immutable.
 *
 * @param hooks the hooks
 * @param claim the batch, as this host has taken it
 */
record Run(List<InstalledHook> hooks, Claim claim) {

  /** Makes a copy. */
  Run {
    hooks = List.copyOf(hooks);
  }

  Batch batch() {
    return claim.batch();
  }

  /** The how-manieth call of a hook, from 1. */
  int attempt(InstalledHook hook) {
    return claim.attempts().getOrDefault(hook.id(), 1);
  }
}
