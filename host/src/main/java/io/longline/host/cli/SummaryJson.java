package io.longline.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.longline.host.app.HostSummary;
import io.longline.host.event.EventJson;
import io.longline.host.plugins.PluginProblem;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/** A summary, and the parts of it, as JSON for scripts. */
final class SummaryJson {

  private SummaryJson() {}

  static String of(HostSummary summary) {
    return EventJson.object(
        json -> {
          json.writeStringField("type", "summary");
          json.writeNumberField("directories", summary.directoriesFinished());
          json.writeNumberField("directories_accepted", summary.directoriesAccepted());
          json.writeNumberField("directories_not_processed", summary.directoriesAbandoned().size());
          strings(json, "not_processed", summary.directoriesAbandoned());
          json.writeNumberField("directories_named_twice", summary.directoriesKnown());
          json.writeNumberField("directories_done_before", summary.directoriesDone());
          json.writeNumberField("directories_waiting_for_hooks", summary.directoriesWaiting());
          json.writeNumberField("dead_letters", summary.deadLetters());
          texts(json, "changed_files", summary.changedFiles());
          strings(json, "hooks", summary.hooks());
          counts(json, "succeeded", summary.succeeded());
          counts(json, "failed", summary.failed());
          json.writeNumberField("exit_succeeded", summary.exitSucceeded());
          json.writeNumberField("exit_failed", summary.exitFailed());
          failures(json, summary.failures());
          json.writeNumberField("remarks", summary.remarks());
          counts(json, "threads_given_up", summary.threadsGivenUp());
          texts(json, "paused_hooks", summary.pausedHooks());
          json.writeNumberField("bad_lines", summary.badLines());
          texts(json, "damaged_logs", summary.damagedLogs());
          texts(json, "rejected_paths", summary.rejectedPaths());
          strings(json, "folders_without_logs", summary.foldersWithoutLogs());
          problems(json, "plugin_problems", summary.pluginProblems());
          strings(json, "output_failures", summary.outputFailures());
          json.writeStringField("output", summary.output().toString());
          counts(json, "output_bytes", summary.outputBytes());
          json.writeNumberField("millis", summary.took().toMillis());
        });
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
