package io.longline.host.cli;

import io.longline.host.event.EventJson;
import io.longline.host.ledger.CallState;
import io.longline.host.ledger.LedgerView.CallStatus;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Calls as they stand in the ledger, for people and scripts. */
final class RunText {

  private RunText() {}

  static void print(List<CallStatus> runs, PrintStream out) {
    var table = new Table("DIRECTORY", "HOOK", "STATE", "ATTEMPTS", "ERROR");
    for (var run : runs) {
      table.row(
          run.directory() + (run.generation() == 1 ? "" : " (batch " + run.generation() + ")"),
          run.hook(),
          state(run),
          run.attempts(),
          run.last().error().lines().findFirst().orElse(""));
    }
    table.print(out);
  }

  private static String state(CallStatus run) {
    boolean isLater = run.state() == CallState.WAITING && run.dueMillis() > 0;
    return isLater
        ? String.format(Locale.ROOT, "again in %d s", (run.dueMillis() + 999) / 1_000)
        : run.state().sql();
  }

  static String json(CallStatus run) {
    return EventJson.object(
        line -> {
          line.writeStringField("type", "run");
          line.writeStringField("directory", run.directory());
          line.writeNumberField("generation", run.generation());
          line.writeStringField("hook", run.hook());
          line.writeStringField("state", run.state().sql());
          line.writeNumberField("attempts", run.attempts());
          line.writeNumberField("due_millis", run.dueMillis());
          line.writeStringField("error", run.last().error());
          line.writeStringField("stack", run.last().stack());
          line.writeStringField(
              "ended",
              run.last().endedAt() == 0
                  ? null
                  : Instant.ofEpochMilli(run.last().endedAt()).toString());
        });
  }
}
