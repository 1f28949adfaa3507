package io.longline.host.work;

import static java.util.stream.Collectors.toSet;

import io.longline.api.HookWarning;
import io.longline.api.Site;
import io.longline.host.call.EndedCall;
import io.longline.host.event.Ending;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.Outcome;
import io.longline.host.output.StagedOutputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Calls that are recorded together. Immutable.
 *
 * @param onBatches the calls on batches
 * @param outcomes how these ended, in the same order
 * @param all these calls and those at EXIT
 */
record CallGroup(List<EndedCall> onBatches, List<Outcome> outcomes, List<EndedCall> all) {

  /** Counts the calls of each claim, to find its last. */
  static CallGroup of(List<EndedCall> calls, OpenClaims claims, WindowCommits.Staged windows) {
    var onBatches = new ArrayList<EndedCall>();
    var outcomes = new ArrayList<Outcome>();
    for (var call : calls) {
      var claim = call.claim();
      if (claim != null) {
        var hook = call.call().hook();
        onBatches.add(call);
        outcomes.add(
            new Outcome(
                claim,
                hook.id(),
                hook.pluginVersion(),
                call.ending(),
                claims.isLastCall(claim),
                hook.windows(),
                windows.parts().get(call),
                windows.outputs().getOrDefault(call, List.of())));
      }
    }
    return new CallGroup(onBatches, outcomes, List.copyOf(calls));
  }

  List<EndedCall> atExit() {
    return all.stream().filter(call -> call.claim() == null).toList();
  }

  /** The failures of calls at EXIT, of which the ledger keeps nothing else. */
  List<HookWarning> failuresAtExit() {
    var failures = new ArrayList<HookWarning>();
    for (var call : atExit()) {
      if (call.ending() instanceof Ending.Failed failed) {
        failures.add(failed.warning());
      }
    }
    return failures;
  }

  /** The outputs of the calls that succeeded. */
  List<StagedOutputs> written() {
    return writtenWithout(Set.of());
  }

  /** The outputs of the calls that succeeded, without those of some claims, which do not count. */
  List<StagedOutputs> writtenWithout(Set<Claim> lost) {
    return all.stream()
        .filter(EndedCall::hasSucceeded)
        .filter(call -> call.call().site() != Site.WINDOW)
        .filter(call -> call.claim() == null || !lost.contains(call.claim()))
        .map(EndedCall::staged)
        .toList();
  }

  /** The claims whose last call is among these calls. */
  Set<Claim> endedClaims() {
    return outcomes.stream().filter(Outcome::endsClaim).map(Outcome::claim).collect(toSet());
  }
}
