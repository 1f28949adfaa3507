package io.longline.api;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The event that a hook failed, made a remark, or misses something in the logs. Immutable; consists
 * of values only, so that it can cross processes and outlive class loaders.
 *
 * @param instant when it happened
 * @param pluginId the plugin
 * @param pluginVersion its version
 * @param hook the hook's id, {@code plugin-id/name}
 * @param site the site at which the hook was called
 * @param logDirectory the directory of the batch; null for a window, at EXIT, and for a missing log
 * @param attempt the attempt number with this batch, starting at 1
 * @param kind failure, remark, or what is missing
 * @param errorClass the name of the class of the exception or error; null unless it failed
 * @param message the message of the exception or error, the remark, or what is missing
 * @param stackTrace the frames of the plugin's code, not the host's, as text; empty unless it
 *     failed
 * @param nextStep what the host does next, and what a person can do
 * @param window the name of the window that the call was for; null for other calls
 * @since 0.1.0
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
    String nextStep,
    @Nullable String window) {

  /** The kind of a warning. Further kinds may follow. */
  public enum Kind {
    /** The call failed; nothing that it wrote is kept. */
    FAILED,
    /** The hook made a remark and continued. */
    REMARK,
    /**
     * A log of the batch does not have a field that the hook requires; it is unset in every row.
     */
    MISSING_FIELD,
    /** No batch so far had a log that the hook requires: it has got no record of it. */
    MISSING_LOG
  }

  /** A warning of a call that was not for a window. */
  public HookWarning(
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
    this(
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
        nextStep,
        null);
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
        next,
        window);
  }
}
