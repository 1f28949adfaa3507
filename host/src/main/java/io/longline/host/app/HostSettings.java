package io.longline.host.app;

import io.longline.host.event.EventSink;
import java.nio.file.Path;
import java.time.Clock;
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
 * @param append whether outputs that are there already may be added to
 * @param extracted where Zeek put extracted files; null for the folder {@code extract_files} in
 *     each log directory
 * @param workers how many threads call hooks
 * @param only ids of hooks, or of plugins for all their hooks: no others are called; empty for all
 * @param without ids of hooks, or of plugins, that are not called
 * @param strict whether any plugin problem keeps the host from starting
 * @param clock the time, and the zone that daily outputs go by
 * @param listeners are told what happens, on the threads where it does
 */
public record HostSettings(
    Path plugins,
    Path output,
    boolean append,
    @Nullable Path extracted,
    int workers,
    Set<String> only,
    Set<String> without,
    boolean strict,
    Clock clock,
    List<EventSink> listeners) {

  /** Checks the parts and makes copies. */
  public HostSettings {
    Objects.requireNonNull(plugins, "plugins");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(clock, "clock");
    only = Set.copyOf(only);
    without = Set.copyOf(without);
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
    private boolean append;
    private @Nullable Path extracted;
    private int workers = Runtime.getRuntime().availableProcessors();
    private Set<String> only = Set.of();
    private Set<String> without = Set.of();
    private boolean strict;
    private Clock clock = Clock.system(ZoneId.systemDefault());
    private List<EventSink> listeners = List.of();

    private Builder(Path plugins, Path output) {
      this.plugins = plugins;
      this.output = output;
    }

    /** Whether outputs that are there already may be added to; no by default. */
    public Builder append(boolean append) {
      this.append = append;
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
          plugins, output, append, extracted, workers, only, without, strict, clock, listeners);
    }
  }
}
