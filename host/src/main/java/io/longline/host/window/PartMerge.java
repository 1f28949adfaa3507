package io.longline.host.window;

import io.longline.api.Combiner;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Merges sections of parts. So that memory and open files stay few, more than a hundred are merged
 * in several passes, with temporary files between them. Confined to one thread.
 */
final class PartMerge {

  /** How many sections are merged at once. */
  private static final int AT_ONCE = 100;

  private final Path folder;
  private final @Nullable Combiner combiner;
  private final List<Path> temporary = new ArrayList<>();

  /** A section, and the part that it is in. */
  record Source(PartFile part, Section section) {}

  /**
   * A merge.
   *
   * @param folder for temporary files, which is made when it is needed
   * @param combiner combines facts of one key; null to keep each
   */
  PartMerge(Path folder, @Nullable Combiner combiner) {
    this.folder = folder;
    this.combiner = combiner;
  }

  /** Writes one part with the facts of several. */
  static void merge(
      List<PartFile> parts, @Nullable Combiner combiner, Path folder, OutputStream out)
      throws IOException {
    var byPane = new TreeMap<Long, List<Source>>();
    for (var part : parts) {
      for (var section : part.sections()) {
        byPane
            .computeIfAbsent(section.pane(), pane -> new ArrayList<>())
            .add(new Source(part, section));
      }
    }
    try (var writer = new PartWriter(out)) {
      for (var each : byPane.entrySet()) {
        try (var merged = new PartMerge(folder, combiner).open(each.getValue())) {
          writer.section(each.getKey(), merged);
        }
      }
    }
  }

  /** The facts of some sections in one order; closing the cursor removes temporary files. */
  FactCursor open(List<Source> sources) throws IOException {
    try {
      var left = sources;
      while (left.size() > AT_ONCE) {
        left = pass(left);
      }
      var cursor = cursor(left);
      return new FactCursor() {
        @Override
        public @Nullable Fact next() throws IOException {
          return cursor.next();
        }

        @Override
        public void close() throws IOException {
          cursor.close();
          removeTemporary();
        }
      };
    } catch (IOException | RuntimeException e) {
      removeTemporary();
      throw e;
    }
  }

  /** Merges as many at once as possible, until there are fewer. */
  private List<Source> pass(List<Source> sources) throws IOException {
    var before = List.copyOf(temporary);
    var merged = new ArrayList<Source>();
    for (int from = 0; from < sources.size(); from += AT_ONCE) {
      var some = sources.subList(from, Math.min(sources.size(), from + AT_ONCE));
      var file = Files.createTempFile(Files.createDirectories(folder), "run-", ".staged");
      temporary.add(file);
      try (var out = new FileOutputStream(file.toFile());
          var writer = new PartWriter(out);
          var cursor = cursor(some)) {
        writer.section(Long.MIN_VALUE, cursor);
      }
      var part = new PartFile(file, 0, Files.size(file), "a window");
      part.sections().forEach(section -> merged.add(new Source(part, section)));
    }
    for (var file : before) {
      Files.deleteIfExists(file);
    }
    return merged;
  }

  private FactCursor cursor(List<Source> sources) throws IOException {
    var cursors = new ArrayList<FactCursor>();
    try {
      for (var each : sources) {
        cursors.add(new SectionCursor(each.part(), each.section()));
      }
    } catch (IOException e) {
      for (var cursor : cursors) {
        cursor.close();
      }
      throw e;
    }
    return MergedFacts.combined(new MergedFacts(cursors), combiner);
  }

  private void removeTemporary() throws IOException {
    for (var file : temporary) {
      Files.deleteIfExists(file);
    }
  }
}
