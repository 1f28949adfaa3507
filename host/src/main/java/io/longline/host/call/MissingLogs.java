package io.longline.host.call;

import io.longline.api.HookWarning;
import io.longline.api.Site;
import io.longline.zeek.NearestName;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The logs that hooks require and that no directory had so far, from what each call has sighted.
 * Thread-safe.
 */
public final class MissingLogs {

  /** After this many directories without a log, a host that runs for long reports it. */
  private static final int PATIENCE = 100;

  /** The number of names of logs that are kept, and of those that a message has. */
  private static final int MAX_KNOWN = 1_000;

  private static final int MAX_SHOWN = 10;

  private final Clock clock;
  private final Map<String, Wanted> wanted = new LinkedHashMap<>();
  private final TreeSet<String> known = new TreeSet<>();

  /**
   * A log that a version of a hook requires. It has the names of the hook alone, since the hook may
   * be unloaded.
   */
  private static final class Wanted {
    private final String hook;
    private final String pluginId;
    private final String pluginVersion;
    private final String path;
    private int directories;
    private boolean isFound;
    private boolean isReported;

    Wanted(Call call, String path) {
      this.hook = call.hook().id();
      this.pluginId = call.hook().pluginId();
      this.pluginVersion = call.hook().pluginVersion();
      this.path = path;
    }

    boolean isMissing() {
      return !isFound && !isReported && directories > 0;
    }
  }

  /**
   * None so far.
   *
   * @param clock gives the time of warnings
   */
  public MissingLogs(Clock clock) {
    this.clock = clock;
  }

  /**
   * Takes what a call has sighted.
   *
   * @return warnings of logs that have been missing for long
   */
  public synchronized List<HookWarning> take(Call call, LogSighting sighting) {
    for (var name : sighting.logs()) {
      if (known.size() < MAX_KNOWN) {
        known.add(name);
      }
    }
    sighting.present().forEach(path -> of(call, path).isFound = true);
    var late = new ArrayList<HookWarning>();
    for (var path : sighting.absent()) {
      var log = of(call, path);
      log.directories += call.attempt() == 1 ? 1 : 0;
      if (log.isMissing() && log.directories >= PATIENCE) {
        late.add(warning(log));
      }
    }
    return late;
  }

  private Wanted of(Call call, String path) {
    var key = call.hook().id() + " " + call.hook().pluginVersion() + " " + path;
    return wanted.computeIfAbsent(key, unused -> new Wanted(call, path));
  }

  /** Warnings of the logs that are missing and were not reported yet. */
  public synchronized List<HookWarning> rest() {
    var warnings = new ArrayList<HookWarning>();
    for (var log : wanted.values()) {
      if (log.isMissing()) {
        warnings.add(warning(log));
      }
    }
    return warnings;
  }

  private HookWarning warning(Wanted log) {
    log.isReported = true;
    var nearest = NearestName.of(log.path, known);
    var shown = known.stream().limit(MAX_SHOWN).toList();
    return new HookWarning(
        clock.instant(),
        log.pluginId,
        log.pluginVersion,
        log.hook,
        Site.HOOK,
        null,
        1,
        HookWarning.Kind.MISSING_LOG,
        null,
        "No directory so far has the log "
            + log.path
            + "."
            + nearest.map(name -> " Did you mean " + name + "?").orElse(""),
        "",
        "The hook gets no record of it. Correct its name in interest(), or call ifPresent() there if it is normal that no directory has it."
            + (known.isEmpty() ? "" : " There are logs such as " + String.join(", ", shown) + "."));
  }
}
