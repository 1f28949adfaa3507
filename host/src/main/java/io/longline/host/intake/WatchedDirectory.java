package io.longline.host.intake;

import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.FileStamp;
import io.longline.zeek.LogFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A directory below a root, with what earlier looks at it have found. Confined to one thread.
 *
 * <p>Its files that no batch has form a group for each rotation that their names have. A group is
 * taken when it is complete.
 */
final class WatchedDirectory {

  private final Path path;
  private final LogProbe probe;
  private final BatchLedger batches;
  private final LogIntake intake;
  private final RejectedPaths rejected;
  private final LongSupplier nanoTime;

  /** The files when the last of them was taken; null before. */
  private @Nullable List<FileStamp> settled;

  /** The files that batches have; null when the directory is settled. */
  private @Nullable Set<FileStamp> known;

  private final Map<String, Group> groups = new HashMap<>();

  /**
   * Files that belong together.
   *
   * @param files the files as they are
   * @param sinceNanos the look that found them so first
   * @param mayHaveLogs whether one is a log or cannot be read; what is no log now may be one after
   *     it has changed
   */
  private record Group(List<FileStamp> files, long sinceNanos, boolean mayHaveLogs) {}

  /**
   * What some files are.
   *
   * @param logs those that are logs
   * @param unreadable the reason for those that cannot be read, by name
   */
  private record ProbedFiles(List<FileStamp> logs, Map<String, String> unreadable) {
    boolean isEmpty() {
      return logs.isEmpty() && unreadable.isEmpty();
    }
  }

  /**
   * A directory of which nothing is known yet.
   *
   * @param probe knows logs
   * @param batches knows which of its files batches have
   * @param intake takes complete files
   * @param rejected reports files that cannot be read
   * @param nanoTime as {@link System#nanoTime()}
   */
  WatchedDirectory(
      Path path,
      LogProbe probe,
      BatchLedger batches,
      LogIntake intake,
      RejectedPaths rejected,
      LongSupplier nanoTime) {
    this.path = path;
    this.probe = probe;
    this.batches = batches;
    this.intake = intake;
    this.rejected = rejected;
    this.nanoTime = nanoTime;
  }

  /**
   * Takes the files that are complete.
   *
   * @param files the files as they are now, sorted by name
   * @param readiness when they are complete
   * @return why some are not taken; null if there are none left
   * @throws IOException if the ledger cannot be used, or files are not recorded
   */
  @Nullable String take(List<FileStamp> files, Readiness readiness) throws IOException {
    if (files.equals(settled)) {
      return null;
    }
    var taken = known;
    if (taken == null) {
      taken = batches.knownFiles(path);
      known = taken;
    }
    String reason = null;
    for (var group : pending(files, taken).entrySet()) {
      var why = takeGroup(group.getKey(), group.getValue(), readiness, taken);
      reason = why == null ? reason : why;
    }
    if (reason == null) {
      settled = files;
      known = null;
      groups.clear();
    }
    return reason;
  }

  /** The files that no batch has, by rotation. */
  private static Map<String, List<FileStamp>> pending(List<FileStamp> files, Set<FileStamp> taken) {
    var pending = new TreeMap<String, List<FileStamp>>();
    for (var file : files) {
      if (!taken.contains(file)) {
        pending
            .computeIfAbsent(LogFile.rotation(Path.of(file.name())), span -> new ArrayList<>())
            .add(file);
      }
    }
    return pending;
  }

  private @Nullable String takeGroup(
      String rotation, List<FileStamp> files, Readiness readiness, Set<FileStamp> taken)
      throws IOException {
    long now = nanoTime.getAsLong();
    var group = groups.get(rotation);
    if (group == null || !group.files().equals(files)) {
      group = new Group(files, now, !probe(files).isEmpty());
      groups.put(rotation, group);
    }
    if (!group.mayHaveLogs()) {
      return null;
    }
    var why = whyNot(readiness, files, Duration.ofNanos(now - group.sinceNanos()));
    if (why != null) {
      return why;
    }
    var probed = probe(files);
    if (!probed.logs().isEmpty()) {
      intake.accept(path, probed.logs());
    }
    files.stream()
        .filter(file -> !probed.unreadable().containsKey(file.name()))
        .forEach(taken::add);
    return probed.unreadable().entrySet().stream()
        .findFirst()
        .map(file -> file.getKey() + " cannot be read: " + file.getValue())
        .orElse(null);
  }

  private @Nullable String whyNot(Readiness readiness, List<FileStamp> files, Duration unchanged)
      throws InterruptedIOException {
    try {
      return readiness.whyNot(path, files, unchanged, probe);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (TimedReads.UnderWayException e) {
      return e.getMessage();
    } catch (IOException e) {
      return "It cannot be read: " + e;
    }
  }

  private ProbedFiles probe(List<FileStamp> files) throws InterruptedIOException {
    var logs = new ArrayList<FileStamp>();
    var unreadable = new TreeMap<String, String>();
    for (var file : files) {
      var place = path.resolve(file.name());
      try {
        if (probe.look(place).isPresent()) {
          logs.add(file);
        }
        rejected.remove(place);
      } catch (NoSuchFileException e) {
        // It has just vanished.
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        unreadable.put(file.name(), e.toString());
        rejected.reject(place, "It cannot be read: " + e);
      }
    }
    return new ProbedFiles(logs, unreadable);
  }
}
