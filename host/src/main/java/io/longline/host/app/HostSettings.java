package io.longline.host.app;

import io.longline.host.event.EventSink;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.PausePolicy;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.output.OutputFolder;
import io.longline.host.plugins.InstalledHook;
import io.longline.host.settings.SettingSources;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a host is to run. Immutable; made by {@link #builder}.
 *
 * @param plugins the folder of plugin jars
 * @param output the folder that outputs are written to; made if it is not there
 * @param ledger where batches and outcomes are recorded
 * @param mode what is done about directories that the ledger knows
 * @param retries when a failed call is tried again
 * @param waitsForRetries whether closing waits for calls that are to be tried again
 * @param lease for how long a batch is this host's without a sign of life
 * @param extracted where Zeek put extracted files; null for the folder {@code extract_files} in
 *     each log directory
 * @param workers how many threads call hooks, besides one for each isolated plugin
 * @param only ids of hooks, or of plugins for all their hooks: no others are called; empty for all
 * @param without ids of hooks, or of plugins, that are not called
 * @param strict whether any plugin problem keeps the host from starting
 * @param sources what people have written about plugins
 * @param hookTimeout how long a call may take, where nothing is said of its plugin
 * @param isolated plugins that run in processes of their own, besides those whose settings say so;
 *     {@code all} for all
 * @param pausing when a hook is paused that fails again and again
 * @param clock the time, and the zone that daily outputs go by
 * @param listeners are told what happens, on the threads where it does
 */
public record HostSettings(
    Path plugins,
    Path output,
    LedgerLocation ledger,
    BatchLedger.Mode mode,
    RetryPolicy retries,
    boolean waitsForRetries,
    Duration lease,
    @Nullable Path extracted,
    int workers,
    Set<String> only,
    Set<String> without,
    boolean strict,
    SettingSources sources,
    Duration hookTimeout,
    Set<String> isolated,
    PausePolicy pausing,
    Clock clock,
    List<EventSink> listeners) {

  /** Checks the parts and makes copies. */
  public HostSettings {
    Objects.requireNonNull(plugins, "plugins");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(clock, "clock");
    only = Set.copyOf(only);
    without = Set.copyOf(without);
    isolated = Set.copyOf(isolated);
    listeners = List.copyOf(listeners);
    if (workers < 1) {
      throw new IllegalArgumentException("workers is " + workers + "; there must be one at least.");
    }
  }

  /** Starts settings with these plugins and this output folder, and everything else by default. */
  public static Builder builder(Path plugins, Path output) {
    return new Builder(plugins, output);
  }

  /** Collects settings. Confined to one thread. */
  public static final class Builder {

    private final Path plugins;
    private final Path output;
    private @Nullable LedgerLocation ledger;
    private BatchLedger.Mode mode = BatchLedger.Mode.NEW_HOOKS;
    private RetryPolicy retries = new RetryPolicy(3, Duration.ofSeconds(1));
    private boolean waitsForRetries = true;
    private Duration lease = Duration.ofSeconds(60);
    private @Nullable Path extracted;
    private int workers = Runtime.getRuntime().availableProcessors();
    private Set<String> only = Set.of();
    private Set<String> without = Set.of();
    private boolean strict;
    private SettingSources sources = SettingSources.none();
    private Duration hookTimeout = InstalledHook.DEFAULT_TIMEOUT;
    private Set<String> isolated = Set.of();
    private PausePolicy pausing = PausePolicy.DEFAULT;
    private Clock clock = Clock.system(ZoneId.systemDefault());
    private List<EventSink> listeners = List.of();

    private Builder(Path plugins, Path output) {
      this.plugins = plugins;
      this.output = output;
    }

    /** Where batches and outcomes are recorded; by default in the output folder. */
    public Builder ledger(LedgerLocation ledger) {
      this.ledger = ledger;
      return this;
    }

    /** What is done about directories that the ledger knows; by default new hooks are called. */
    public Builder mode(BatchLedger.Mode mode) {
      this.mode = mode;
      return this;
    }

    /** When a failed call is tried again; by default after 1 and 2 seconds, three times in all. */
    public Builder retries(RetryPolicy retries) {
      this.retries = retries;
      return this;
    }

    /** Whether closing waits for calls that are to be tried again; yes by default. */
    public Builder waitsForRetries(boolean waitsForRetries) {
      this.waitsForRetries = waitsForRetries;
      return this;
    }

    /** For how long a batch is this host's without a sign of life; 60 seconds by default. */
    public Builder lease(Duration lease) {
      this.lease = lease;
      return this;
    }

    /**
     * Where Zeek put extracted files; null, the default, for {@code extract_files} in each
     * directory.
     */
    public Builder extracted(@Nullable Path extracted) {
      this.extracted = extracted;
      return this;
    }

    /** How many threads call hooks; by default as many as there are processors. */
    public Builder workers(int workers) {
      this.workers = workers;
      return this;
    }

    /** Calls these hooks only; empty, the default, for all. */
    public Builder only(Set<String> only) {
      this.only = only;
      return this;
    }

    /** Does not call these hooks. */
    public Builder without(Set<String> without) {
      this.without = without;
      return this;
    }

    /** Whether any plugin problem keeps the host from starting; no by default. */
    public Builder strict(boolean strict) {
      this.strict = strict;
      return this;
    }

    /** What people have written about plugins; nothing by default. */
    public Builder sources(SettingSources sources) {
      this.sources = sources;
      return this;
    }

    /** How long a call may take; 10 minutes by default. */
    public Builder hookTimeout(Duration hookTimeout) {
      this.hookTimeout = hookTimeout;
      return this;
    }

    /** Runs these plugins in processes of their own; {@code all} for all. */
    public Builder isolated(Set<String> isolated) {
      this.isolated = isolated;
      return this;
    }

    /** When a hook is paused; by default after failing on ten batches in a row, for a minute. */
    public Builder pausing(PausePolicy pausing) {
      this.pausing = pausing;
      return this;
    }

    /** The time, and the zone that daily outputs go by; by default the system's. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** Are told what happens. */
    public Builder listeners(List<EventSink> listeners) {
      this.listeners = listeners;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException if there are less than one worker
     */
    public HostSettings build() {
      return new HostSettings(
          plugins,
          output,
          ledger == null ? LedgerLocation.in(OutputFolder.stateIn(output)) : ledger,
          mode,
          retries,
          waitsForRetries,
          lease,
          extracted,
          workers,
          only,
          without,
          strict,
          sources,
          hookTimeout,
          isolated,
          pausing,
          clock,
          listeners);
    }
  }
}
