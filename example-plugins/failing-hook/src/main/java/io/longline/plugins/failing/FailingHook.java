package io.longline.plugins.failing;

import io.longline.api.ExitHook;
import io.longline.api.HookContext;
import io.longline.api.LogDirectory;
import io.longline.api.LogHook;
import org.pf4j.Extension;

/** Fails on every directory and at EXIT, after it has written something that must not be kept. */
@Extension
public final class FailingHook implements LogHook, ExitHook {

  @Override
  public void process(LogDirectory logs, HookContext context) throws Exception {
    context.output("never").lines().line("This line is not kept, since the call fails.");
    throw new IllegalStateException("failing-hook fails on purpose");
  }

  @Override
  public void exit(HookContext context) throws Exception {
    context.warn("failing-hook remarks on something before it fails");
    throw new AssertionError("failing-hook fails at EXIT too");
  }
}
