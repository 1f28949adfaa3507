package io.longline.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.longline.host.event.EventJson;
import io.longline.host.ledger.LedgerView;
import io.longline.host.ledger.RunningCall;
import io.longline.host.ledger.WindowLedger.WindowCounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The status of a ledger, or of a directory in it, as JSON for scripts. */
final class StatusJson {

  private StatusJson() {}

  static String of(LedgerView.Status status, WindowCounts windows) {
    return EventJson.object(
        "status",
        json -> {
          json.writeObjectFieldStart("batches");
          for (var batches : status.batches().entrySet()) {
            json.writeNumberField(batches.getKey().sql(), batches.getValue());
          }
          json.writeEndObject();
          json.writeObjectFieldStart("later");
          json.writeNumberField("batches", status.later().count());
          json.writeNumberField("first_due_millis", status.later().firstMillis());
          json.writeNumberField("last_due_millis", status.later().lastMillis());
          json.writeEndObject();
          json.writeNumberField("backlog_millis", status.backlogMillis());
          json.writeObjectFieldStart("windows");
          json.writeNumberField("open", windows.open());
          json.writeNumberField("closed", windows.closed());
          json.writeNumberField("late", windows.late());
          json.writeNumberField("done", windows.done());
          json.writeNumberField("failed", windows.failed());
          json.writeEndObject();
          json.writeArrayFieldStart("hooks");
          for (var hook : status.hooks()) {
            write(json, hook);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("hosts");
          for (var host : status.hosts()) {
            write(json, host);
          }
          json.writeEndArray();
          json.writeObjectFieldStart("not_taken_yet");
          for (var entry : status.waitingDirectories().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
          }
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, LedgerView.HookStatus hook) throws IOException {
    json.writeStartObject();
    json.writeStringField("hook", hook.hook());
    write(json, hook.calls());
    json.writeNumberField("mean_micros", hook.calls().meanMicros());
    json.writeBooleanField("on_a_host", hook.hasHost());
    json.writeBooleanField("enabled", hook.isEnabled());
    json.writeBooleanField("paused", hook.isPaused());
    json.writeNumberField("paused_millis", hook.pausedMillis());
    json.writeStringField("paused_why", hook.pausedWhy());
    json.writeArrayFieldStart("missing");
    for (var missing : hook.missing()) {
      json.writeString(missing);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, LedgerView.HostStatus host) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", host.id());
    json.writeStringField("machine", host.machine());
    json.writeNumberField("pid", host.pid());
    json.writeStringField("output", host.output());
    json.writeBooleanField("gone", host.isGone());
    json.writeNumberField("lease_millis", host.leaseMillis());
    json.writeArrayFieldStart("running");
    for (var call : host.running()) {
      write(json, call);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, RunningCall call) throws IOException {
    json.writeStartObject();
    json.writeStringField("hook", call.hook());
    var directory = call.directory();
    if (directory != null) {
      json.writeStringField("directory", directory.toString());
    }
    json.writeNumberField("age_millis", call.age().toMillis());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, LedgerView.HookCalls calls) throws IOException {
    json.writeObjectFieldStart("runs");
    for (var entry : calls.states().entrySet()) {
      json.writeNumberField(entry.getKey().sql(), entry.getValue());
    }
    if (calls.retrying() > 0) {
      json.writeNumberField("retrying", calls.retrying());
    }
    json.writeEndObject();
  }

  /** An object for each call on a directory, and for what else there is to say of it. */
  static List<String> lines(DirectoryStatus status) {
    var lines = new ArrayList<String>();
    status.calls().forEach(call -> lines.add(CallText.json(call)));
    for (var why : status.whyUnavailable()) {
      lines.add(unavailable(status, why));
    }
    if (status.calls().isEmpty() && !status.batches().isEmpty()) {
      lines.add(batches(status));
    }
    var reason = status.whyWaiting();
    if (reason != null) {
      lines.add(notTakenYet(status, reason));
    }
    if (!status.recognized().isEmpty()) {
      lines.add(recognized(status));
    }
    if (!status.passedOver().isEmpty()) {
      lines.add(passedOver(status));
    }
    return lines;
  }

  private static String batches(DirectoryStatus status) {
    return EventJson.object(
        "batches",
        json -> {
          json.writeStringField("directory", status.directory().toString());
          json.writeArrayFieldStart("states");
          for (var state : status.batches()) {
            json.writeString(state.sql());
          }
          json.writeEndArray();
        });
  }

  private static String recognized(DirectoryStatus status) {
    return EventJson.object(
        "recognized",
        json -> {
          json.writeStringField("directory", status.directory().toString());
          json.writeObjectFieldStart("same_as");
          for (var log : status.recognized().entrySet()) {
            json.writeStringField(log.getKey(), log.getValue());
          }
          json.writeEndObject();
        });
  }

  private static String passedOver(DirectoryStatus status) {
    return EventJson.object(
        "passed_over",
        json -> {
          json.writeStringField("directory", status.directory().toString());
          json.writeArrayFieldStart("files");
          for (var name : status.passedOver()) {
            json.writeString(name);
          }
          json.writeEndArray();
        });
  }

  private static String unavailable(DirectoryStatus status, String why) {
    return EventJson.object(
        "unavailable",
        json -> {
          json.writeStringField("directory", status.directory().toString());
          json.writeStringField("reason", why);
        });
  }

  private static String notTakenYet(DirectoryStatus status, String reason) {
    return EventJson.object(
        "not_taken_yet",
        json -> {
          json.writeStringField("directory", status.directory().toString());
          json.writeStringField("reason", reason);
        });
  }
}
