package io.longline.host.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.longline.api.HookWarning;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Events as JSON objects, one a line, for scripts. The keys are part of what users rely on. */
public final class EventJson {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private EventJson() {}

  /** Writes the members of an object. */
  @FunctionalInterface
  public interface Members {
    /** Writes them. */
    void writeTo(JsonGenerator json) throws IOException;
  }

  /**
   * An object on one line, without line feed.
   *
   * @param type what the object is, which {@code docs/json-schema.json} describes
   */
  public static String object(String type, Members members) {
    var text = new StringWriter();
    try (var json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("type", type);
      members.writeTo(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** A moment as all objects have it: in UTC, with milliseconds. */
  public static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** A warning. */
  public static String warning(HookWarning warning) {
    return object(
        "warning",
        json -> {
          json.writeStringField("instant", time(warning.instant()));
          json.writeStringField("kind", warning.kind().name());
          json.writeStringField("plugin", warning.pluginId());
          json.writeStringField("version", warning.pluginVersion());
          json.writeStringField("hook", warning.hook());
          json.writeStringField("site", warning.site().name());
          path(json, "directory", warning.logDirectory());
          window(json, warning.window());
          json.writeNumberField("attempt", warning.attempt());
          json.writeStringField("error", warning.errorClass());
          json.writeStringField("message", warning.message());
          json.writeStringField("stack", warning.stackTrace());
          json.writeStringField("next", warning.nextStep());
        });
  }

  /** A damaged log, with the instant at which it was found. */
  public static String damagedLog(HostEvent.LogDamaged damaged, Instant instant) {
    return object(
        "warning",
        json -> {
          json.writeStringField("instant", time(instant));
          json.writeStringField("kind", "DAMAGED_LOG");
          path(json, "file", damaged.file());
          json.writeArrayFieldStart("hooks");
          for (var hook : damaged.hooks()) {
            json.writeString(hook);
          }
          json.writeEndArray();
          json.writeNumberField("bad_lines", damaged.report().badLines());
          json.writeNumberField("long_rows", damaged.report().longRows());
          json.writeStringField("message", damaged.report().summary());
        });
  }

  /**
   * A batch that is unavailable.
   *
   * @param directory its log directory
   * @param why the reason, as a sentence
   * @param instant when it was found to be
   */
  public static String unavailable(String directory, String why, Instant instant) {
    return object(
        "warning",
        json -> {
          json.writeStringField("instant", time(instant));
          json.writeStringField("kind", "UNAVAILABLE_BATCH");
          json.writeStringField("directory", directory);
          json.writeStringField("message", why);
          json.writeStringField(
              "next",
              "No hook was charged. Hand the directory in again, or replay it, once its logs are there.");
        });
  }

  /** The end of a call. */
  public static String outcome(HostEvent.CallEnded call) {
    return object(
        "outcome",
        json -> {
          json.writeStringField("hook", call.hook());
          json.writeStringField("site", call.site().name());
          path(json, "directory", call.directory());
          window(json, call.window());
          json.writeNumberField("attempt", call.attempt());
          json.writeStringField("outcome", call.succeeded() ? "succeeded" : "failed");
          if (call.ending() instanceof Ending.Succeeded succeeded) {
            json.writeNumberField("millis", succeeded.took().toMillis());
          } else if (call.ending() instanceof Ending.Failed failed) {
            json.writeNumberField("millis", failed.took().toMillis());
            json.writeStringField("error", failed.warning().errorClass());
            json.writeStringField("message", failed.warning().message());
          }
        });
  }

  /** A change of a plugin's version; null for no version. */
  public static String pluginChange(HostEvent.PluginChanged changed) {
    return object(
        "plugin",
        json -> {
          json.writeStringField("plugin", changed.plugin());
          json.writeStringField("before", changed.before().isEmpty() ? null : changed.before());
          json.writeStringField("now", changed.now().isEmpty() ? null : changed.now());
        });
  }

  /** Only calls for windows have the member. */
  private static void window(JsonGenerator json, @Nullable String window) throws IOException {
    if (window != null) {
      json.writeStringField("window", window);
    }
  }

  private static void path(JsonGenerator json, String key, @Nullable Path path) throws IOException {
    json.writeStringField(key, path == null ? null : path.toString());
  }
}
