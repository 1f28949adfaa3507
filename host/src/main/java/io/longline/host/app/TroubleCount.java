package io.longline.host.app;

import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.plugins.PluginProblem;
import io.longline.zeek.ReadReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects problems other than failed calls. Confined to the lock of {@link SummaryCollector}. */
final class TroubleCount implements EventSink {

  private final Map<String, Integer> threadsGivenUp = new TreeMap<>();
  private final Map<String, String> pausedHooks = new TreeMap<>();
  private final Map<Path, ReadReport> damagedLogs = new TreeMap<>();
  private final Map<Path, String> changedFiles = new TreeMap<>();
  private final Map<String, Integer> unreadLogs = new TreeMap<>();
  private final Map<Path, String> recognizedLogs = new TreeMap<>();
  private final Map<String, String> rejectedPaths = new LinkedHashMap<>();
  private final List<String> outputFailures = new ArrayList<>();

  @Override
  public void accept(HostEvent event) {
    if (event instanceof HostEvent.FilesChanged files) {
      KeptEntries.put(changedFiles, files.directory(), String.join(", ", files.names()));
    } else if (event instanceof HostEvent.LogRecognized log) {
      KeptEntries.put(recognizedLogs, log.file(), log.message());
    } else if (event instanceof HostEvent.LogUnread log) {
      KeptEntries.merge(unreadLogs, log.path(), 1, Integer::sum);
    } else if (event instanceof HostEvent.LogDamaged damage) {
      KeptEntries.put(damagedLogs, damage.file(), damage.report());
    } else if (event instanceof HostEvent.PathRejected rejection) {
      KeptEntries.put(rejectedPaths, rejection.path(), rejection.reason());
    } else if (event instanceof HostEvent.HookPaused paused) {
      pausedHooks.put(paused.hook(), paused.why());
    } else if (event instanceof HostEvent.ThreadGivenUp given) {
      threadsGivenUp.merge(given.hook(), 1, Integer::sum);
    } else if (event instanceof HostEvent.OutputNotEnded notEnded) {
      outputFailures.add(notEnded.reason());
    }
  }

  HostSummary.Troubles counted(List<PluginProblem> pluginProblems) {
    var damage = new LinkedHashMap<Path, String>();
    damagedLogs.forEach((file, report) -> damage.put(file, report.summary()));
    return new HostSummary.Troubles(
        new TreeMap<>(threadsGivenUp),
        new TreeMap<>(pausedHooks),
        damage,
        damagedLogs.values().stream().mapToLong(ReadReport::badLines).sum(),
        new TreeMap<>(changedFiles),
        new TreeMap<>(recognizedLogs),
        new TreeMap<>(unreadLogs),
        new LinkedHashMap<>(rejectedPaths),
        pluginProblems);
  }

  List<String> outputFailures() {
    return List.copyOf(outputFailures);
  }
}
