package io.longline.host.ledger.sql;

import io.longline.host.ledger.Roots;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The names of directories in a ledger, by which machines find them that have the same roots at
 * different places: {@code @ROOT/PATH} below a root that has a name, else the absolute path.
 * Immutable.
 */
final class DirectoryNames {

  private static final String MARK = "@";
  private static final Pattern NOT_ASCII = Pattern.compile("[^\\x20-\\x7e]");

  private final Roots roots;

  DirectoryNames(Roots roots) {
    this.roots = roots;
  }

  /** The name of a directory. */
  String name(Path directory) {
    for (var root : roots.paths().entrySet()) {
      if (directory.startsWith(root.getValue())) {
        return MARK + root.getKey() + "/" + root.getValue().relativize(directory);
      }
    }
    return directory.toString();
  }

  /**
   * Where a directory is on this machine, to be shown; a path that does not exist if the machine
   * has no such root, or cannot express the name.
   */
  Path path(String name) {
    try {
      return exactPath(name);
    } catch (InvalidPathException e) {
      return Path.of(NOT_ASCII.matcher(name).replaceAll("?"));
    }
  }

  /**
   * Where a directory is on this machine; a path that does not exist if it has no such root.
   *
   * @throws InvalidPathException if the name is damaged, or cannot be expressed in the character
   *     set of this process
   */
  Path exactPath(String name) {
    int slash = name.indexOf('/');
    if (!name.startsWith(MARK) || slash < 0) {
      return Path.of(name);
    }
    var root = roots.paths().get(name.substring(MARK.length(), slash));
    return root == null ? Path.of(name) : root.resolve(name.substring(slash + 1));
  }

  /**
   * A condition for SQL, to be added to others, that a directory is at a place that this machine
   * has: below no named root, or below one that is named here too.
   */
  String isReachable(String column) {
    var condition = new StringBuilder(" AND (" + column + " NOT LIKE '" + MARK + "%'");
    for (var name : roots.paths().keySet()) {
      // A name has letters, digits, '.', '_' and '-'; '_' stands for any character in LIKE.
      condition.append(
          " OR substr(%s, 1, %d) = '%s%s/'".formatted(column, name.length() + 2, MARK, name));
    }
    return condition.append(')').toString();
  }
}
