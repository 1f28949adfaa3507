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

  /** A hook remarked on something, or misses a field in a log. */
  void remarked(HookWarning remark);

  /** The call of a hook, by id, has looked which of the logs that it requires there are. */
  void sighted(String hook, LogSighting sighting);

  /** Hooks, by id, found a log damaged. */
  void damaged(ReadReport report, List<String> hooks);
}
