package io.longline.host.cli;

import io.longline.host.event.EventJson;
import io.longline.host.ledger.CallState;
import io.longline.host.ledger.LedgerView.CallStatus;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Calls as they stand in the ledger, for people and scripts. */
final class CallText {

  private CallText() {}

  static void print(List<CallStatus> calls, PrintStream out) {
    var table = new Table("DIRECTORY", "HOOK", "STATE", "ATTEMPTS", "ERROR");
    for (var call : calls) {
      table.row(
          call.directory() + (call.generation() == 1 ? "" : " (batch " + call.generation() + ")"),
          call.hook(),
          state(call),
          call.attempts(),
          call.last().error().lines().findFirst().orElse(""));
    }
    table.print(out);
  }

  private static String state(CallStatus call) {
    boolean isLater = call.state() == CallState.WAITING && call.dueMillis() > 0;
    return isLater
        ? String.format(Locale.ROOT, "again in %d s", (call.dueMillis() + 999) / 1_000)
        : call.state().sql();
  }

  static String json(CallStatus call) {
    return EventJson.object(
        "run",
        line -> {
          line.writeStringField("directory", call.directory());
          line.writeNumberField("generation", call.generation());
          line.writeStringField("hook", call.hook());
          line.writeStringField("state", call.state().sql());
          line.writeNumberField("attempts", call.attempts());
          line.writeNumberField("due_millis", call.dueMillis());
          line.writeStringField("error", call.last().error());
          line.writeStringField("stack", call.last().stack());
          line.writeStringField(
              "ended",
              call.last().endedAt() == 0
                  ? null
                  : EventJson.time(Instant.ofEpochMilli(call.last().endedAt())));
        });
  }
}
