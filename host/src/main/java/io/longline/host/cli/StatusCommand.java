package io.longline.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.longline.host.event.EventJson;
import io.longline.host.event.PrintableText;
import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.CallState;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerView;
import io.longline.host.ledger.RunningCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline status}: what is done, what runs, what waits and for what. */
@Command(
    name = "status",
    description = "Shows what is done, what runs and what waits; of one directory: why it waits.",
    mixinStandardHelpOptions = true)
final class StatusCommand extends LedgerCommand {

  private static final int MAX_LINES = 20;

  @Parameters(paramLabel = "DIR", arity = "0..1", description = "A log directory.")
  private @Nullable Path directory;

  @Option(names = "--json", description = "Print JSON objects, one a line.")
  private boolean json;

  StatusCommand(CommandIo io) {
    super(io);
  }

  @Override
  int run(Ledger ledger) throws IOException {
    var named = directory;
    if (named != null) {
      return ofDirectory(ledger, real(named));
    }
    var status = ledger.view().status();
    if (json) {
      io.out().println(EventJson.object(line -> write(line, status)));
    } else {
      print(status);
      long rotated = ledger.view().rotatedFiles();
      if (rotated > 0) {
        io.out()
            .printf(
                "%n%d files that Zeek has ended wait for the rest of their rotation.%n", rotated);
      }
    }
    return ExitCode.OK;
  }

  private void print(LedgerView.Status status) {
    var batches = status.batches();
    io.out()
        .printf(
            Locale.ROOT,
            "batches   %d done, %d running, %d ready, %d waiting for hooks that no host calls%n",
            count(batches, BatchState.DONE),
            count(batches, BatchState.RUNNING),
            count(batches, BatchState.READY),
            count(batches, BatchState.PARKED));
    if (status.backlogMillis() > 0) {
      io.out().println("backlog   the oldest has waited for " + age(status.backlogMillis()));
    }
    var hooks = new Table("HOOK", "DONE", "WAITING", "FAILING", "DEAD", "MEAN", "ON A HOST");
    for (var hook : status.hooks()) {
      hooks.row(
          hook.hook(),
          hook.calls().count(CallState.SUCCEEDED),
          hook.calls().count(CallState.WAITING) + hook.calls().count(CallState.RUNNING),
          hook.calls().retrying(),
          hook.calls().count(CallState.DEAD),
          String.format(Locale.ROOT, "%.1f ms", hook.calls().meanMicros() / 1_000.0),
          !hook.isEnabled()
              ? "disabled"
              : hook.isPaused() ? "paused" : hook.hasHost() ? "yes" : "no");
    }
    io.out().println();
    hooks.print(io.out());
    status.hooks().stream()
        .filter(LedgerView.HookStatus::isPaused)
        .forEach(
            hook ->
                io.out()
                    .printf(
                        "%n%s is paused; %s. %s%n  Once it is mended: longline plugins resume %s%n",
                        hook.hook(),
                        hook.pausedMillis() > 0
                            ? "in " + age(hook.pausedMillis()) + " one call of it is tried"
                            : "one call of it is tried next",
                        PrintableText.line(hook.pausedWhy()),
                        hook.hook()));
    if (status.hosts().stream().allMatch(LedgerView.HostStatus::isGone)) {
      io.out().printf("%nNo host runs on this ledger.%n");
    }
    for (var host : status.hosts()) {
      io.out()
          .printf(
              "%nhost %s, process %d, output %s%s%n",
              host.machine(),
              host.pid(),
              host.output(),
              host.isGone()
                  ? ", is gone; its batches are taken over at the next start"
                  : host.leaseMillis() < 0 ? ", gave no sign of life in time" : "");
      host.running().stream().limit(MAX_LINES).forEach(call -> io.out().println("  " + text(call)));
    }
    if (!status.waitingDirectories().isEmpty()) {
      io.out().println();
      var waiting = new Table("NOT TAKEN YET", "WHY");
      status.waitingDirectories().entrySet().stream()
          .limit(MAX_LINES)
          .forEach(entry -> waiting.row(entry.getKey(), entry.getValue()));
      waiting.print(io.out());
      int more = status.waitingDirectories().size() - MAX_LINES;
      if (more > 0) {
        io.out().println("and " + more + " more");
      }
    }
  }

