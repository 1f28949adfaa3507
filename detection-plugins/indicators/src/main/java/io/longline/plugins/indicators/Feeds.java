package io.longline.plugins.indicators;

import io.longline.detections.AllowList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The feeds and allow lists of the settings, read again when their files have changed. Thread-safe:
 * one thread reads them, while the others continue with what was read before.
 */
final class Feeds {

  /** How many files a folder of feeds may have. */
  private static final int MOST_FILES = 10_000;

  /** How deep folders of feeds may lie in each other. */
  private static final int MAX_DEPTH = 8;

  private final IndicatorsSettings settings;
  private final List<FeedEntry> entries;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable Content content;

  /**
   * What was read. Immutable.
   *
   * @param allowed what is harmless
   * @param files the files, as they were before they were read
   * @param looked when it was last found that they have not changed
   */
  record Content(IndicatorIndex index, AllowList allowed, Map<Path, State> files, Instant looked) {}

  /** What changes when a file does. */
  private record State(long size, Instant time, @Nullable Object key) {}

  Feeds(IndicatorsSettings settings) {
    this.settings = settings;
    this.entries = settings.entries();
  }

  /**
   * Checks that everything that is named exists.
   *
   * @throws IllegalArgumentException if something does not; the message names it
   */
  void check() {
    for (var entry : entries) {
      check("feeds", entry.path());
    }
    settings.allowLists().forEach(file -> check("allow-lists", file));
    settings.warningLists().ifPresent(folder -> check("warning-lists", folder));
  }

  private static void check(String setting, Path path) {
    if (!Files.isReadable(path)) {
      throw new IllegalArgumentException(
          "%s: %s does not exist, or cannot be read.".formatted(setting, path.toAbsolutePath()));
    }
  }

  /**
   * The indicators and allow lists as the files have them, or had them a short while ago.
   *
   * @param problems gets a sentence for what cannot be used, whenever files were read
   */
  Content content(Clock clock, Consumer<String> problems) {
    var known = content;
    if (known == null) {
      reading.lock();
    } else if (isFresh(known, clock.instant()) || !reading.tryLock()) {
      return known;
    }
    try {
      return look(clock.instant(), problems);
    } finally {
      reading.unlock();
    }
  }

  private boolean isFresh(Content known, Instant now) {
    return Duration.between(known.looked(), now).abs().compareTo(settings.refresh()) < 0;
  }

  private Content look(Instant now, Consumer<String> problems) {
    var known = content;
    if (known != null && isFresh(known, now)) {
      return known;
    }
    var files = new TreeMap<Path, State>();
    var feeds = found(files, problems);
    boolean isSame = known != null && known.files().equals(files);
    var read =
        isSame && known != null
            ? new Content(known.index(), known.allowed(), files, now)
            : new Content(read(feeds, problems), allowList(problems), files, now);
    content = read;
    return read;
  }

  /** The files of the feeds; all files, those of allow lists too, are added with their states. */
  private List<FeedEntry> found(Map<Path, State> states, Consumer<String> problems) {
    var feeds = new ArrayList<FeedEntry>();
    for (var entry : entries) {
      for (var file : files(entry.path(), problems)) {
        if (states.put(file, state(file)) == null) {
          feeds.add(entry.of(file));
        }
      }
    }
    settings.allowLists().forEach(file -> states.put(file, state(file)));
    settings.warningLists().ifPresent(folder -> addWarningLists(folder, states));
    return feeds;
  }

  private static void addWarningLists(Path folder, Map<Path, State> states) {
    try {
      for (var file : AllowList.warningListFiles(folder)) {
        states.put(file, state(file));
      }
    } catch (IOException | UncheckedIOException e) {
      states.put(folder, state(folder));
    }
  }

  private static List<Path> files(Path path, Consumer<String> problems) {
    if (!Files.isDirectory(path)) {
      if (!Files.exists(path)) {
        problems.accept("The feed " + path + " does not exist; it is left out.");
        return List.of();
      }
      return List.of(path);
    }
    try (var files = Files.walk(path, MAX_DEPTH)) {
      return files.filter(file -> isFeed(path, file)).limit(MOST_FILES).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      problems.accept("The folder of feeds " + path + " cannot be read: " + e);
      return List.of();
    }
  }

  /**
   * Whether it is a file, and neither one that a program is about to put in place nor in a hidden
   * folder, such as that of a repository.
   */
  private static boolean isFeed(Path folder, Path file) {
    for (var name : folder.relativize(file)) {
      if (name.toString().startsWith(".")) {
        return false;
      }
    }
    return Files.isRegularFile(file);
  }

  private static State state(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(
          attributes.size(), attributes.lastModifiedTime().toInstant(), attributes.fileKey());
    } catch (IOException e) {
      return new State(-1, Instant.EPOCH, null);
    }
  }

  private IndicatorIndex read(List<FeedEntry> feeds, Consumer<String> problems) {
    var index = new IndicatorIndex.Builder(lines(feeds));
    for (var feed : feeds) {
      new FeedReader(feed, index, problems).read();
    }
    return index.build();
  }

  /** How many lines the feeds have, which is at least the number of their indicators. */
  private static int lines(List<FeedEntry> feeds) {
    long lines = 0;
    for (var feed : feeds) {
      lines += lines(feed.path());
    }
    return (int) Math.min(lines, FeedReader.MOST);
  }

  /** How many lines a file has; none if it cannot be read, which reading it will report. */
  private static long lines(Path file) {
    try {
      return FeedLines.count(file);
    } catch (IOException e) {
      return 0;
    }
  }

  private AllowList allowList(Consumer<String> problems) {
    var builder = new AllowList.Builder(problems);
    builder.own(settings.allowLists());
    var names = settings.warningListNames();
    settings
        .warningLists()
        .ifPresent(
            folder ->
                builder.warningLists(folder, names.isEmpty() ? AllowList.DEFAULT_NAMES : names));
    return builder.build();
  }
}
