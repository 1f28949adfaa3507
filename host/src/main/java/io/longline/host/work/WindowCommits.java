package io.longline.host.work;

import io.longline.api.Site;
import io.longline.api.internal.Panes;
import io.longline.host.call.EndedCall;
import io.longline.host.ledger.CallResult;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.RecordedCall;
import io.longline.host.ledger.WindowTask;
import io.longline.host.ledger.WindowTask.PartAt;
import io.longline.host.output.StoredPart;
import io.longline.host.output.WindowFiles;
import io.longline.host.output.WindowOutputs.WindowCall;
import java.io.IOException;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the calls of a group leave in the folder for windows: parts, and the outputs of windows.
 * Confined to the committing thread.
 */
final class WindowCommits {

  private final WindowFiles files;

  WindowCommits(WindowFiles files) {
    this.files = files;
  }

  /**
   * What calls have left on the disk, by call.
   *
   * @param parts the parts of those that put facts
   * @param outputs the files of those that were for windows
   */
  record Staged(Map<EndedCall, StoredPart> parts, Map<EndedCall, List<String>> outputs) {

    static final Staged NOTHING = new Staged(Map.of(), Map.of());
  }

  /** Writes what succeeded calls have put and written to the disk. */
  Staged stage(List<EndedCall> calls) throws IOException {
    var withFacts =
        calls.stream()
            .filter(EndedCall::hasSucceeded)
            .filter(call -> call.staged().hasFacts())
            .toList();
    var forWindows =
        calls.stream()
            .filter(EndedCall::hasSucceeded)
            .filter(call -> call.call().site() == Site.WINDOW)
            .toList();
    if (withFacts.isEmpty() && forWindows.isEmpty()) {
      return Staged.NOTHING;
    }
    var staged = new Staged(new IdentityHashMap<>(), new IdentityHashMap<>());
    if (!withFacts.isEmpty()) {
      var parts = files.stageParts(withFacts.stream().map(EndedCall::staged).toList());
      for (int i = 0; i < withFacts.size(); i++) {
        staged.parts().put(withFacts.get(i), Objects.requireNonNull(parts.get(i)));
      }
    }
    for (var call : forWindows) {
      staged.outputs().put(call, files.ofWindows().stage(windowCall(call), call.staged()));
    }
    return staged;
  }

  private static WindowCall windowCall(EndedCall call) {
    var claim = claim(call);
    var task = Objects.requireNonNull(call.call().window());
    return new WindowCall(
        claim.batch().number(),
        claim.token(),
        task.window().name(),
        Objects.requireNonNullElseGet(task.window().start(), () -> first(task)),
        Objects.requireNonNullElseGet(task.window().end(), () -> last(task)),
        task.outputs());
  }

  private static Claim claim(EndedCall call) {
    return Objects.requireNonNull(call.claim(), "a call for a window without a claim");
  }

  /** The first event time in the parts of the whole run. */
  private static Instant first(WindowTask task) {
    return Panes.instant(task.parts().stream().mapToLong(PartAt::earliest).min().orElse(0));
  }

  private static Instant last(WindowTask task) {
    return Panes.instant(task.parts().stream().mapToLong(PartAt::latest).max().orElse(0));
  }

  /** Makes visible what a recorded call for a window has written, or discards it. */
  void publish(EndedCall call, RecordedCall recorded) throws IOException {
    if (call.call().site() != Site.WINDOW) {
      return;
    }
    var claim = claim(call);
    if (recorded.result() == CallResult.SUCCEEDED) {
      files.ofWindows().publish(claim.batch().number(), claim.token());
    } else if (call.hasSucceeded()) {
      files.ofWindows().discard(claim.batch().number(), claim.token());
    }
  }
}
