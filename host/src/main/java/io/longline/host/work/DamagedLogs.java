package io.longline.host.work;

import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.zeek.ReadReport;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells of damaged logs: each once, although several hooks read it, and again only when a reader
 * found more than the ones before. Thread-safe.
 */
final class DamagedLogs {

  private final EventSink events;
  private final Map<String, Long> told = new HashMap<>();

  DamagedLogs(EventSink events) {
    this.events = events;
  }

  synchronized void accept(ReadReport report, String hook) {
    long found = report.badLines() + report.longRows() + (report.damage() == null ? 0 : 1);
    if (found > told.getOrDefault(report.file(), 0L)) {
      told.put(report.file(), found);
      events.accept(new HostEvent.LogDamaged(Path.of(report.file()), report, hook));
    }
  }
}