  private static String text(RunningCall call) {
    var directory = call.directory();
    return call.hook()
        + (directory == null ? " at EXIT" : " on " + PrintableText.line(directory.toString()))
        + ", for "
        + age(call.age().toMillis());
  }

  private static long count(Map<BatchState, Long> counts, BatchState state) {
    return counts.getOrDefault(state, 0L);
  }

  private static String age(long millis) {
    long seconds = millis / 1_000;
    return seconds < 120
        ? seconds + " s"
        : seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
  }

  private static void write(JsonGenerator json, LedgerView.Status status) throws IOException {
    json.writeStringField("type", "status");
    json.writeObjectFieldStart("batches");
    for (var entry : status.batches().entrySet()) {
      json.writeNumberField(entry.getKey().sql(), entry.getValue());
    }
    json.writeEndObject();
    json.writeNumberField("backlog_millis", status.backlogMillis());
    json.writeArrayFieldStart("hooks");
    for (var hook : status.hooks()) {
      json.writeStartObject();
      json.writeStringField("hook", hook.hook());
      write(json, hook.calls());
      json.writeNumberField("mean_micros", hook.calls().meanMicros());
      json.writeBooleanField("on_a_host", hook.hasHost());
      json.writeBooleanField("enabled", hook.isEnabled());
      json.writeBooleanField("paused", hook.isPaused());
      json.writeNumberField("paused_millis", hook.pausedMillis());
      json.writeStringField("paused_why", hook.pausedWhy());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("hosts");
    for (var host : status.hosts()) {
      json.writeStartObject();
      json.writeStringField("id", host.id());
      json.writeStringField("machine", host.machine());
      json.writeNumberField("pid", host.pid());
      json.writeStringField("output", host.output());
      json.writeBooleanField("gone", host.isGone());
      json.writeNumberField("lease_millis", host.leaseMillis());
      json.writeArrayFieldStart("running");
      for (var call : host.running()) {
        json.writeStartObject();
        json.writeStringField("hook", call.hook());
        var directory = call.directory();
        if (directory != null) {
          json.writeStringField("directory", directory.toString());
        }
        json.writeNumberField("age_millis", call.age().toMillis());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("not_taken_yet");
    for (var entry : status.waitingDirectories().entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
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

  private int ofDirectory(Ledger ledger, Path path) throws IOException {
    var runs = ledger.view().calls(path);
    var reason = ledger.view().whyWaiting(path);
    var batches = ledger.view().batches(path);
    if (json) {
      for (var run : runs) {
        io.out().println(RunText.json(run));
      }
      if (runs.isEmpty() && !batches.isEmpty()) {
        io.out()
            .println(
                EventJson.object(
                    line -> {
                      line.writeStringField("type", "batches");
                      line.writeStringField("directory", path.toString());
                      line.writeArrayFieldStart("states");
                      for (var state : batches) {
                        line.writeString(state.sql());
                      }
                      line.writeEndArray();
                    }));
      }
      if (reason != null) {
        io.out()
            .println(
                EventJson.object(
                    line -> {
                      line.writeStringField("type", "not_taken_yet");
                      line.writeStringField("directory", path.toString());
                      line.writeStringField("reason", reason);
                    }));
      }
    } else {
      if (!runs.isEmpty()) {
        RunText.print(runs, io.out());
      }
      if (reason != null) {
        io.out().println("Not taken yet: " + reason);
      } else if (batches.isEmpty()) {
        io.out().println(path + " is not in the ledger. " + whyUnknown(path));
      } else if (runs.isEmpty()) {
        io.out().println(path + " " + withoutCalls(batches));
      }
    }
    return batches.isEmpty() && reason == null ? ExitCode.PROBLEMS : ExitCode.OK;
  }

  private static String withoutCalls(List<BatchState> batches) {
    return batches.stream().allMatch(state -> state == BatchState.DONE)
        ? "is done; its calls were pruned from the ledger."
        : "is in the ledger and waits for a host that has a hook to call on it.";
  }

  private static String whyUnknown(Path path) {
    if (!Files.isDirectory(path)) {
      return "There is no such folder.";
    }
    if (path.getFileName().toString().equals("current")) {
      return "Zeek writes there; what it has ended is taken.";
    }
    return "No host that watches has seen it: it is below none of their roots, holds no log, has a name that the settings of its root pass over, or was forgotten since (a host that watches it takes it again at its next start). longline enqueue hands it in.";
  }
}
