package io.longline.host.work;

import io.longline.api.Site;
import io.longline.host.ledger.Batch;
import io.longline.host.ledger.Claim;
import io.longline.host.plugins.InstalledHook;
import java.nio.file.Path;
import java.util.List;

/**
 * What a worker takes: a claim, and the hooks that are called on its batch together, either one
 * hook or several that share a scan of the batch's logs. Immutable.
 *
 * @param hooks the hooks, at least one
 * @param claim the batch, as this host has taken it
 */
record Assignment(List<InstalledHook> hooks, Claim claim) {

  Assignment {
    hooks = List.copyOf(hooks);
  }

  Batch batch() {
    return claim.batch();
  }

  Path directory() {
    return claim.batch().directory();
  }

  List<String> hookIds() {
    return hooks.stream().map(InstalledHook::id).toList();
  }

  /** The call of one of the hooks. */
  Call call(InstalledHook hook) {
    int attempt = claim.attempts().getOrDefault(hook.id(), 1);
    return new Call(hook, Site.HOOK, directory(), attempt);
  }

  /** This claim for some of the hooks only. */
  Assignment of(List<InstalledHook> some) {
    return new Assignment(some, claim);
  }
}
