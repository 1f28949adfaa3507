package io.longline.host.call;

import java.util.List;
import java.util.Set;

/**
 * Which of the logs that a hook requires a directory has. Immutable.
 *
 * @param present the paths of those that it has
 * @param absent the paths of those that it lacks
 * @param logs the paths of the logs of the directory, or some of them
 */
public record LogSighting(Set<String> present, Set<String> absent, List<String> logs) {

  /** Makes copies. */
  public LogSighting {
    present = Set.copyOf(present);
    absent = Set.copyOf(absent);
    logs = List.copyOf(logs);
  }
}
