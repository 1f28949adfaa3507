package io.longline.host.app;

import io.longline.api.HookWarning;
import io.longline.api.Site;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.plugins.CalledHook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Counts the calls of hooks. Confined to the lock of {@link SummaryCollector}. */
final class CallCount implements EventSink {

  private final Map<String, Integer> succeeded = new TreeMap<>();
  private final Map<String, Integer> failed = new TreeMap<>();
  private final Map<String, HostSummary.FailureKind> failures = new LinkedHashMap<>();
  private int exitsSucceeded;
  private int exitsFailed;
  private int deadLetters;
  private int remarks;
  private final List<HostSummary.Missing> missing = new ArrayList<>();

  @Override
  public void accept(HostEvent event) {
    if (event instanceof HostEvent.CallEnded call) {
      countCall(call);
    } else if (event instanceof HostEvent.CallDead) {
      deadLetters++;
    } else if (event instanceof HostEvent.BatchKnown known) {
      deadLetters += known.dead();
    } else if (event instanceof HostEvent.HookWarned warned) {
      countWarning(warned.warning());
    }
  }

  private void countCall(HostEvent.CallEnded call) {
    if (call.site() != Site.EXIT) {
      (call.succeeded() ? succeeded : failed).merge(call.hook(), 1, Integer::sum);
    } else if (call.succeeded()) {
      exitsSucceeded++;
    } else {
      exitsFailed++;
    }
  }

  private void countWarning(HookWarning warning) {
    switch (warning.kind()) {
      case REMARK -> remarks++;
      case MISSING_FIELD, MISSING_LOG ->
          missing.add(
              new HostSummary.Missing(warning.hook(), warning.message(), warning.nextStep()));
      case FAILED -> countFailure(warning);
    }
  }

  private void countFailure(HookWarning warning) {
    var kind = kind(warning);
    var key = String.join("\n", kind.hook(), kind.site(), kind.errorClass(), kind.place());
    KeptEntries.merge(failures, key, kind, (first, next) -> first.oneMore());
  }

  private static String window(HookWarning warning) {
    return warning.window() == null ? "" : "the window " + warning.window();
  }

  private static HostSummary.FailureKind kind(HookWarning warning) {
    var directory = warning.logDirectory();
    return new HostSummary.FailureKind(
        warning.hook(),
        warning.site().name(),
        Objects.requireNonNullElse(warning.errorClass(), ""),
        firstFrame(warning.stackTrace()),
        warning.message(),
        directory == null ? window(warning) : directory.toString(),
        1);
  }

  private static String firstFrame(String stackTrace) {
    return stackTrace
        .lines()
        .filter(line -> line.startsWith("    at "))
        .findFirst()
        .orElse("")
        .strip();
  }

  HostSummary.Calls counted(List<CalledHook> hooks, Map<String, String> idle) {
    return new HostSummary.Calls(
        hooks.stream().map(CalledHook::id).toList(),
        idle,
        new TreeMap<>(succeeded),
        new TreeMap<>(failed),
        new HostSummary.Exits(exitsSucceeded, exitsFailed),
        deadLetters,
        List.copyOf(failures.values()),
        remarks,
        List.copyOf(missing));
  }
}
