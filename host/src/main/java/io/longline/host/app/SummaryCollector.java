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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Adds events up to a {@link HostSummary}. Thread-safe. */
final class SummaryCollector implements EventSink {

  private final List<InstalledHook> hooks;
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
  private int exitSucceeded;
  private int exitFailed;
  private int remarks;

  SummaryCollector(List<InstalledHook> hooks) {
    this.hooks = List.copyOf(hooks);
  }

  @Override
  public synchronized void accept(HostEvent event) {
    if (event instanceof HostEvent.RunEnded run) {
      countRun(run);
    } else if (event instanceof HostEvent.HookWarned warned) {
      countWarning(warned.warning());
    } else if (event instanceof HostEvent.BatchAccepted) {
      accepted++;
    } else if (event instanceof HostEvent.BatchFinished) {
      finished++;
    } else if (event instanceof HostEvent.BatchAbandoned left) {
      abandoned.add(left.directory());
    } else if (event instanceof HostEvent.BatchKnown) {
      known++;
    } else if (event instanceof HostEvent.LogDamaged damage) {
      damaged.put(damage.file(), damage.report());
    } else if (event instanceof HostEvent.PathRejected rejection) {
      rejected.put(rejection.path(), rejection.reason());
    } else if (event instanceof HostEvent.FolderWithoutLogs folder) {
      withoutLogs.add(folder.folder());
    } else if (event instanceof HostEvent.OutputNotEnded notEnded) {
      outputFailures.add(notEnded.reason());
    }
  }

  private void countRun(HostEvent.RunEnded run) {
    if (run.site() == Site.EXIT) {
      if (run.succeeded()) {
        exitSucceeded++;
      } else {
        exitFailed++;
      }
      return;
    }
    (run.succeeded() ? succeeded : failed).merge(run.hook(), 1, Integer::sum);
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
    failures.merge(key, kind, (first, next) -> first.oneMore());
  }

  synchronized HostSummary summary(
      List<PluginProblem> problems, Path output, Map<Path, Long> outputBytes, Duration took) {
    var damagedTexts = new LinkedHashMap<Path, String>();
    damaged.forEach((file, report) -> damagedTexts.put(file, report.summary()));
    return new HostSummary(
        accepted,
        finished,
        List.copyOf(abandoned),
        known,
        hooks.stream().map(InstalledHook::id).toList(),
        new TreeMap<>(succeeded),
        new TreeMap<>(failed),
        exitSucceeded,
        exitFailed,
        List.copyOf(failures.values()),
        remarks,
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
