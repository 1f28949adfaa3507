package io.longline.plugins.firstseen;

import io.longline.api.Combiner;
import io.longline.api.HookContext;
import io.longline.api.Interest;
import io.longline.api.LogDirectory;
import io.longline.api.RecordHook;
import io.longline.api.RecordSink;
import io.longline.api.Window;
import io.longline.api.WindowFacts;
import io.longline.api.WindowHook;
import io.longline.api.Windows;
import io.longline.zeek.LogFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.pf4j.Extension;

/**
 * Records when hosts, names, user agents and the like were seen for the first time, over all
 * directories. Stateless; may be called by any number of threads.
 */
@Extension
public final class FirstSeen implements RecordHook, WindowHook {

  @Override
  public Class<? extends Record> settings() {
    return FirstSeenSettings.class;
  }

  @Override
  public int maxConcurrency() {
    return UNLIMITED;
  }

  @Override
  public Interest interest() {
    return interest(EnumSet.allOf(Kind.class));
  }

  @Override
  public Interest interest(Record settings) {
    var own = (FirstSeenSettings) settings;
    own.checkFiles();
    return own.recorded().isEmpty()
        ? Interest.none("No kind of values is named in the setting kinds.")
        : interest(own.recorded());
  }

  private static Interest interest(Set<Kind> kinds) {
    var paths = kinds.stream().map(Kind::log).toList();
    var wanted = new ArrayList<LogFields>();
    wanted.add(ConnectionValues.CONN);
    TextValues.LOGS.forEach(log -> wanted.add(log.fields()));
    wanted.removeIf(fields -> !paths.contains(fields.path()));
    var interest = Interest.in(wanted.get(0)).inAnyOrder().ifPresent();
    for (var fields : wanted.subList(1, wanted.size())) {
      interest = interest.andIn(fields).inAnyOrder().ifPresent();
    }
    return interest;
  }

  /** What is new depends on all that was before: there is one window. */
  @Override
  public List<Windows> windows() {
    return List.of(Windows.wholeRun());
  }

  @Override
  public Combiner combiner() {
    return Combiner.of(Seen.class, Seen::plus);
  }

  @Override
  public RecordSink open(LogDirectory logs, HookContext context) {
    var settings = context.settings(FirstSeenSettings.class);
    var kinds = settings.recorded();
    var values = new SeenValues(context.part(), kinds);
    var sink = new FirstSeenSink(values);
    sink.add(
        ConnectionValues.CONN.path(),
        ConnectionValues.TS,
        new ConnectionValues(values, kinds, settings.internalRanges()));
    for (var log : TextValues.LOGS) {
      sink.add(log.path(), log.time(), new TextValues(log, values, kinds));
    }
    return sink;
  }

  @Override
  public void close(Window window, WindowFacts facts, HookContext context) throws Exception {
    var settings = context.settings(FirstSeenSettings.class);
    var report = new FirstSeenReport(settings, settings.allowList(context::warn), context);
    var episodes = new Episodes(report.leastGap());
    while (facts.nextKey()) {
      var key = facts.key();
      if (key.startsWith(SeenValues.START)) {
        report.start(Kind.ofLetter(key.charAt(1)), earliest(facts));
        continue;
      }
      episodes.clear();
      while (facts.next()) {
        episodes.add(facts.value(Seen.class));
      }
      report.write(Kind.ofLetter(key.charAt(0)), key.substring(1), episodes.joined());
    }
    report.complete();
  }

  private static long earliest(WindowFacts facts) throws IOException {
    long earliest = Long.MAX_VALUE;
    while (facts.next()) {
      earliest = Math.min(earliest, facts.value(Seen.class).first());
    }
    return earliest;
  }
}
