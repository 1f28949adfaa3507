package io.longline.host.work;

import io.longline.api.ExtractedFiles;
import io.longline.api.HookContext;
import io.longline.api.HookWarning;
import io.longline.api.Output;
import io.longline.api.Site;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.output.StagedOutputs;
import io.longline.host.plugins.InstalledHook;
import io.longline.host.settings.SecretMask;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a hook is given during one call. Confined to the call's thread, but for {@link
 * #isCancelled()}.
 */
final class RunContext implements HookContext {

  private final Subject subject;
  private final StagedOutputs outputs;
  private final ExtractedFiles extractedFiles;
  private final EventSink events;
  private final Clock clock;
  private final BooleanSupplier isCancelled;
  private final SecretMask secrets;
  private volatile boolean ended;
  private volatile boolean cancelled;

  RunContext(
      Subject subject,
      StagedOutputs outputs,
      ExtractedFiles extractedFiles,
      EventSink events,
      Clock clock,
      BooleanSupplier isCancelled,
      SecretMask secrets) {
    this.subject = subject;
    this.outputs = outputs;
    this.extractedFiles = extractedFiles;
    this.events = events;
    this.clock = clock;
    this.isCancelled = isCancelled;
    this.secrets = secrets;
  }

  /**
   * Which call it is.
   *
   * @param hook the hook
   * @param site where it is called
   * @param directory the batch's directory; null at EXIT
   * @param attempt from 1
   */
  record Subject(InstalledHook hook, Site site, @Nullable Path directory, int attempt) {

    HookWarning warning(
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
          nextStep);
    }
  }

  StagedOutputs outputs() {
    return outputs;
  }

  /** The call has ended; what a thread left behind by the hook writes or remarks now is refused. */
  void end() {
    ended = true;
  }

  /** The call has taken too long, and should end. */
  void cancel() {
    cancelled = true;
  }

  @Override
  public Logger logger() {
    return LoggerFactory.getLogger("hook." + subject.hook().id().replace('/', '.'));
  }

  @Override
  public int attempt() {
    return subject.attempt();
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public boolean isCancelled() {
    return ended || cancelled || isCancelled.getAsBoolean();
  }

  @Override
  public <T extends Record> T settings(Class<T> type) {
    var settings = subject.hook().settings();
    if (!type.isInstance(settings)) {
      throw new IllegalArgumentException(
          subject.hook().id() + " does not declare " + type.getName() + " in settings().");
    }
    return type.cast(settings);
  }

  @Override
  public ExtractedFiles extractedFiles() {
    return extractedFiles;
  }

  @Override
  public void warn(String message) {
    if (ended) {
      throw new IllegalStateException("The call of " + subject.hook().id() + " has ended.");
    }
    events.accept(
        new HostEvent.HookWarned(
            subject.warning(
                clock.instant(),
                HookWarning.Kind.REMARK,
                null,
                secrets.masked(String.valueOf(message)),
                "",
                "The hook went on.")));
  }

  @Override
  public Output output(String name) {
    var folder = subject.hook().outputFolder();
    return outputs.output(folder.isEmpty() ? name : folder + "/" + name);
  }
}
