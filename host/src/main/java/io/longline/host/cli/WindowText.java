package io.longline.host.cli;

import io.longline.api.internal.Panes;
import io.longline.host.event.EventJson;
import io.longline.host.ledger.WindowLedger.WindowStatus;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Windows as they stand in the ledger, for people and scripts. */
final class WindowText {

  private WindowText() {}

  static void print(List<WindowStatus> windows, LedgerHints hints, PrintStream out) {
    var table = new Table("HOOK", "WINDOW", "STATE", "WAITS FOR");
    for (var window : windows) {
      table.row(window.hook(), window.name(), state(window), waitsFor(window, hints));
    }
    table.print(out);
  }

  static String json(WindowStatus window, LedgerHints hints) {
    return EventJson.object(
        "window",
        line -> {
          line.writeStringField("hook", window.hook());
          line.writeStringField("window", window.name());
          line.writeStringField("state", state(window));
          line.writeStringField("end", time(window.endMicros()));
          line.writeStringField("closes", time(window.closesAtMicros()));
          line.writeStringField("event_time", time(window.watermarkMicros()));
          line.writeNumberField("reopened", window.reopened());
          line.writeStringField("waits_for", waitsFor(window, hints));
          line.writeStringField("error", window.error());
          line.writeArrayFieldStart("outputs");
          for (var output : window.outputs()) {
            line.writeString(output);
          }
          line.writeEndArray();
        });
  }

  private static @Nullable String time(long micros) {
    var instant = instant(micros);
    return instant == null ? null : EventJson.time(instant);
  }

  private static @Nullable Instant instant(long micros) {
    boolean isTime = micros != Long.MAX_VALUE && micros != Long.MIN_VALUE;
    return isTime ? Panes.instant(micros) : null;
  }

  /** One of five words: open, closed, late, done, failed. */
  private static String state(WindowStatus window) {
    if (window.isDead()) {
      return "failed";
    }
    return switch (window.state()) {
      case OPEN -> window.reopened() > 0 ? "late" : "open";
      case READY, RUNNING, PARKED, UNAVAILABLE -> window.reopened() > 0 ? "late" : "closed";
      case DONE -> "done";
    };
  }

  private static String waitsFor(WindowStatus window, LedgerHints hints) {
    if (window.isDead()) {
      return "%s (%s)"
          .formatted(
              hints.command("dead", "replay", "--hook", window.hook()),
              window.error().lines().findFirst().orElse(""));
    }
    return switch (window.state()) {
      case OPEN -> untilClosed(window);
      case READY ->
          window.dueMillis() > 0
              ? String.format(
                  Locale.ROOT,
                  "%s in %d s",
                  window.error().isEmpty() ? "its call" : "another attempt",
                  (window.dueMillis() + 999) / 1_000)
              : "a host to call its hook";
      case RUNNING -> "the end of its call";
      case PARKED -> "a host that calls its hook";
      case UNAVAILABLE -> "a repair: its row in the ledger is damaged";
      case DONE -> "";
    };
  }

  private static String untilClosed(WindowStatus window) {
    var closes = instant(window.closesAtMicros());
    if (closes == null) {
      return "the end of the run";
    }
    var now = instant(window.watermarkMicros());
    return "event time %s; it is %s"
        .formatted(closes, now == null ? "not known yet" : now.truncatedTo(ChronoUnit.SECONDS));
  }
}
