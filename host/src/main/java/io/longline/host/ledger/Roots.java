package io.longline.host.ledger;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How directories are named in a ledger that several machines share: below a root that has a name,
 * by that name and the path from there, since machines may have it mounted at different places; by
 * their absolute path otherwise. Immutable.
 *
 * @param paths the absolute path of each root on this machine, by its name
 */
public record Roots(Map<String, Path> paths) {

  private static final String MARK = "@";

  /** Makes a copy. */
  public Roots {
    paths = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(paths));
  }

  /** No names: every path is absolute. */
  public static Roots none() {
    return new Roots(Map.of());
  }

  /** What the ledger calls a directory. */
  String name(Path directory) {
    for (var root : paths.entrySet()) {
      if (directory.startsWith(root.getValue())) {
        return MARK + root.getKey() + "/" + root.getValue().relativize(directory);
      }
    }
    return directory.toString();
  }

  /**
   * A condition for SQL, to be added to others, that a directory is at a place that this machine
   * has: below no named root, or below one that is named here too.
   */
  String isReachable(String column) {
    var condition = new StringBuilder(" AND (" + column + " NOT LIKE '" + MARK + "%'");
    for (var name : paths.keySet()) {
      // A name has letters, digits, '.', '_' and '-'; '_' stands for any character in LIKE.
      condition.append(
          " OR substr(%s, 1, %d) = '%s%s/'".formatted(column, name.length() + 2, MARK, name));
    }
    return condition.append(')').toString();
  }

  /** Where a directory is on this machine; a path that does not exist if it has no such root. */
  Path path(String name) {
    int slash = name.indexOf('/');
    if (!name.startsWith(MARK) || slash < 0) {
      return Path.of(name);
    }
    var root = paths.get(name.substring(MARK.length(), slash));
    return root == null ? Path.of(name) : root.resolve(name.substring(slash + 1));
  }
}
