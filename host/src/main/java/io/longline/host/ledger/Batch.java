package io.longline.host.ledger;

import io.longline.api.LogDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files of one log directory that are processed together, or a window. Thread-safe.
 *
 * <p>The files are opened when the first hook is called, so that a long queue of batches costs
 * little.
 */
public final class Batch {

  private final long number;
  private final Path directory;
  private final int generation;
  private final List<RecordedLog> logs;
  private final List<RecordedLog> aliases;
  private final @Nullable WindowTask window;
  private @Nullable LogDirectory files;

  /** The names of these. */
  private List<String> names = List.of();

  /** The logs that are left out, each with the reason, as a part of a sentence. */
  private Map<String, String> missing = Map.of();

  /** The same logs. */
  private List<RecordedLog> leftOut = List.of();

  private Batch(
      long number,
      Path directory,
      int generation,
      List<RecordedLog> logs,
      List<RecordedLog> aliases,
      @Nullable WindowTask window) {
    this.number = number;
    this.directory = directory;
    this.generation = generation;
    this.logs = List.copyOf(logs);
    this.aliases = List.copyOf(aliases);
    this.window = window;
  }

  /**
   * A batch.
   *
   * @param number in the ledger, starting at 1
   * @param directory the log directory, absolute
   * @param generation which batch of the directory it is, starting at 1
   * @param names the names of its logs
   */
  public static Batch of(long number, Path directory, int generation, List<String> names) {
    var logs =
        names.stream()
            .map(name -> new RecordedLog(new FileStamp(name, -1, -1), LogContent.UNKNOWN))
            .toList();
    return of(number, directory, generation, logs, List.of());
  }

  /**
   * A batch whose logs may have other names by now.
   *
   * @param logs its logs as they were
   * @param aliases the same logs under other names
   */
  public static Batch of(
      long number,
      Path directory,
      int generation,
      List<RecordedLog> logs,
      List<RecordedLog> aliases) {
    return new Batch(number, directory, generation, logs, aliases, null);
  }

  /**
   * A window, as a unit of work beside log directories.
   *
   * @param number in the ledger, starting at 1
   * @param place stands for a directory where people see it: {@code windows/HOOK/NAME}
   */
  public static Batch ofWindow(long number, Path place, WindowTask window) {
    return new Batch(number, place, 1, List.of(), List.of(), window);
  }

  /** The window that is to be done; null if this is a batch of logs. */
  public @Nullable WindowTask window() {
    return window;
  }

  /**
   * The names that its logs have now, as far as that is known; those of {@link #files} if known.
   */
  public synchronized List<String> names() {
    if (files != null) {
      return names;
    }
    return logs.stream()
        .map(log -> Objects.requireNonNullElse(log.name(directory, aliases), log.name()))
        .toList();
  }

  /** Its number in the ledger, starting at 1. */
  public long number() {
    return number;
  }

  /** The log directory, absolute; for a window what stands for it. */
  public Path directory() {
    return directory;
  }

  /** Which batch of the directory it is, starting at 1. */
  public int generation() {
    return generation;
  }

  /**
   * The directory with the logs of this batch; one object for all hooks. Logs that are not there
   * any more, or cannot be read, are left out.
   *
   * @throws LogsUnavailableException if none of them is left, or they vanish at this moment
   */
  public synchronized LogDirectory files() throws LogsUnavailableException {
    var known = files;
    if (known == null) {
      known = open();
      files = known;
    }
    return known;
  }

  private LogDirectory open() throws LogsUnavailableException {
    var left = new LinkedHashMap<String, RecordedLog>();
    var lost = new LinkedHashMap<RecordedLog, String>();
    for (var log : logs) {
      var name = log.name(directory, aliases);
      if (name == null) {
        lost.put(log, "it has other content than when it was taken");
      } else {
        left.put(name, log);
      }
    }
    var opened = openAll(List.copyOf(left.keySet()));
    if (opened == null) {
      left.forEach((name, log) -> findLost(name, log, lost));
      left.values().removeAll(lost.keySet());
    }
    var reasons = new LinkedHashMap<String, String>();
    lost.forEach((log, why) -> reasons.put(log.name(), why));
    if (left.isEmpty()) {
      throw unavailable(reasons);
    }
    missing = reasons;
    leftOut = List.copyOf(lost.keySet());
    names = List.copyOf(left.keySet());
    return opened == null ? openLeft() : opened;
  }

  private LogDirectory openLeft() throws LogsUnavailableException {
    var opened = openAll(names);
    if (opened == null) {
      throw new LogsUnavailableException("Logs vanish at this moment.", false);
    }
    return opened;
  }

  /** Opens logs; null if one of them cannot be opened, or there are none. */
  private @Nullable LogDirectory openAll(List<String> left) {
    try {
      return left.isEmpty() ? null : LogDirectory.of(directory, left);
    } catch (IOException e) {
      return null;
    }
  }

  private void findLost(String name, RecordedLog log, Map<RecordedLog, String> lost) {
    var why = LogPresence.atBeginning(directory.resolve(name));
    if (why != null) {
      lost.put(log, why);
    }
  }

  /** The logs that {@link #files} left out; empty before it was called. */
  public synchronized List<RecordedLog> leftOut() {
    return leftOut;
  }

  /** The logs that {@link #files} left out, each with the reason, as a part of a sentence; once. */
  public synchronized Map<String, String> takeMissing() {
    var taken = missing;
    missing = Map.of();
    return taken;
  }

  /**
   * Finds out, after a call has failed, whether logs that were there are gone or cannot be read any
   * more.
   *
   * @param isThorough whether to read them to their end
   * @return null if all of them can be read
   */
  public synchronized @Nullable LogsUnavailableException lost(boolean isThorough) {
    var known = files;
    if (known == null) {
      return null;
    }
    var lost = new LinkedHashMap<String, String>();
    for (var log : known.logs()) {
      var why = isThorough ? LogPresence.throughout(log.file()) : LogPresence.now(log.file());
      if (why != null) {
        lost.put(log.file().getFileName().toString(), why);
      }
    }
    return lost.isEmpty() ? null : unavailable(lost);
  }

  private LogsUnavailableException unavailable(Map<String, String> lost) {
    var first = lost.entrySet().iterator().next();
    boolean isAll = files == null || files.logs().size() == lost.size();
    var others = lost.size() - 1;
    return new LogsUnavailableException(
        first.getKey()
            + ": "
            + first.getValue()
            + (others == 0 ? "" : ", and " + others + " more like it")
            + (isAll ? ". No log of the batch is left." : ". The other logs are processed."),
        isAll);
  }

  @Override
  public String toString() {
    return directory + (generation == 1 ? "" : " (batch " + generation + ")");
  }
}
