package io.longline.host.work;

import io.longline.api.HookWarning;
import io.longline.host.call.EndedCall;
import io.longline.host.event.Ending;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.HookPause;
import io.longline.host.ledger.RecordedCall;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Reports recorded calls as events. Confined to the committing thread. */
final class CommitReports {

  private final EventSink events;
  private final Consumer<Path> onBatchEnded;

  CommitReports(EventSink events, Consumer<Path> onBatchEnded) {
    this.events = events;
    this.onBatchEnded = onBatchEnded;
  }

  void remarks(List<HookWarning> remarks) {
    remarks.forEach(remark -> events.accept(new HostEvent.HookWarned(remark)));
  }

  void pauses(List<HookPause> pauses) {
    for (var pause : pauses) {
      events.accept(
          new HostEvent.HookPaused(pause.hook(), Instant.ofEpochMilli(pause.until()), pause.why()));
    }
  }

  /** A call at EXIT, which the ledger does not know. */
  void atExit(EndedCall call) {
    ended(call, call.ending());
  }

  /** A call on a batch. */
  void onBatch(EndedCall call, RecordedCall recorded) {
    var hook = call.call().hook().id();
    var batch = Objects.requireNonNull(call.claim()).batch();
    var directory = batch.directory();
    switch (recorded.result()) {
      case SUCCEEDED, RETRY -> ended(call, recorded.ending(call.ending()));
      case DEAD -> {
        ended(call, recorded.ending(call.ending()));
        events.accept(new HostEvent.CallDead(hook, directory));
      }
      case LOST -> events.accept(new HostEvent.CallLost(hook, directory));
      case POSTPONED -> {
        // The call is reported when it is made.
      }
      case UNAVAILABLE -> {
        // The batch is reported, once.
      }
    }
    if (batch.window() != null) {
      return;
    }
    if (recorded.batch() == BatchState.UNAVAILABLE) {
      onBatchEnded.accept(directory);
      events.accept(new HostEvent.BatchUnavailable(directory, recorded.unavailable()));
    }
    if (recorded.batch() == BatchState.DONE || recorded.batch() == BatchState.PARKED) {
      onBatchEnded.accept(directory);
      events.accept(new HostEvent.BatchFinished(directory, recorded.batch() == BatchState.PARKED));
    }
  }

  private void ended(EndedCall ended, Ending ending) {
    if (ending instanceof Ending.Failed failed) {
      events.accept(new HostEvent.HookWarned(failed.warning()));
    }
    var call = ended.call();
    events.accept(
        new HostEvent.CallEnded(
            call.hook().id(),
            call.site(),
            call.directory(),
            call.attempt(),
            ending,
            call.window() == null ? null : call.window().window().name()));
  }
}
