package io.longline.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.longline.host.app.HostSummary;
import io.longline.host.event.EventJson;
import io.longline.host.plugins.PluginProblem;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A summary, and its parts, as JSON for scripts. */
final class SummaryJson {

  private SummaryJson() {}

  static String of(HostSummary summary, @Nullable RunFindings findings) {
    return EventJson.object(
        "summary",
        json -> {
          json.writeNumberField("directories", summary.directories().finished());
          json.writeNumberField("directories_accepted", summary.directories().accepted());
          json.writeNumberField(
              "directories_not_processed", summary.directories().abandoned().size());
          strings(json, "not_processed", summary.directories().abandoned());
          json.writeNumberField("directories_named_twice", summary.directories().namedAgain());
          json.writeNumberField("directories_done_before", summary.directories().doneBefore());
          json.writeNumberField("directories_waiting_for_hooks", summary.directories().waiting());
          texts(json, "directories_unavailable", summary.directories().unavailable());
          json.writeNumberField("dead_letters", summary.calls().deadLetters());
          texts(json, "changed_files", summary.troubles().changedFiles());
          texts(json, "recognized_logs", summary.troubles().recognizedLogs());
          counts(json, "unread_logs", summary.troubles().unreadLogs());
          strings(json, "hooks", summary.calls().hooks());
          texts(json, "idle_hooks", summary.calls().idle());
          counts(json, "succeeded", summary.calls().succeeded());
          counts(json, "failed", summary.calls().failed());
          json.writeNumberField("exit_succeeded", summary.calls().exits().succeeded());
          json.writeNumberField("exit_failed", summary.calls().exits().failed());
          failures(json, summary.calls().failures());
          json.writeNumberField("remarks", summary.calls().remarks());
          missing(json, summary.calls().missing());
          counts(json, "threads_given_up", summary.troubles().threadsGivenUp());
          texts(json, "paused_hooks", summary.troubles().pausedHooks());
          json.writeNumberField("bad_lines", summary.troubles().badLines());
          texts(json, "damaged_logs", summary.troubles().damagedLogs());
          texts(json, "rejected_paths", summary.troubles().rejectedPaths());
          strings(json, "folders_without_logs", summary.directories().withoutLogs());
          problems(json, "plugin_problems", summary.troubles().pluginProblems());
          strings(json, "output_failures", summary.outputs().failures());
          if (summary.failure().isPresent()) {
            json.writeStringField("host_failure", summary.failure().get());
          }
          json.writeStringField("output", summary.outputs().folder().toString());
          counts(json, "output_bytes", summary.outputs().bytes());
          if (findings != null) {
            findings(json, findings);
          }
          json.writeNumberField("millis", summary.took().toMillis());
        });
  }

  private static void findings(JsonGenerator json, RunFindings findings) throws IOException {
    json.writeObjectFieldStart("findings");
    for (var count : findings.bySeverity().entrySet()) {
      json.writeNumberField(count.getKey().word(), count.getValue());
    }
    json.writeNumberField("allowed", findings.allowed());
    json.writeEndObject();
    json.writeStringField("report", findings.report().toString());
  }

  private static void strings(JsonGenerator json, String key, Collection<?> values)
      throws IOException {
    json.writeArrayFieldStart(key);
    for (var value : values) {
      json.writeString(value.toString());
    }
    json.writeEndArray();
  }

  private static void counts(JsonGenerator json, String key, Map<?, ? extends Number> counts)
      throws IOException {
    json.writeObjectFieldStart(key);
    for (var entry : counts.entrySet()) {
      json.writeNumberField(entry.getKey().toString(), entry.getValue().longValue());
    }
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String key, Map<?, String> texts)
      throws IOException {
    json.writeObjectFieldStart(key);
    for (var entry : texts.entrySet()) {
      json.writeStringField(entry.getKey().toString(), entry.getValue());
    }
    json.writeEndObject();
  }

  private static void missing(JsonGenerator json, Collection<HostSummary.Missing> missing)
      throws IOException {
    json.writeArrayFieldStart("missing");
    for (var each : missing) {
      json.writeStartObject();
      json.writeStringField("hook", each.hook());
      json.writeStringField("message", each.message());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void failures(JsonGenerator json, Collection<HostSummary.FailureKind> failures)
      throws IOException {
    json.writeArrayFieldStart("failures");
    for (var kind : failures) {
      json.writeStartObject();
      json.writeStringField("hook", kind.hook());
      json.writeStringField("site", kind.site());
      json.writeStringField("error", kind.errorClass());
      json.writeStringField("message", kind.message());
      json.writeStringField("place", kind.place());
      json.writeStringField("first_directory", kind.firstDirectory());
      json.writeNumberField("count", kind.count());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void problems(JsonGenerator json, String key, Collection<PluginProblem> problems)
      throws IOException {
    json.writeArrayFieldStart(key);
    for (var problem : problems) {
      json.writeStartObject();
      json.writeStringField("code", problem.code().name());
      json.writeStringField("file", problem.file().toString());
      json.writeStringField("plugin", problem.plugin());
      json.writeStringField("sentence", problem.sentence());
      json.writeStringField("remedy", problem.remedy());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
