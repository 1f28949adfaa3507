package io.longline.host.call;

import io.longline.api.Site;
import io.longline.host.ledger.Batch;
import io.longline.host.ledger.Claim;
import io.longline.host.plugins.CalledHook;
import java.nio.file.Path;
import java.util.List;

/**
 * A unit of work for a worker: a claim, and the hooks that are called on its batch together, either
 * one hook or several that share a scan of the batch's logs. Immutable.
 *
 * @param hooks the hooks, at least one
 * @param claim this host's claim of the batch
 */
public record Assignment(List<CalledHook> hooks, Claim claim) {

  /** Makes a copy of the list. */
  public Assignment {
    hooks = List.copyOf(hooks);
  }

  /** The batch. */
  public Batch batch() {
    return claim.batch();
  }

  /** The batch's directory. */
  public Path directory() {
    return claim.batch().directory();
  }

  /** The ids of the hooks. */
  public List<String> hookIds() {
    return hooks.stream().map(CalledHook::id).toList();
  }

  /** The call of one of the hooks. */
  public Call call(CalledHook hook) {
    int attempt = claim.attempts().getOrDefault(hook.id(), 1);
    var window = claim.batch().window();
    return window == null
        ? new Call(hook, Site.HOOK, directory(), attempt, null)
        : new Call(hook, Site.WINDOW, null, attempt, window);
  }

  /** This assignment with only some of the hooks. */
  public Assignment of(List<CalledHook> some) {
    return new Assignment(some, claim);
  }
}
