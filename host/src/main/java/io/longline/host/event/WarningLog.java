package io.longline.host.event;

import io.longline.api.HookWarning;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes warnings to the log, and a line for each finished batch. Thread-safe. */
public final class WarningLog implements EventSink {

  private static final Logger LOG = LoggerFactory.getLogger("longline");

  @Override
  public void accept(HostEvent event) {
    if (event instanceof HostEvent.HookWarned warned) {
      logWarning(warned.warning());
    } else if (event instanceof HostEvent.LogDamaged damaged) {
      LOG.warn("{}: {}", damaged.file(), damaged.report().summary());
    } else if (event instanceof HostEvent.PathRejected rejected) {
      LOG.warn("{}: {}", rejected.path(), rejected.reason());
    } else if (event instanceof HostEvent.BatchFinished finished) {
      LOG.info("Finished {}", finished.directory());
    } else if (event instanceof HostEvent.BatchKnown known) {
      LOG.info("{} was handed in before; nothing to do", known.directory());
    }
  }

  private static void logWarning(HookWarning warning) {
    var where = warning.logDirectory() == null ? "at EXIT" : "on " + warning.logDirectory();
    if (warning.kind() == HookWarning.Kind.REMARK) {
      LOG.warn("{} {} {}: {}", warning.hook(), warning.pluginVersion(), where, warning.message());
      return;
    }
    LOG.warn(
        "{} {} failed {} (attempt {}): {}: {}\n  {}\n{}",
        warning.hook(),
        warning.pluginVersion(),
        where,
        warning.attempt(),
        Objects.requireNonNullElse(warning.errorClass(), "error"),
        warning.message(),
        warning.nextStep(),
        warning.stackTrace());
  }
}
