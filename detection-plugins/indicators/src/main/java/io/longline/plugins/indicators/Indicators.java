package io.longline.plugins.indicators;

import io.longline.api.HookContext;
import io.longline.api.Interest;
import io.longline.api.LogDirectory;
import io.longline.api.RecordHook;
import io.longline.api.RecordSink;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for indicators of compromise in logs: a row and a finding for each value that a feed has.
 * Thread-safe; all sinks share one index.
 */
@Extension
public final class Indicators implements RecordHook {

  private static final Logger LOG = LoggerFactory.getLogger(Indicators.class);

  private static final Interest IDLE =
      Interest.none(
          "No feed of indicators is named: set feeds in [plugins.indicators.settings] to files or folders.");

  private static final Interest EMPTY =
      Interest.none(
          "The feeds have no indicators. When they have some, start again for them to be used.");

  /** What is read of the logs, with the settings that the host has given. */
  private volatile @Nullable Watch watch;

  /**
   * Feeds, and what is read of logs for them.
   *
   * @param types the types that the logs are read for
   * @param plans what is read, by log
   * @param problems what could not be used at the start, until a call reports it
   */
  private record Watch(
      IndicatorsSettings settings,
      Feeds feeds,
      Set<IndicatorType> types,
      Map<String, LogPlan> plans,
      Queue<String> problems) {}

  @Override
  public Class<? extends Record> settings() {
    return IndicatorsSettings.class;
  }

  @Override
  public int maxConcurrency() {
    return UNLIMITED;
  }

  /** All logs in which any indicator may be. */
  @Override
  public Interest interest() {
    return LogPlan.interest(LogPlan.of(EnumSet.allOf(IndicatorType.class), List.of()).values());
  }

  @Override
  public Interest interest(Record settings) {
    var own = (IndicatorsSettings) settings;
    if (own.feeds().isEmpty()) {
      return IDLE;
    }
    var started = started(own);
    if (!started.plans().isEmpty()) {
      return LogPlan.interest(started.plans().values());
    }
    started.problems().forEach(LOG::warn);
    return EMPTY;
  }

  /** Reads the feeds once for the same settings. */
  private synchronized Watch started(IndicatorsSettings settings) {
    var known = watch;
    if (known != null && known.settings().equals(settings)) {
      return known;
    }
    var feeds = new Feeds(settings);
    feeds.check();
    var problems = new ConcurrentLinkedQueue<String>();
    var types = feeds.content(Clock.systemUTC(), problems::add).index().types();
    var started = new Watch(settings, feeds, types, LogPlan.of(types, settings.notIn()), problems);
    watch = started;
    return started;
  }

  @Override
  public RecordSink open(LogDirectory logs, HookContext context) throws Exception {
    var started = started(context.settings(IndicatorsSettings.class));
    for (var problem = started.problems().poll();
        problem != null;
        problem = started.problems().poll()) {
      context.warn(problem);
    }
    var content = started.feeds().content(context.clock(), context::warn);
    warnOfNewTypes(started, content.index().types(), context);
    return new IndicatorSink(content, started.plans(), context);
  }

  /** The logs that are read stay those of the start. */
  private static void warnOfNewTypes(Watch started, Set<IndicatorType> now, HookContext context) {
    var added = EnumSet.noneOf(IndicatorType.class);
    added.addAll(now);
    added.removeAll(started.types());
    var read = Places.of(started.types(), started.settings().notIn());
    added.removeIf(type -> read.containsAll(Places.of(Set.of(type), started.settings().notIn())));
    if (!added.isEmpty()) {
      context.warn(
          "The feeds now have indicators of types that they did not have at the start: %s. They are looked for after a restart."
              .formatted(added));
    }
  }
}
