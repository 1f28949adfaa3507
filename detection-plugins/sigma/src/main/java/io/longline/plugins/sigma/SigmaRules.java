package io.longline.plugins.sigma;

import io.longline.api.HookContext;
import io.longline.api.Interest;
import io.longline.api.LogDirectory;
import io.longline.api.RecordHook;
import io.longline.api.RecordSink;
import io.longline.api.RowOutput;
import io.longline.zeek.LogRecord;
import io.longline.zeek.LogSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * Applies Sigma rules to each record by itself, and writes a row of the log {@code sigma} and a
 * finding for each hit. Rules are read from folders, and again when their files change. Its sinks
 * share nothing that changes.
 */
@Extension
public final class SigmaRules implements RecordHook {

  static final Interest IDLE = Interest.none("No folder of rules is named: set rules.");

  private final RuleSource<LoadedRules> source;

  /** What the host reads; null before it has asked. */
  private volatile @Nullable Interest read;

  /** A hook that has read no rules so far. */
  public SigmaRules() {
    this(System::nanoTime);
  }

  /** A hook with this clock, as {@link System#nanoTime}. */
  SigmaRules(LongSupplier nanoTime) {
    this.source = new RuleSource<>(SigmaRules::load, LoadedRules::readable, nanoTime);
  }

  private static LoadedRules load(SigmaSettings settings, RuleDocuments documents) {
    var hidden = CorrelationSet.hidden(settings, documents);
    return new LoadedRules(
        documents,
        RuleCompiler.compile(
            documents, header -> settings.uses(header) && !hidden.contains(header)),
        settings.record());
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
    return IDLE;
  }

  @Override
  public Interest interest(Record settings) {
    var own = (SigmaSettings) settings;
    var wanted = own.rules().isEmpty() ? IDLE : source.get(own).interest();
    read = wanted;
    return wanted;
  }

  @Override
  public RecordSink open(LogDirectory logs, HookContext context) {
    var settings = context.settings(SigmaSettings.class);
    var loaded = source.get(settings, read);
    loaded.report(context);
    return new Sink(loaded.set(), context, settings.record());
  }

  /** Applies the rules to the records of a batch; opens the output at the first hit. */
  private static final class Sink implements RecordSink {

    private final RuleSet rules;
    private final HookContext context;
    private final boolean hasRecord;
    private final LogSchema schema;
    private final List<Rule> hits = new ArrayList<>();
    private @Nullable LogRules log;
    private RuleProgram.@Nullable Run run;
    private @Nullable RowOutput output;
    private long suppressed;

    Sink(RuleSet rules, HookContext context, boolean hasRecord) {
      this.rules = rules;
      this.context = context;
      this.hasRecord = hasRecord;
      this.schema = Hit.schema(hasRecord);
    }

    @Override
    public void begin(String path) {
      log = rules.logs().get(path);
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
      if (!hits.isEmpty()) {
        report(run.values());
      }
    }

    private void report(Values values) throws IOException {
      for (var rule : hits) {
        var hit = new Hit(rule, values, Objects.requireNonNull(log).fields());
        if (hit.isSuppressed()) {
          suppressed++;
        } else {
          hit.writeTo(output().row(), hasRecord);
          context.finding(hit.finding());
        }
      }
    }

    private RowOutput output() throws IOException {
      var opened = output;
      if (opened == null) {
        opened = context.output("sigma").rows(schema);
        output = opened;
      }
      return opened;
    }

    @Override
    public void finish() {
      if (suppressed > 0) {
        context
            .logger()
            .info("{} hits of Sigma rules are suppressed by the site file.", suppressed);
      }
    }
  }
}
