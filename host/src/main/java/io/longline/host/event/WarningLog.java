package io.longline.host.event;

import io.longline.api.HookWarning;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes warnings to the log, and a line for each finished batch. A failure has its stack trace; if
 * the next attempt fails in the same way, that is one line. Paths that cannot be used are not in
 * it: who named them gets the answer. Thread-safe.
 */
public final class WarningLog implements EventSink {

  private static final Logger LOG = LoggerFactory.getLogger("longline");

  private static final int MAX_REMEMBERED = 10_000;

  private final FailureTraces traces = new FailureTraces(MAX_REMEMBERED);

  @Override
  public void accept(HostEvent event) {
    if (event instanceof HostEvent.HookWarned warned) {
      logWarning(warned.warning());
    } else if (event instanceof HostEvent.CallEnded ended && ended.succeeded()) {
      traces.forget(ended.hook(), ended.directory());
    } else if (event instanceof HostEvent.CallDead dead) {
      traces.forget(dead.hook(), dead.directory());
    } else if (event instanceof HostEvent.CallLost lost) {
      LOG.warn(
          "{} on {}: another host took the batch over, since this one gave no sign of life in time; its result here does not count",
          lost.hook(),
          line(lost.directory()));
    } else {
      logDirectories(event);
      logPlugins(event);
    }
  }

  private static void logDirectories(HostEvent event) {
    if (event instanceof HostEvent.LogDamaged damaged) {
      LOG.warn(
          "{}, read by {}: {}",
          line(damaged.file()),
          String.join(", ", damaged.hooks()),
          line(damaged.report().summary()));
    } else if (event instanceof HostEvent.BatchFinished finished) {
      LOG.info("Finished {}", line(finished.directory()));
    } else if (event instanceof HostEvent.BatchUnavailable batch) {
      LOG.warn(
          "{} cannot be processed: {} No hook was charged. Hand it in again, or replay it, once its logs are there",
          line(batch.directory()),
          line(batch.why()));
    } else if (event instanceof HostEvent.BatchKnown known) {
      LOG.info("{} was done before; nothing to do", line(known.directory()));
    } else if (event instanceof HostEvent.LogRecognized log) {
      LOG.atLevel(log.isDoubtful() ? Level.WARN : Level.INFO)
          .log("{}: {}", line(log.file()), line(log.message()));
    } else if (event instanceof HostEvent.FilesChanged changed) {
      LOG.warn(
          "{}: changed after they were processed, and left as they are: {}. To process the directory again, have the ledger forget it, and submit it",
          line(changed.directory()),
          line(String.join(", ", changed.names())));
    }
  }

  private static void logPlugins(HostEvent event) {
    if (event instanceof HostEvent.HookPaused paused) {
      LOG.warn(
          "{} is paused until {}, and its calls wait. {} Once it is fixed, resume it",
          paused.hook(),
          paused.until(),
          line(paused.why()));
    } else if (event instanceof HostEvent.PluginTroubled troubled) {
      LOG.warn(
          "{}: {}: {} {}",
          line(troubled.file()),
          troubled.code(),
          line(troubled.reason()),
          troubled.running().isEmpty()
              ? "No version of it runs."
              : troubled.running() + " continues to run.");
    } else if (event instanceof HostEvent.PluginPassedOver passed) {
      LOG.warn("{}: {}", line(passed.file()), line(passed.reason()));
    } else if (event instanceof HostEvent.PluginChanged changed) {
      LOG.info(
          "{}: version before: {}, now: {}",
          changed.plugin(),
          changed.before().isEmpty() ? "none" : changed.before(),
          changed.now().isEmpty() ? "none" : changed.now());
    }
  }

  private static String line(Object text) {
    return PrintableText.line(text.toString());
  }

  private static String where(HookWarning warning) {
    if (warning.window() != null) {
      return "in the window " + warning.window();
    }
    return warning.logDirectory() == null ? "at EXIT" : "on " + line(warning.logDirectory());
  }

  private void logWarning(HookWarning warning) {
    var where = where(warning);
    if (warning.kind() == HookWarning.Kind.REMARK) {
      LOG.warn(
          "{} {} {}: {}", warning.hook(), warning.pluginVersion(), where, line(warning.message()));
      return;
    }
    if (warning.kind() != HookWarning.Kind.FAILED) {
      LOG.warn(
          "{} {}{} misses something: {} {}",
          warning.hook(),
          warning.pluginVersion(),
          warning.logDirectory() == null ? "" : " " + where,
          line(warning.message()),
          line(warning.nextStep()));
      return;
    }
    if (traces.isLikeTheLast(warning)) {
      LOG.warn(
          "{} {} failed {}: attempt {} failed in the same way: {}: {} {}",
          warning.hook(),
          warning.pluginVersion(),
          where,
          warning.attempt(),
          Objects.requireNonNullElse(warning.errorClass(), "error"),
          line(warning.message()),
          line(warning.nextStep()));
      return;
    }
    LOG.warn(
        "{} {} failed {} (attempt {}): {}: {}\n  {}\n{}",
        warning.hook(),
        warning.pluginVersion(),
        where,
        warning.attempt(),
        Objects.requireNonNullElse(warning.errorClass(), "error"),
        line(warning.message()),
        line(warning.nextStep()),
        PrintableText.lines(warning.stackTrace()));
  }
}
