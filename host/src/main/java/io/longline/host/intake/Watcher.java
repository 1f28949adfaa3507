package io.longline.host.intake;

import io.longline.host.concurrent.HostThread;
import io.longline.host.event.EventSink;
import io.longline.host.ledger.Ledger;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for directories below some roots whose files are complete, and hands these to an intake.
 * Confined to one thread.
 *
 * <p>Whether files have changed is found out by looking again and again, never by comparing a
 * file's time with a clock: the files may lie on another machine. The rotated files of an archive
 * form a batch for each time that their names have. Files that a batch has are passed over.
 */
public final class Watcher {

  private final List<WatchedRoot> roots;
  private final LogProbe probe;
  private final Duration rotatedQuiet;
  private final Ledger ledger;
  private final LogIntake intake;
  private final LongSupplier nanoTime;
  private final RejectedPaths rejected;
  private final RotatedFiles rotated;

  /** The directories with files that the last look has seen. */
  private Map<Path, WatchedDirectory> directories = new HashMap<>();

  /** Why directories wait, as the ledger has it; null before the first look. */
  private @Nullable Map<Path, String> waiting;

  /**
   * A watcher.
   *
   * @param roots where to look
   * @param rotatedQuiet how long Zeek must have reported no more files of a rotation
   * @param probe knows logs
   * @param ledger knows which files batches have, and records which directories wait
   * @param intake takes complete files
   * @param events is given the paths that cannot be used
   * @param nanoTime as {@link System#nanoTime()}
   */
  public Watcher(
      List<WatchedRoot> roots,
      Duration rotatedQuiet,
      LogProbe probe,
      Ledger ledger,
      LogIntake intake,
      EventSink events,
      LongSupplier nanoTime) {
    this.roots = List.copyOf(roots);
    this.probe = probe;
    this.rotatedQuiet = rotatedQuiet;
    this.ledger = ledger;
    this.intake = intake;
    this.nanoTime = nanoTime;
    this.rejected = new RejectedPaths(events);
    this.rotated = new RotatedFiles(probe.forAnyName(), ledger.intake(), intake, rejected::reject);
  }

  /**
   * Looks once.
   *
   * @throws IOException if the ledger cannot be used; the next look finds the same again
   */
  void look() throws IOException {
    var seen = new HashMap<Path, WatchedDirectory>();
    var reasons = new TreeMap<Path, String>();
    for (var root : roots) {
      look(root, seen, reasons);
    }
    directories = seen;
    rotated.takeQuiet(rotatedQuiet);
    reportVanished(reasons.keySet());
    recordWaiting(reasons);
  }

  private void look(WatchedRoot root, Map<Path, WatchedDirectory> seen, Map<Path, String> reasons)
      throws IOException {
    var left = new ArrayDeque<Path>();
    left.push(root.path());
    while (!left.isEmpty()) {
      HostThread.pass();
      var path = left.pop();
      if (seen.containsKey(path)) {
        continue;
      }
      DirectoryLook look;
      try {
        look = DirectoryLook.at(path, root.path(), probe::isEnded, rejected);
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        rejected.reject(path, "It cannot be read: " + e);
        reasons.put(path, "It cannot be read: " + e);
        continue;
      }
      // A root within a root is looked at by its own rules.
      look.folders().stream().filter(each -> !paths().contains(each)).forEach(left::push);
      if (!look.files().isEmpty() && root.takes(path)) {
        var directory = directories.getOrDefault(path, directory(path));
        seen.put(path, directory);
        var reason = directory.take(look.files(), root.readiness());
        if (reason != null) {
          reasons.put(path, reason);
        }
      }
    }
  }

  private WatchedDirectory directory(Path path) {
    return new WatchedDirectory(path, probe, ledger.batches(), intake, rejected, nanoTime);
  }

  /** Reports directories that waited and are gone, unless their root is gone too. */
  private void reportVanished(Set<Path> stillWaiting) {
    var existing = paths().stream().filter(Files::isDirectory).toList();
    for (var directory : waiting()) {
      if (!stillWaiting.contains(directory)
          && existing.stream().anyMatch(directory::startsWith)
          && Files.notExists(directory)) {
        rejected.reject(
            directory, "It vanished before it was complete; the logs in it are not processed.");
      }
    }
  }

  /** Records which directories wait, and why; at first what an earlier host recorded may differ. */
  private void recordWaiting(Map<Path, String> reasons) throws IOException {
    var before = waiting == null ? ledger.intake().waiting(paths()) : waiting;
    var settled = new ArrayList<>(before.keySet());
    settled.removeIf(reasons::containsKey);
    var changed = new TreeMap<>(reasons);
    changed.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
    if (!settled.isEmpty() || !changed.isEmpty()) {
      ledger.intake().sayWaiting(settled, changed);
    }
    waiting = reasons;
  }

  /** The directories that wait for a change in them; empty before the first look. */
  Set<Path> waiting() {
    return waiting == null ? Set.of() : waiting.keySet();
  }

  private List<Path> paths() {
    return roots.stream().map(WatchedRoot::path).toList();
  }
}
