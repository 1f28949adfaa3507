package io.longline.host.intake;

import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.Ledger;
import io.longline.host.output.OutputFolder;
import io.longline.zeek.LogFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for directories below some roots whose files are complete, and hands them on. Confined to
 * one thread.
 *
 * <p>What is complete is told by looking again and again, never by comparing a file's time with a
 * clock: the files may lie on another machine. The rotated files of an archive form a batch for
 * each time that their names have. What a batch has already is passed over.
 */
public final class Watcher {

  /** Where ZeekControl keeps the logs that are being written. */
  private static final String CURRENT = "current";

  private final List<WatchedRoot> roots;
  private final Duration rotatedQuiet;
  private final Ledger ledger;
  private final Intake intake;
  private final EventSink events;
  private final LongSupplier nanoTime;

  /** What is known of each directory that was seen in the last look. */
  private Map<Path, Sight> sights = new HashMap<>();

  /** What was complained of, so that it is told once. */
  private final Set<Path> told = new HashSet<>();

  /** What was said; null before the first look, since an earlier host may have said something. */
  private @Nullable Map<Path, String> waiting;

  /** Takes the complete files of a directory. */
  @FunctionalInterface
  public interface Intake {
    /**
     * Takes some logs of a directory.
     *
     * @throws IOException if they are not recorded
     */
    void accept(Path directory, List<FileStamp> logs) throws IOException;
  }

  /** What is known of a directory. */
  private static final class Sight {

    /** What its files looked like when the last of them was taken; 0 before. */
    long settled;

    /** The files that batches have; null when it is settled. */
    @Nullable Map<String, FileStamp> known;

    final Map<String, Group> groups = new HashMap<>();
  }

  /**
   * Files that belong together, since when they have looked the same, and whether one is a log, or
   * may be; what is none now may be one when it has changed.
   */
  private record Group(long look, long sinceNanos, boolean hasLogs) {}

  /**
   * A watcher.
   *
   * @param roots where to look
   * @param ledger knows which files batches have, and is told what is waited for
   * @param intake takes complete files
   * @param events is told of what cannot be read
   * @param nanoTime as {@link System#nanoTime()}
   */
  public Watcher(
      List<WatchedRoot> roots,
      Ledger ledger,
      Intake intake,
      EventSink events,
      LongSupplier nanoTime) {
    this.roots = List.copyOf(roots);
    this.rotatedQuiet =
        roots.stream()
            .map(WatchedRoot::readiness)
            .filter(Readiness.Quiet.class::isInstance)
            .map(readiness -> ((Readiness.Quiet) readiness).duration())
            .findFirst()
            .orElse(Readiness.QUIET);
    this.ledger = ledger;
    this.intake = intake;
    this.events = events;
    this.nanoTime = nanoTime;
  }

  /**
   * Looks once.
   *
   * @throws IOException if the ledger cannot be used; what was found is found again
   */
  public void look() throws IOException {
    var seen = new HashMap<Path, Sight>();
    var reasons = new TreeMap<Path, String>();
    for (var root : roots) {
      look(root, seen, reasons);
    }
    sights = seen;
    takeRotated();
    tellOfVanished(reasons.keySet());
    sayWaiting(reasons);
  }

  /** Of directories that were waited for and are gone, unless their root is. */
  private void tellOfVanished(Set<Path> stillWaiting) {
    var there = paths().stream().filter(Files::isDirectory).toList();
    for (var directory : waiting()) {
      if (!stillWaiting.contains(directory)
          && there.stream().anyMatch(directory::startsWith)
          && Files.notExists(directory)) {
        tell(directory, "It vanished before it was complete; what was in it is not processed.");
      }
    }
  }

  private void sayWaiting(Map<Path, String> reasons) throws IOException {
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

  /** The directories that are waited for: something in them is to change. */
  public Set<Path> waiting() {
    return waiting == null ? Set.of() : waiting.keySet();
  }

  private List<Path> paths() {
    return roots.stream().map(WatchedRoot::path).toList();
  }

  private void look(WatchedRoot root, Map<Path, Sight> seen, Map<Path, String> reasons)
      throws IOException {
    var left = new ArrayDeque<Path>();
    left.push(root.path());
    while (!left.isEmpty()) {
      var directory = left.pop();
      var files = new ArrayList<FileStamp>();
      var below = new ArrayList<Path>();
      if (seen.containsKey(directory) || !list(root.path(), directory, files, below, reasons)) {
        continue;
      }
      // A root within a root is looked at by its own rules.
      below.stream().filter(each -> !paths().contains(each)).forEach(left::push);
      if (!files.isEmpty() && root.takes(directory)) {
        var sight = sights.getOrDefault(directory, new Sight());
        seen.put(directory, sight);
        var reason = consider(root.readiness(), directory, files, sight);
        if (reason != null) {
          reasons.put(directory, reason);
        }
      }
    }
  }

  /** Lists a directory; false if it is not to be looked at. */
  private boolean list(
      Path root,
      Path directory,
      List<FileStamp> files,
      List<Path> below,
      Map<Path, String> reasons) {
    try (var entries = Files.newDirectoryStream(directory)) {
      for (var entry : entries) {
        var name = entry.getFileName().toString();
        if (name.equals(OutputFolder.OWN_FOLDER)) {
          return false;
        }
        if (!name.startsWith(".")) {
          sort(root, entry, name, files, below);
        }
      }
      told.remove(directory);
      return true;
    } catch (NoSuchFileException | NotDirectoryException e) {
      if (directory.equals(root)) {
        tell(directory, "There is no such folder.");
      }
      return false;
    } catch (IOException | DirectoryIteratorException e) {
      tell(directory, "It cannot be read: " + e);
      reasons.put(directory, "It cannot be read: " + e);
      return false;
    }
  }

  private void sort(Path root, Path entry, String name, List<FileStamp> files, List<Path> below) {
    try {
      var attributes =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isSymbolicLink()) {
        var target = entry.toRealPath();
        if (Files.isDirectory(target)) {
          if (!name.equals(CURRENT)) {
            tell(entry, "It is a symbolic link to a folder, which is not followed.");
          }
        } else if (target.startsWith(root.toRealPath())) {
          files.add(FileStamp.of(entry));
        } else {
          tell(entry, "It is a symbolic link out of the root, which is not followed.");
        }
      } else if (attributes.isDirectory()) {
        if (!name.equals(CURRENT)) {
          below.add(entry);
        }
      } else if (attributes.isRegularFile()) {
        files.add(FileStamp.of(entry, attributes));
      }
    } catch (NoSuchFileException e) {
      // It vanished meanwhile, or is a link to nothing: the next look tells.
    } catch (IOException e) {
      tell(entry, "It cannot be read: " + e);
    }
  }

