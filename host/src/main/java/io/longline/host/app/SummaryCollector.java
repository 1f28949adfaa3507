package io.longline.host.app;

import io.longline.api.HookWarning;
import io.longline.api.Site;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.plugins.InstalledHook;
import io.longline.host.plugins.PluginProblem;
import io.longline.zeek.ReadReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Adds events up to a {@link HostSummary}. Thread-safe. */
final class SummaryCollector implements EventSink {

  /** A host that watches for months keeps so many of each kind of trouble, and the log has all. */
  private static final int MAX_KEPT = 10_000;

  private final Map<String, Integer> succeeded = new TreeMap<>();
  private final Map<String, Integer> failed = new TreeMap<>();
  private final Map<String, HostSummary.FailureKind> failures = new LinkedHashMap<>();
  private final Map<Path, ReadReport> damaged = new TreeMap<>();
  private final Map<String, String> rejected = new LinkedHashMap<>();
  private final List<Path> withoutLogs = new ArrayList<>();
  private final List<String> outputFailures = new ArrayList<>();
  private int accepted;
  private int finished;
  private final Set<Path> abandoned = new LinkedHashSet<>();
  private int known;
  private int done;
  private final Set<Path> waiting = new HashSet<>();
  private int dead;
  private final Map<Path, String> changed = new TreeMap<>();
  private int exitSucceeded;
  private int exitFailed;
  private int remarks;
  private final Map<String, String> pausedHooks = new TreeMap<>();
  private final Map<String, Integer> threadsGivenUp = new TreeMap<>();

  @Override
  public synchronized void accept(HostEvent event) {
    if (event instanceof HostEvent.CallEnded call) {
      count(call);
    } else if (event instanceof HostEvent.HookWarned warned) {
      countWarning(warned.warning());
    } else if (event instanceof HostEvent.BatchAccepted) {
      accepted++;
    } else if (event instanceof HostEvent.BatchFinished end) {
      // A batch that waited for a hook, and is done now, was told before.
      boolean didWait = waiting.remove(end.directory());
      finished += didWait ? 0 : 1;
      if (end.waitsForHooks()) {
        waiting.add(end.directory());
      }
    } else if (event instanceof HostEvent.BatchAbandoned left) {
      abandoned.add(left.directory());
    } else if (event instanceof HostEvent.BatchNamedAgain) {
      known++;
    } else if (event instanceof HostEvent.BatchKnown before) {
      done++;
      dead += before.dead();
    } else if (event instanceof HostEvent.CallDead) {
      dead++;
    } else if (event instanceof HostEvent.FilesChanged files) {
      keep(changed, files.directory(), String.join(", ", files.names()));
    } else if (event instanceof HostEvent.LogDamaged damage) {
      keep(damaged, damage.file(), damage.report());
    } else if (event instanceof HostEvent.PathRejected rejection) {
      keep(rejected, rejection.path(), rejection.reason());
    } else if (event instanceof HostEvent.FolderWithoutLogs folder) {
      if (withoutLogs.size() < MAX_KEPT) {
        withoutLogs.add(folder.folder());
      }
    } else if (event instanceof HostEvent.HookPaused paused) {
      pausedHooks.put(paused.hook(), paused.why());
    } else if (event instanceof HostEvent.ThreadGivenUp given) {
      threadsGivenUp.merge(given.hook(), 1, Integer::sum);
    } else if (event instanceof HostEvent.OutputNotEnded notEnded) {
      outputFailures.add(notEnded.reason());
    }
  }

  private static <K, V> void keep(Map<K, V> map, K key, V value) {
    if (map.size() < MAX_KEPT || map.containsKey(key)) {
      map.put(key, value);
    }
  }

  private void count(HostEvent.CallEnded call) {
    if (call.site() == Site.EXIT) {
      if (call.succeeded()) {
        exitSucceeded++;
      } else {
        exitFailed++;
      }
      return;
    }
    (call.succeeded() ? succeeded : failed).merge(call.hook(), 1, Integer::sum);
  }

  private void countWarning(HookWarning warning) {
    if (warning.kind() == HookWarning.Kind.REMARK) {
      remarks++;
      return;
    }
    var place =
        warning
            .stackTrace()
            .lines()
            .filter(line -> line.startsWith("    at "))
            .findFirst()
            .orElse("");
    var kind =
        new HostSummary.FailureKind(
            warning.hook(),
            warning.site().name(),
            Objects.requireNonNullElse(warning.errorClass(), ""),
            place.strip(),
            warning.message(),
            warning.logDirectory() == null ? "" : warning.logDirectory().toString(),
            1);
    var key = String.join("\n", kind.hook(), kind.site(), kind.errorClass(), kind.place());
    if (failures.size() < MAX_KEPT || failures.containsKey(key)) {
      failures.merge(key, kind, (first, next) -> first.oneMore());
    }
  }

  synchronized HostSummary summary(
      List<InstalledHook> hooks,
      List<PluginProblem> problems,
      Path output,
      Map<Path, Long> outputBytes,
      Duration took) {
    var damagedTexts = new LinkedHashMap<Path, String>();
    damaged.forEach((file, report) -> damagedTexts.put(file, report.summary()));
    return new HostSummary(
        accepted,
        finished,
        List.copyOf(abandoned),
        known,
        done,
        waiting.size(),
        dead,
        new TreeMap<>(changed),
        hooks.stream().map(InstalledHook::id).toList(),
        new TreeMap<>(succeeded),
        new TreeMap<>(failed),
        exitSucceeded,
        exitFailed,
        List.copyOf(failures.values()),
        remarks,
        new TreeMap<>(threadsGivenUp),
        new TreeMap<>(pausedHooks),
        damagedTexts,
        damaged.values().stream().mapToLong(ReadReport::badLines).sum(),
        new LinkedHashMap<>(rejected),
        List.copyOf(withoutLogs),
        problems,
        List.copyOf(outputFailures),
        output,
        outputBytes,
        took);
  }
}
