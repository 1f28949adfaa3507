package io.longline.host.testing;

import io.longline.api.HookWarning;
import io.longline.host.call.Call;
import io.longline.host.call.CallReports;
import io.longline.host.call.LogSighting;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.zeek.ReadReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps all events. */
public final class RecordingEvents implements EventSink {

  private final List<HostEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void accept(HostEvent event) {
    events.add(event);
  }

  /** All events of a kind, in their order. */
  public <T extends HostEvent> List<T> of(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** All warnings. */
  public List<HookWarning> warnings() {
    return of(HostEvent.HookWarned.class).stream().map(HostEvent.HookWarned::warning).toList();
  }

  /** Keeps what calls report before they end as the events that the host makes of it. */
  public CallReports reports() {
    return new CallReports() {
      @Override
      public void remarked(HookWarning remark) {
        accept(new HostEvent.HookWarned(remark));
      }

      @Override
      public void sighted(Call call, long token, LogSighting sighting) {
        // No event comes of it.
      }

      @Override
      public void damaged(ReadReport report, List<String> hooks) {
        accept(new HostEvent.LogDamaged(Path.of(report.file()), report, hooks));
      }

      @Override
      public void hung(String hook, Path directory) {
        accept(new HostEvent.ThreadGivenUp(hook, directory));
      }
    };
  }
}
