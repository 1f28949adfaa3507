package io.longline.api;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The event that a hook failed, or made a remark. Immutable; consists of values only, so that it
 * can cross processes and outlive class loaders.
 *
 * @param instant when it happened
 * @param pluginId the plugin
 * @param pluginVersion its version
 * @param hook the hook's id, {@code plugin-id/name}
 * @param site the site at which the hook was called
 * @param logDirectory the directory of the batch; null at EXIT
 * @param attempt the attempt number with this batch, starting at 1
 * @param kind failure or remark
 * @param errorClass the name of the class of the exception or error; null for a remark
 * @param message the message of the exception or error, or the remark
 * @param stackTrace the frames of the plugin's code, not the host's, as text; empty for a remark
 * @param nextStep what the host does next, and what a person can do
 */
public record HookWarning(
    Instant instant,
    String pluginId,
    String pluginVersion,
    String hook,
    Site site,
    @Nullable Path logDirectory,
    int attempt,
    Kind kind,
    @Nullable String errorClass,
    String message,
    String stackTrace,
    String nextStep) {

  /** The kind of a warning. */
  public enum Kind {
    /** The call failed; nothing that it wrote is kept. */
    FAILED,
    /** The hook made a remark and continued. */
    REMARK
  }

  /** Checks the parts. */
  public HookWarning {
    Objects.requireNonNull(instant, "instant");
    Objects.requireNonNull(pluginId, "pluginId");
    Objects.requireNonNull(pluginVersion, "pluginVersion");
    Objects.requireNonNull(hook, "hook");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(stackTrace, "stackTrace");
    Objects.requireNonNull(nextStep, "nextStep");
  }

  /** A copy with another next step. */
  public HookWarning withNextStep(String next) {
    return new HookWarning(
        instant,
        pluginId,
        pluginVersion,
        hook,
        site,
        logDirectory,
        attempt,
        kind,
        errorClass,
        message,
        stackTrace,
        next);
  }
}
