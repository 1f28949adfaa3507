package io.longline.host.call;

import static java.util.stream.Collectors.toSet;

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

  /** The length of a name that is passed on; a log may have any name. */
  private static final int MAX_LENGTH = 100;

  private final CallReports reports;

  /** The ids of hooks whose logs have all been found. */
  private final Set<String> settled = ConcurrentHashMap.newKeySet();

  LogSightings(CallReports reports) {
    this.reports = reports;
  }

  /**
   * Looks for the logs that a hook requires.
   *
   * @param withRows the paths of logs that had rows; a stream of many logs does not say otherwise
   *     which logs it holds
   */
  void look(OpenCall open, LogDirectory logs, Set<String> withRows) {
    var call = open.call();
    if (settled.contains(call.hook().id())) {
      return;
    }
    var names = logs.logs().stream().map(LogFile::logPath).collect(toSet());
    var present = new HashSet<String>();
    var absent = new HashSet<String>();
    for (var log : interest(call.hook()).logs()) {
      if (!log.isOptional()) {
        boolean isThere = withRows.contains(log.path()) || names.contains(log.path());
        (isThere ? present : absent).add(log.path());
      }
    }
    if (absent.isEmpty()) {
      settled.add(call.hook().id());
    }
    if (!present.isEmpty() || !absent.isEmpty()) {
      var some =
          names.stream().filter(name -> name.length() <= MAX_LENGTH).limit(MAX_NAMES).toList();
      reports.sighted(call, open.token(), new LogSighting(present, absent, some));
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
