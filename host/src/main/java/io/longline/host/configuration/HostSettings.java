package io.longline.host.configuration;

import io.longline.host.event.EventSink;
import io.longline.host.files.FileAccess;
import io.longline.host.intake.LogNames;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.PausePolicy;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.output.OutputFolder;
import io.longline.host.plugins.HookOptions;
import io.longline.host.settings.SettingSources;
import io.longline.host.trust.PluginTrust;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a host is started with. Immutable; made by {@link #builder}, since there may be more
 * components one day, in the parts too.
 *
 * @param folders where plugins, outputs and extracted files are
 * @param queue the ledger, and how the host uses it
 * @param retrying what happens to calls that fail
 * @param calling how hooks are called
 * @param plugins which hooks are called, and with what settings
 * @param closing when windows are closed
 * @param clock the time, and the zone that daily outputs go by
 * @param listeners receive the events of the host, on the threads where they happen
 */
public record HostSettings(
    Folders folders,
    Queue queue,
    Retrying retrying,
    Calling calling,
    Plugins plugins,
    Closing closing,
    Clock clock,
    List<EventSink> listeners) {

  /** Makes a copy of the listeners. */
  public HostSettings {
    Objects.requireNonNull(clock, "clock");
    listeners = List.copyOf(listeners);
  }

  /**
   * The folders of a host. Immutable.
   *
   * @param plugins the folder of plugin jars
   * @param output the folder that outputs are written to; created if it does not exist
   * @param extracted where Zeek put extracted files; null for the folder {@code extract_files} in
   *     each log directory
   * @param outputAccess who may read the outputs
   * @param windows the folder for parts and for the outputs of windows, which hosts with the same
   *     ledger share; null for the output folder
   */
  public record Folders(
      Path plugins,
      Path output,
      @Nullable Path extracted,
      FileAccess outputAccess,
      @Nullable Path windows) {

    /** Folders without a folder for windows. */
    public Folders(Path plugins, Path output, @Nullable Path extracted, FileAccess outputAccess) {
      this(plugins, output, extracted, outputAccess, null);
    }

    /** Folders whose outputs the group may read. */
    public Folders(Path plugins, Path output, @Nullable Path extracted) {
      this(plugins, output, extracted, FileAccess.GROUP);
    }

    /** The folder for parts and for the outputs of windows. */
    public Path ofWindows() {
      return windows == null ? output : windows;
    }

    /** Checks the parts. */
    public Folders {
      Objects.requireNonNull(plugins, "plugins");
      Objects.requireNonNull(output, "output");
      Objects.requireNonNull(outputAccess, "outputAccess");
    }
  }

  /**
   * The queue of a host, which is its ledger. Immutable.
   *
   * @param ledger where batches and outcomes are recorded
   * @param mode what is done about directories that the ledger knows
   * @param lease how long a batch belongs to this host without a sign of life from it
   * @param logNames which names the logs have that are put into it
   */
  public record Queue(
      LedgerLocation ledger, BatchLedger.Mode mode, Duration lease, LogNames logNames) {}

  /**
   * When windows are closed whose end event time has not passed. Immutable.
   *
   * @param atEnd whether all are closed when the host has finished its queue and closes
   * @param idle those of a hook are closed when it has got no fact for so long; null for never
   */
  public record Closing(boolean atEnd, @Nullable Duration idle) {}

  /**
   * What happens to calls that fail. Immutable.
   *
   * @param policy when a failed call is attempted again
   * @param waits whether closing the host waits for calls that are to be attempted again
   * @param pausing when a hook that fails again and again is paused
   */
  public record Retrying(RetryPolicy policy, boolean waits, PausePolicy pausing) {}

  /**
   * How hooks are called. Immutable.
   *
   * @param workers how many threads call hooks, besides one for each isolated plugin; at least 1
   * @param timeout how long a call may take, if nothing else is set for the plugin
   * @param isolated ids of plugins that run in processes of their own, besides those whose settings
   *     say so; {@value #ALL} for all
   * @param isFindingsJson whether the log of findings is JSON, and not Zeek's own format
   */
  public record Calling(
      int workers, Duration timeout, Set<String> isolated, boolean isFindingsJson) {

    /** Stands for all plugins. */
    public static final String ALL = "all";

    /** Checks the parts and makes a copy. */
    public Calling {
      isolated = Set.copyOf(isolated);
      if (workers < 1) {
        throw new IllegalArgumentException("workers is " + workers + "; it must be at least 1.");
      }
    }

    /** Whether the hooks of a plugin run in a process of their own, whatever its settings say. */
    public boolean isIsolated(String plugin) {
      return isolated.contains(plugin) || isolated.contains(ALL);
    }
  }

  /**
   * Which hooks are called, and with what settings. Immutable.
   *
   * @param selection the hooks that are called
   * @param strict whether any plugin problem prevents the start
   * @param trust which jars are loaded
   * @param sources what people have written about plugins
   */
  public record Plugins(
      HookSelection selection, boolean strict, PluginTrust trust, SettingSources sources) {}

  /** Starts settings with these plugins and this output folder, and the default for the rest. */
  public static Builder builder(Path plugins, Path output) {
    return new Builder(
        new HostSettings(
            new Folders(plugins, output, null, FileAccess.GROUP),
            new Queue(
                LedgerLocation.in(OutputFolder.stateIn(output)),
                BatchLedger.Mode.NEW_HOOKS,
                Duration.ofSeconds(60),
                LogNames.KNOWN),
            new Retrying(RetryPolicy.DEFAULT, true, PausePolicy.DEFAULT),
            new Calling(
                Runtime.getRuntime().availableProcessors(),
                HookOptions.DEFAULT_TIMEOUT,
                Set.of(),
                false),
            new Plugins(HookSelection.ALL, false, PluginTrust.ANY, SettingSources.none()),
            new Closing(true, null),
            Clock.system(ZoneId.systemDefault()),
            List.of()));
  }

  /** Starts settings that are like these until something is changed. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Collects settings. Confined to one thread. */
  public static final class Builder {

    private Folders folders;
    private Queue queue;
    private Retrying retrying;
    private Calling calling;
    private Plugins plugins;
    private Closing closing;
    private Clock clock;
    private List<EventSink> listeners;

    private Builder(HostSettings start) {
      this.folders = start.folders();
      this.queue = start.queue();
      this.retrying = start.retrying();
      this.calling = start.calling();
      this.plugins = start.plugins();
      this.closing = start.closing();
      this.clock = start.clock();
      this.listeners = start.listeners();
    }

    /**
     * Where Zeek put extracted files; null, the default, for {@code extract_files} in each
     * directory.
     */
    public Builder extracted(@Nullable Path extracted) {
      folders =
          new Folders(
              folders.plugins(),
              folders.output(),
              extracted,
              folders.outputAccess(),
              folders.windows());
      return this;
    }

    /** Who may read the outputs, whatever the umask is; by default the owner and the group. */
    public Builder outputAccess(FileAccess access) {
      folders =
          new Folders(
              folders.plugins(), folders.output(), folders.extracted(), access, folders.windows());
      return this;
    }

    /**
     * The folder for parts and for the outputs of windows; null, the default, for the output
     * folder. Hosts that use the same ledger need one that all of them see.
     */
    public Builder windows(@Nullable Path folder) {
      folders =
          new Folders(
              folders.plugins(),
              folders.output(),
              folders.extracted(),
              folders.outputAccess(),
              folder);
      return this;
    }

    /** When windows are closed besides by event time; by default when the host closes. */
    public Builder closing(Closing closing) {
      this.closing = closing;
      return this;
    }

    /** Whether the log of findings is JSON; by default it has Zeek's own format. */
    public Builder findingsJson(boolean isJson) {
      calling = new Calling(calling.workers(), calling.timeout(), calling.isolated(), isJson);
      return this;
    }

    /** Where batches and outcomes are recorded; by default in the output folder. */
    public Builder ledger(LedgerLocation ledger) {
      queue = new Queue(ledger, queue.mode(), queue.lease(), queue.logNames());
      return this;
    }

    /** What is done about directories that the ledger knows; by default new hooks are called. */
    public Builder mode(BatchLedger.Mode mode) {
      queue = new Queue(queue.ledger(), mode, queue.lease(), queue.logNames());
      return this;
    }

    /** How long a batch belongs to this host without a sign of life; 60 seconds by default. */
    public Builder lease(Duration lease) {
      queue = new Queue(queue.ledger(), queue.mode(), lease, queue.logNames());
      return this;
    }

    /** Which names logs have; by default those that are known. */
    public Builder logNames(LogNames logNames) {
      queue = new Queue(queue.ledger(), queue.mode(), queue.lease(), logNames);
      return this;
    }

    /** When a failed call is attempted again; by default after 1 and 2 seconds, 3 attempts. */
    public Builder retries(RetryPolicy policy) {
      retrying = new Retrying(policy, retrying.waits(), retrying.pausing());
      return this;
    }

    /** Whether closing waits for calls that are to be attempted again; yes by default. */
    public Builder waitsForRetries(boolean waits) {
      retrying = new Retrying(retrying.policy(), waits, retrying.pausing());
      return this;
    }

    /** When a hook is paused; by default after failing on 10 batches in a row, for a minute. */
    public Builder pausing(PausePolicy pausing) {
      retrying = new Retrying(retrying.policy(), retrying.waits(), pausing);
      return this;
    }

    /**
     * How many threads call hooks; by default as many as there are processors.
     *
     * @throws IllegalArgumentException if there is not at least one
     */
    public Builder workers(int workers) {
      calling =
          new Calling(workers, calling.timeout(), calling.isolated(), calling.isFindingsJson());
      return this;
    }

    /** How long a call may take; 10 minutes by default. */
    public Builder hookTimeout(Duration timeout) {
      calling =
          new Calling(calling.workers(), timeout, calling.isolated(), calling.isFindingsJson());
      return this;
    }

    /** Runs these plugins in processes of their own; {@value Calling#ALL} for all. */
    public Builder isolated(Set<String> isolated) {
      calling =
          new Calling(calling.workers(), calling.timeout(), isolated, calling.isFindingsJson());
      return this;
    }

    /** Calls only these hooks; empty, the default, for all. */
    public Builder only(Set<String> only) {
      return selection(new HookSelection(only, plugins.selection().without()));
    }

    /** Does not call these hooks. */
    public Builder without(Set<String> without) {
      return selection(new HookSelection(plugins.selection().only(), without));
    }

    private Builder selection(HookSelection selection) {
      plugins = new Plugins(selection, plugins.strict(), plugins.trust(), plugins.sources());
      return this;
    }

    /** Whether any plugin problem prevents the start; no by default. */
    public Builder strict(boolean strict) {
      plugins = new Plugins(plugins.selection(), strict, plugins.trust(), plugins.sources());
      return this;
    }

    /** Which jars are loaded; any by default. */
    public Builder trust(PluginTrust trust) {
      plugins = new Plugins(plugins.selection(), plugins.strict(), trust, plugins.sources());
      return this;
    }

    /** What people have written about plugins; nothing by default. */
    public Builder sources(SettingSources sources) {
      plugins = new Plugins(plugins.selection(), plugins.strict(), plugins.trust(), sources);
      return this;
    }

    /** The time, and the zone that daily outputs go by; those of the system by default. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** Receive the events of the host. */
    public Builder listeners(List<EventSink> listeners) {
      this.listeners = List.copyOf(listeners);
      return this;
    }

    /** The settings. */
    public HostSettings build() {
      return new HostSettings(
          folders, queue, retrying, calling, plugins, closing, clock, listeners);
    }
  }
}
