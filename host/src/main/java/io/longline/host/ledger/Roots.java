package io.longline.host.ledger;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Roots of log directories that have a name in a ledger that several machines share, since these
 * may have them mounted at different places. A directory below none is known by its absolute path.
 * Immutable.
 *
 * @param paths the absolute path of each root on this machine, by its name
 */
public record Roots(Map<String, Path> paths) {

  /** Makes a copy. */
  public Roots {
    paths = Collections.unmodifiableMap(new LinkedHashMap<>(paths));
  }

  /** No names: every path is absolute. */
  public static Roots none() {
    return new Roots(Map.of());
  }
}
