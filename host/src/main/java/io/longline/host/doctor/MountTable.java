package io.longline.host.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is mounted where, as {@code /proc/self/mountinfo} has it; see proc(5). Immutable. */
final class MountTable {

  private static final int MAX_MOUNTS = 100_000;
  private static final int POINT = 4;
  private static final int OPTIONS = 5;

  private final List<Mount> mounts;

  private MountTable(List<Mount> mounts) {
    this.mounts = mounts;
  }

  /**
   * A file system that is mounted.
   *
   * @param point where
   * @param type its type, such as ext4
   * @param source what is mounted, such as a device
   * @param options such as {@code ro} and {@code noexec}
   */
  record Mount(Path point, String type, String source, Set<String> options) {}

  /**
   * Reads the table.
   *
   * @throws IOException if there is none
   */
  static MountTable read(Path file) throws IOException {
    var mounts = new ArrayList<Mount>();
    try (var lines = Files.lines(file)) {
      lines
          .limit(MAX_MOUNTS)
          .forEach(
              line -> {
                var mount = mount(List.of(line.split(" ", -1)));
                if (mount != null) {
                  mounts.add(mount);
                }
              });
    }
    return new MountTable(List.copyOf(mounts));
  }

  private static @Nullable Mount mount(List<String> fields) {
    int separator = fields.indexOf("-");
    if (separator <= OPTIONS || separator + 2 >= fields.size()) {
      return null;
    }
    try {
      return new Mount(
          Path.of(unescaped(fields.get(POINT))),
          fields.get(separator + 1),
          unescaped(fields.get(separator + 2)),
          Set.copyOf(List.of(fields.get(OPTIONS).split(",", -1))));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Blanks, tabs, line feeds and backslashes are octal in it. */
  private static String unescaped(String text) {
    return text.replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }

  /** The file system that a path without symbolic links is on; null if that is not known. */
  @Nullable Mount of(Path path) {
    Mount found = null;
    for (var mount : mounts) {
      boolean isNearer =
          found == null || mount.point().getNameCount() >= found.point().getNameCount();
      // Of two at one place the later one hides the other.
      if (path.startsWith(mount.point()) && isNearer) {
        found = mount;
      }
    }
    return found;
  }
}
