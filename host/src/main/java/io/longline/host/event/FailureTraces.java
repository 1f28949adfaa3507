package io.longline.host.event;

import io.longline.api.HookWarning;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The last failures of hooks, so that the trace of a failure is logged once, and not again for each
 * further attempt. Thread-safe.
 */
final class FailureTraces {

  private final Map<Place, Kind> last;

  /** A hook and the directory of a batch; null at EXIT. */
  private record Place(String hook, @Nullable Path directory) {}

  /** What was thrown, and a checksum of where; messages may have times and numbers in them. */
  private record Kind(@Nullable String errorClass, int frames) {}

  /**
   * Failures of which the first few are remembered.
   *
   * @param most how many; of the oldest the trace would be logged once more
   */
  FailureTraces(int most) {
    last =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Place, Kind> eldest) {
            return size() > most;
          }
        };
  }

  /** Whether a failure is like the one of the attempt before it; takes note of it. */
  synchronized boolean isLikeTheLast(HookWarning failure) {
    var place = new Place(failure.hook(), failure.logDirectory());
    var kind = new Kind(failure.errorClass(), frames(failure).hashCode());
    var before = last.put(place, kind);
    return failure.attempt() > 1 && Objects.equals(before, kind);
  }

  /** Forgets the failure of a call that needs no more attempts. */
  synchronized void forget(String hook, @Nullable Path directory) {
    last.remove(new Place(hook, directory));
  }

  private static String frames(HookWarning failure) {
    return failure
        .stackTrace()
        .lines()
        .filter(line -> line.startsWith("    at "))
        .collect(Collectors.joining("\n"));
  }
}
