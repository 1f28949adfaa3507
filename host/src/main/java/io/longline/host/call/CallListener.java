package io.longline.host.call;

import io.longline.api.HookWarning;
import io.longline.host.output.OutputPart;
import io.longline.zeek.ReadReport;
import java.util.List;

/** Receives what calls in a process do before they end. Called by one thread at a time. */
public interface CallListener {

  /** A hook wrote this; it counts only if its call succeeds. */
  void wrote(String hook, OutputPart part);

  /** A thread of the process hangs in a hook, and was given up. */
  void hung(String hook);

  /** A hook remarked on something. */
  void remarked(HookWarning remark);

  /** Hooks, by id, found a log damaged. */
  void damaged(ReadReport report, List<String> hooks);
}
