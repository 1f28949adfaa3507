package io.longline.host.app;

import io.longline.api.HookWarning;
import io.longline.host.call.CallReports;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.work.Committer;
import io.longline.zeek.ReadReport;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passes on the reports of calls that have not ended: remarks are recorded first, the rest become
 * events. Thread-safe.
 *
 * @param committer has remarks recorded
 * @param events receives everything else
 */
record HostReports(Committer committer, EventSink events) implements CallReports {

  @Override
  public void remarked(HookWarning remark) {
    committer.remark(remark);
  }

  @Override
  public void damaged(ReadReport report, List<String> hooks) {
    events.accept(new HostEvent.LogDamaged(Path.of(report.file()), report, hooks));
  }

  @Override
  public void hung(String hook, @Nullable Path directory) {
    events.accept(new HostEvent.ThreadGivenUp(hook, directory));
  }
}
