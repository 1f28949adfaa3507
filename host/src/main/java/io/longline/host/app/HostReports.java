package io.longline.host.app;

import io.longline.api.HookWarning;
import io.longline.host.call.Call;
import io.longline.host.call.CallReports;
import io.longline.host.call.LogSighting;
import io.longline.host.call.MissingLogs;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.work.Committer;
import io.longline.zeek.ReadReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Passes on the reports of calls that have not ended: warnings are recorded first, the rest become
 * events; damaged logs are both. That a field or a log is missing is reported once for each hook.
 * Thread-safe.
 */
final class HostReports implements CallReports {

  /** How many missing fields are remembered; one that is forgotten is reported again. */
  private static final int MAX_MISSING_FIELDS = 1_000;

  private final Committer committer;
  private final EventSink events;
  private final MissingLogs missingLogs;

  /** The missing fields that were reported, each with its hook. */
  private final Map<String, Boolean> missingFields =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MAX_MISSING_FIELDS;
        }
      };

  /**
   * Passes on reports.
   *
   * @param committer has warnings recorded
   * @param events receives everything else
   * @param missingLogs finds out which logs no directory has
   */
  HostReports(Committer committer, EventSink events, MissingLogs missingLogs) {
    this.committer = committer;
    this.events = events;
    this.missingLogs = missingLogs;
  }

  @Override
  public void remarked(HookWarning remark) {
    if (remark.kind() == HookWarning.Kind.MISSING_FIELD && !isFirst(remark)) {
      return;
    }
    committer.remark(remark);
  }

  private boolean isFirst(HookWarning missing) {
    var key = String.join(" ", missing.hook(), missing.pluginVersion(), missing.message());
    synchronized (missingFields) {
      return missingFields.put(key, true) == null;
    }
  }

  @Override
  public void sighted(Call call, long token, LogSighting sighting) {
    missingLogs.take(call, sighting).forEach(committer::remark);
  }

  @Override
  public void damaged(ReadReport report, List<String> hooks) {
    var damaged = new HostEvent.LogDamaged(Path.of(report.file()), report, hooks);
    events.accept(damaged);
    committer.damaged(damaged);
  }

  @Override
  public void hung(String hook, @Nullable Path directory) {
    events.accept(new HostEvent.ThreadGivenUp(hook, directory));
  }
}