  private void tell(Path path, String reason) {
    if (told.add(path)) {
      events.accept(new HostEvent.PathRejected(path.toString(), reason));
    }
  }

  /** Takes what is complete of a directory; returns why something is not, or null. */
  private @Nullable String consider(
      Readiness readiness, Path directory, List<FileStamp> files, Sight sight) throws IOException {
    files.sort(java.util.Comparator.comparing(FileStamp::name));
    long look = hash(files);
    if (look == sight.settled) {
      return null;
    }
    var known = sight.known;
    if (known == null) {
      known = ledger.batches().knownFiles(directory);
      sight.known = known;
    }
    var pending = new TreeMap<String, List<FileStamp>>();
    for (var file : files) {
      if (!file.equals(known.get(file.name()))) {
        pending
            .computeIfAbsent(LogFile.rotation(Path.of(file.name())), span -> new ArrayList<>())
            .add(file);
      }
    }
    String reason = null;
    for (var group : pending.entrySet()) {
      var why = consider(readiness, directory, group.getKey(), group.getValue(), sight);
      reason = why == null ? reason : why;
    }
    if (reason == null) {
      sight.settled = look;
      sight.known = null;
      sight.groups.clear();
    }
    return reason;
  }

  private @Nullable String consider(
      Readiness readiness, Path directory, String span, List<FileStamp> files, Sight sight)
      throws IOException {
    long now = nanoTime.getAsLong();
    long look = hash(files);
    var before = sight.groups.get(span);
    if (before == null || before.look() != look) {
      before = new Group(look, now, !probe(directory, files).isEmpty());
      sight.groups.put(span, before);
    }
    if (!before.hasLogs()) {
      return null;
    }
    var unchanged = Duration.ofNanos(now - before.sinceNanos());
    var why = whyNot(readiness, directory, files, unchanged);
    if (why != null) {
      return why;
    }
    var probed = probe(directory, files);
    if (!probed.logs().isEmpty()) {
      intake.accept(directory, probed.logs());
    }
    var known = sight.known;
    if (known != null) {
      files.stream()
          .filter(file -> !probed.unreadable().containsKey(file.name()))
          .forEach(file -> known.put(file.name(), file));
    }
    return probed.unreadable().entrySet().stream()
        .findFirst()
        .map(file -> file.getKey() + " cannot be read: " + file.getValue())
        .orElse(null);
  }

  private static @Nullable String whyNot(
      Readiness readiness, Path directory, List<FileStamp> files, Duration unchanged) {
    try {
      return readiness.whyNot(directory, files.stream().map(FileStamp::name).toList(), unchanged);
    } catch (IOException e) {
      return "It cannot be read: " + e;
    }
  }

  /**
   * What some files are.
   *
   * @param logs those that are logs
   * @param unreadable those that cannot be looked into, by name, with the reason
   */
  private record Probed(List<FileStamp> logs, Map<String, String> unreadable) {
    boolean isEmpty() {
      return logs.isEmpty() && unreadable.isEmpty();
    }
  }

  private Probed probe(Path directory, List<FileStamp> files) {
    var logs = new ArrayList<FileStamp>();
    var unreadable = new TreeMap<String, String>();
    for (var file : files) {
      var path = directory.resolve(file.name());
      try {
        if (LogFile.probe(path).isPresent()) {
          logs.add(file);
        }
        told.remove(path);
      } catch (NoSuchFileException e) {
        // It vanished meanwhile.
      } catch (IOException e) {
        unreadable.put(file.name(), e.toString());
        tell(path, "It cannot be read: " + e);
      }
    }
    return new Probed(logs, unreadable);
  }

  /** Of names, sizes and times; never 0. */
  private static long hash(List<FileStamp> files) {
    long hash = 1;
    for (var file : files) {
      hash = hash * 1_000_003 + file.name().hashCode();
      hash = (hash * 1_000_003 + file.size()) * 1_000_003 + file.modifiedMillis();
    }
    return hash == 0 ? 1 : hash;
  }

  /** Takes the files that Zeek said it has ended. */
  private void takeRotated() throws IOException {
    for (var directory : ledger.intake().rotated(rotatedQuiet.toMillis()).entrySet()) {
      for (var names : directory.getValue().values()) {
        RotatedFiles.take(directory.getKey(), names, ledger.intake(), intake, this::tell);
      }
    }
  }
}
