package io.longline.host.call;

import io.longline.api.ExtractedFiles;
import io.longline.api.Finding;
import io.longline.api.HookContext;
import io.longline.api.Output;
import io.longline.api.Part;
import io.longline.api.RowOutput;
import io.longline.api.Site;
import io.longline.api.WindowHook;
import io.longline.api.internal.FactBounds;
import io.longline.api.internal.FindingRows;
import io.longline.host.output.StagedOutputs;
import io.longline.host.plugins.HookThread;
import io.longline.zeek.LogFormat;
import java.io.IOException;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The context of a hook during one call. Confined to the call's thread, except for {@link
 * #isCancelled()}.
 */
final class CallContext implements HookContext {

  private final Call call;
  private final StagedOutputs outputs;
  private final ExtractedFiles extractedFiles;
  private final Remarks remarks;
  private final Clock clock;
  private final BooleanSupplier isCancelled;
  private volatile boolean ended;
  private volatile boolean cancelled;
  private final LogFormat format;
  private @Nullable Part part;
  private @Nullable RowOutput findings;

  CallContext(
      Call call,
      StagedOutputs outputs,
      ExtractedFiles extractedFiles,
      Remarks remarks,
      Clock clock,
      BooleanSupplier isCancelled,
      LogFormat format) {
    this.call = call;
    this.outputs = outputs;
    this.extractedFiles = extractedFiles;
    this.remarks = remarks;
    this.clock = clock;
    this.isCancelled = isCancelled;
    this.format = format;
  }

  StagedOutputs outputs() {
    return outputs;
  }

  /** Ends the call; a thread left behind by the hook can no longer write or remark. */
  void end() {
    ended = true;
  }

  /** Reports how many remarks were left out; not while a lock is held, since it may wait. */
  void endRemarks() {
    remarks.end();
  }

  /** Asks the call to end, since it has taken too long. */
  void cancel() {
    cancelled = true;
  }

  @Override
  public Logger logger() {
    return HookThread.logger(call.hook().id());
  }

  @Override
  public int attempt() {
    return call.attempt();
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
    var settings = call.hook().settings();
    if (!type.isInstance(settings)) {
      throw new IllegalArgumentException(
          call.hook().id() + " does not declare " + type.getName() + " in settings().");
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
      throw new IllegalStateException("The call of " + call.hook().id() + " has ended.");
    }
    remarks.take(String.valueOf(message));
  }

  @Override
  public void finding(Finding finding) throws IOException {
    if (ended) {
      throw new IOException("The call of " + call.hook().id() + " has ended.");
    }
    var rows = findings;
    if (rows == null) {
      var window = call.window();
      var output = call.findings();
      rows =
          (window == null
                  ? outputs.output(output.output())
                  : outputs.outputOfWindow(output.output(), window.window().name()))
              .rows(FindingRows.schema(format));
      findings = rows;
    }
    call.findings().write(rows, finding);
  }

  @Override
  public Output output(String name) {
    var folder = call.hook().outputFolder();
    var full = folder.isEmpty() ? name : folder + "/" + name;
    var window = call.window();
    return window == null
        ? outputs.output(full)
        : outputs.outputOfWindow(full, window.window().name());
  }

  @Override
  public Part part() {
    var windows = call.hook().windows();
    if (windows == null || call.site() != Site.HOOK) {
      throw FactBounds.noPart(call.hook().id(), windows != null);
    }
    if (ended) {
      throw new IllegalStateException("The call of " + call.hook().id() + " has ended.");
    }
    if (part == null) {
      part = outputs.part(windows.panes(), ((WindowHook) call.hook().object()).combiner());
    }
    return part;
  }
}
