package io.longline.host.app;

import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.plugins.PluginCatalog;
import io.longline.host.plugins.PluginProblem;

/** Reports jars that are not loaded, since others have newer versions. */
final class PassedOver {

  private PassedOver() {}

  /** Reports those of a catalog. */
  static void report(PluginCatalog catalog, EventSink events) {
    catalog.problems().stream()
        .filter(problem -> problem.code().isNotice())
        .forEach(problem -> events.accept(event(problem)));
  }

  /** The report of one of them. */
  static HostEvent event(PluginProblem problem) {
    return new HostEvent.PluginPassedOver(
        problem.file(), problem.plugin(), problem.sentence() + " " + problem.remedy());
  }
}
