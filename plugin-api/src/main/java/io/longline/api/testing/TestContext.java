package io.longline.api.testing;

import io.longline.api.ExtractedFiles;
import io.longline.api.Finding;
import io.longline.api.Hook;
import io.longline.api.HookContext;
import io.longline.api.Output;
import io.longline.api.Part;
import io.longline.api.WindowHook;
import io.longline.api.internal.FactBounds;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The context of one call that a test makes. Confined to one thread. */
final class TestContext implements HookContext {

  private final Hook hook;
  private final TestOptions options;
  private final int attempt;
  private final TestOutputs outputs;
  private final @Nullable TestPart part;
  private final List<String> remarks = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private boolean ended;

  /**
   * A context.
   *
   * @param part where the hook may put facts; null where it may not
   */
  TestContext(
      Hook hook, TestOptions options, int attempt, TestOutputs outputs, @Nullable TestPart part) {
    this.hook = hook;
    this.options = options;
    this.attempt = attempt;
    this.outputs = outputs;
    this.part = part;
  }

  TestOutputs outputs() {
    return outputs;
  }

  List<String> remarks() {
    return remarks;
  }

  List<Finding> findings() {
    return findings;
  }

  /**
   * What the call has written. Nothing can be written or put any more.
   *
   * @throws IllegalStateException if a row was begun and not ended
   */
  Map<TestOutputs.Key, List<String>> complete() throws IOException {
    if (part != null) {
      part.end();
    }
    return outputs.complete();
  }

  /** Ends the call. */
  void end() {
    ended = true;
    outputs.end();
    if (part != null) {
      part.end();
    }
  }

  @Override
  public Logger logger() {
    return LoggerFactory.getLogger("hook." + hook.name());
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public Clock clock() {
    return options.clock();
  }

  @Override
  public boolean isCancelled() {
    return ended || options.isCancelled();
  }

  @Override
  public <T extends Record> T settings(Class<T> type) {
    if (hook.settings() != type) {
      throw new IllegalArgumentException(
          hook.name() + " does not declare " + type.getName() + " in settings().");
    }
    if (!type.isInstance(options.settings())) {
      throw new IllegalStateException(
          "The test gave no settings: call settings(new %s(…)) of the HookTester."
              .formatted(type.getSimpleName()));
    }
    return type.cast(options.settings());
  }

  @Override
  public ExtractedFiles extractedFiles() {
    return options.extractedFiles();
  }

  @Override
  public void warn(String message) {
    if (ended) {
      throw new IllegalStateException("The call of " + hook.name() + " has ended.");
    }
    remarks.add(message);
  }

  @Override
  public void finding(Finding finding) throws IOException {
    if (ended) {
      throw new IOException("The call of " + hook.name() + " has ended.");
    }
    findings.add(Objects.requireNonNull(finding, "finding"));
  }

  @Override
  public Output output(String name) {
    return outputs.output(name);
  }

  @Override
  public Part part() {
    if (part == null) {
      throw FactBounds.noPart(hook.name(), hook instanceof WindowHook);
    }
    return part;
  }
}
