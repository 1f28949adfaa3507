package io.longline.host.call;

import io.longline.api.HookWarning;
import io.longline.api.Site;
import io.longline.api.internal.FindingRows;
import io.longline.host.ledger.WindowTask;
import io.longline.host.plugins.CalledHook;
import io.longline.zeek.ReadReport;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call of one hook, on a batch or at EXIT. Immutable.
 *
 * @param hook the hook
 * @param site where it is called
 * @param directory the batch's directory; null for a window and at EXIT
 * @param attempt the attempt number, starting at 1
 * @param window the window that it is for; null for other calls
 */
public record Call(
    CalledHook hook,
    Site site,
    @Nullable Path directory,
    int attempt,
    @Nullable WindowTask window) {

  static Call atExit(CalledHook hook) {
    return new Call(hook, Site.EXIT, null, 1, null);
  }

  /** The rows of what the hook finds during this call. */
  FindingRows findings() {
    var id = hook.id();
    var called = window == null ? null : window.window();
    var start = called == null ? null : called.start();
    return new FindingRows(
        hook.pluginId(),
        id.substring(id.indexOf('/') + 1),
        called == null ? null : called.name(),
        start == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, start),
        directory == null ? null : directory.toString());
  }

  /** A warning for a remark of the hook during this call. */
  HookWarning remark(Instant instant, String message) {
    return warning(instant, HookWarning.Kind.REMARK, null, message, "", "The hook continued.");
  }

  /** A warning of a field that the hook requires and that a log of the batch does not have. */
  HookWarning missingField(Instant instant, String log, ReadReport.MissingField field) {
    return warning(
        instant,
        HookWarning.Kind.MISSING_FIELD,
        null,
        "The log %s has no field %s.%s"
            .formatted(
                log,
                field.name(),
                field.nearest() == null ? "" : " Did you mean " + field.nearest() + "?"),
        "",
        "The field is unset in every row. Correct its name where the hook asks for it, or declare it there as optional.");
  }

  /** A warning for the failure of this call. */
  public HookWarning failure(
      Instant instant, String errorClass, String message, String stackTrace) {
    var nextStep =
        site == Site.EXIT ? "The other EXIT hooks run; the output of this one is not kept." : "";
    return warning(instant, HookWarning.Kind.FAILED, errorClass, message, stackTrace, nextStep);
  }

  private HookWarning warning(
      Instant instant,
      HookWarning.Kind kind,
      @Nullable String errorClass,
      String message,
      String stackTrace,
      String nextStep) {
    return new HookWarning(
        instant,
        hook.pluginId(),
        hook.pluginVersion(),
        hook.id(),
        site,
        directory,
        attempt,
        kind,
        errorClass,
        message,
        stackTrace,
        nextStep,
        window == null ? null : window.window().name());
  }
}
