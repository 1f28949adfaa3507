package io.longline.host.call;

import io.longline.api.Interest;
import io.longline.api.LogDirectory;
import io.longline.host.plugins.CalledHook;
import io.longline.zeek.LogFile;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reports which directories have the logs that hooks require, until a directory had all of them.
 * Thread-safe.
 */
final class LogSightings {

  /** The number of a directory's logs that are named. */
  private static final int MAX_NAMES = 100;

  private final CallReports reports;

  /** The ids of hooks whose logs have all been found. */
  private final Set<String> settled = ConcurrentHashMap.newKeySet();

  LogSightings(CallReports reports) {
    this.reports = reports;
  }

  /** Looks for the logs that a hook requires. */
  void look(OpenCall open, LogDirectory logs) {
    var call = open.call();
    if (settled.contains(call.hook().id())) {
      return;
    }
    var present = new HashSet<String>();
    var absent = new HashSet<String>();
    for (var log : interest(call.hook()).logs()) {
      if (!log.isOptional()) {
        (logs.logs(log.path()).isEmpty() ? absent : present).add(log.path());
      }
    }
    if (absent.isEmpty()) {
      settled.add(call.hook().id());
    }
    if (!present.isEmpty() || !absent.isEmpty()) {
      var names = logs.logs().stream().map(LogFile::logPath).distinct().limit(MAX_NAMES).toList();
      reports.sighted(call, open.token(), new LogSighting(present, absent, names));
    }
  }

  private static Interest interest(CalledHook hook) {
    return Objects.requireNonNull(hook.interest(), "interest");
  }

  /** Forgets a hook, whose next version may require other logs. */
  void forget(CalledHook hook) {
    settled.remove(hook.id());
  }
}
