package io.longline.api;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The event that says that a hook failed, or remarked on something. Immutable; made of values only,
 * so that it can cross processes and outlive class loaders.
 *
 * @param instant when
 * @param pluginId the plugin
 * @param pluginVersion its version
 * @param hook the hook's id, {@code plugin-id/name}
 * @param site where it was called
 * @param logDirectory the directory of the batch; null at EXIT
 * @param attempt the how-manieth call with this batch, from 1
 * @param kind failure or remark
 * @param errorClass the name of the class of what was thrown; null for a remark
 * @param message what was thrown or remarked says
 * @param stackTrace the frames of the plugin's code, not the host's, as text; empty for a remark
 * @param nextStep what happens next, and what a person can do
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

  /** What a warning is about. */
  public enum Kind {
    /** The call failed; nothing that it wrote is kept. */
    FAILED,
    /** The hook remarked on something and went on. */
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

  /** The same with another next step. */
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
