package io.longline.plugins.sigma;

import io.longline.api.HookContext;
import io.longline.api.Interest;
import io.longline.api.LogDirectory;
import io.longline.api.Part;
import io.longline.api.RecordHook;
import io.longline.api.RecordSink;
import io.longline.api.Window;
import io.longline.api.WindowFacts;
import io.longline.api.WindowHook;
import io.longline.api.Windows;
import io.longline.zeek.LogRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * Applies Sigma's correlation rules: counts hits of rules within a span of event time, over all
 * batches. Its sinks share nothing that changes.
 */
@Extension
public final class SigmaCorrelations implements RecordHook, WindowHook {

  private final RuleSource<CorrelationSet> source;

  /** What the host reads; null before it has asked. */
  private volatile @Nullable Interest read;

  /** A hook that has read no rules so far. */
  public SigmaCorrelations() {
    this(System::nanoTime);
  }

  /** A hook with this clock, as {@link System#nanoTime}. */
  SigmaCorrelations(LongSupplier nanoTime) {
    this.source = new RuleSource<>(CorrelationSet::of, CorrelationSet::readable, nanoTime);
  }

  @Override
  public Class<? extends Record> settings() {
    return SigmaSettings.class;
  }

  @Override
  public int maxConcurrency() {
    return UNLIMITED;
  }

  @Override
  public Interest interest() {
    return SigmaRules.IDLE;
  }

  @Override
  public Interest interest(Record settings) {
    var own = (SigmaSettings) settings;
    var wanted = own.rules().isEmpty() ? SigmaRules.IDLE : source.get(own).interest();
    read = wanted;
    return wanted;
  }

  @Override
  public List<Windows> windows() {
    return CorrelationWindows.all();
  }

  @Override
  public RecordSink open(LogDirectory logs, HookContext context) {
    var set = source.get(context.settings(SigmaSettings.class), read);
    set.report(context);
    return new Sink(set, context.part());
  }

  private static final long FIRST_MICROS = micros("0001-01-01T00:00:00Z");
  private static final long END_MICROS = micros("9999-12-31T00:00:00Z");

  private static long micros(String instant) {
    return TimeUnit.SECONDS.toMicros(Instant.parse(instant).getEpochSecond());
  }

  /** Puts a fact for each hit and each correlation that counts it. */
  private static final class Sink implements RecordSink {

    private final CorrelationSet set;
    private final Part part;
    private final List<Rule> hits = new ArrayList<>();
    private @Nullable LogRules log;
    private RuleProgram.@Nullable Run run;

    Sink(CorrelationSet set, Part part) {
      this.set = set;
      this.part = part;
    }

    @Override
    public void begin(String path) {
      log = set.loaded().set().logs().get(path);
      run = log == null ? null : log.program().run();
    }

    @Override
    public void accept(LogRecord record) throws IOException {
      if (run == null) {
        // The rules for this log are gone since it was asked for.
        return;
      }
      hits.clear();
      run.apply(record, hits::add);
      for (var rule : hits) {
        var hit = new Hit(rule, run.values(), Objects.requireNonNull(log).fields());
        var micros = hit.micros();
        if (micros != null && isPossible(micros) && !hit.isSuppressed()) {
          put(hit, micros);
        }
      }
    }

    /** A part takes times of these years. */
    private static boolean isPossible(long micros) {
      return micros >= FIRST_MICROS && micros < END_MICROS;
    }

    private void put(Hit hit, long micros) throws IOException {
      for (var feed : set.feeds(hit.rule())) {
        var group = hit.texts(feed.group());
        var occurrence = hit.occurrence(feed);
        if (group != null && occurrence != null) {
          part.put(micros, new GroupKey(feed.correlation().key(), group).text(), occurrence);
        }
      }
    }
  }

  @Override
  public void close(Window window, WindowFacts facts, HookContext context) throws IOException {
    var set = source.get(context.settings(SigmaSettings.class), read);
    var step = CorrelationWindows.step(window);
    var rows = new CorrelationRows(context);
    while (facts.nextKey()) {
      var key = GroupKey.parse(facts.key());
      var correlation = set.byKey().get(key.correlation());
      if (correlation != null && correlation.step().equals(step)) {
        new GroupHistory(correlation, key, CorrelationWindows.lastStepMicros(window))
            .read(facts, rows);
      }
    }
  }
}
