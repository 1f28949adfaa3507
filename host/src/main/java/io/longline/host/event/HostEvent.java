package io.longline.host.event;

import io.longline.api.HookWarning;
import io.longline.api.Site;
import io.longline.zeek.ReadReport;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that happened in the host. Immutable. */
public sealed interface HostEvent {

  /** A log directory was taken into the queue. */
  record BatchAccepted(Path directory) implements HostEvent {}

  /** A log directory was handed in that had been taken before; nothing is done. */
  record BatchKnown(Path directory) implements HostEvent {}

  /** All hooks that a batch owed have been called. */
  record BatchFinished(Path directory) implements HostEvent {}

  /** A batch will not be processed, or not by all hooks, because the host was told to stop. */
  record BatchAbandoned(Path directory) implements HostEvent {}

  /** A path that the user named, or something below it, cannot be used. */
  record PathRejected(String path, String reason) implements HostEvent {}

  /** A folder at or below a path that the user named has files, but no log in it or below it. */
  record FolderWithoutLogs(Path folder) implements HostEvent {}

  /**
   * A call of a hook ended; there is exactly one for each call.
   *
   * @param hook the hook's id
   * @param site where it was called
   * @param directory the batch's directory; null at EXIT
   * @param attempt from 1
   * @param failure what went wrong; null if it succeeded
   * @param took how long the call took
   */
  record RunEnded(
      String hook,
      Site site,
      @Nullable Path directory,
      int attempt,
      @Nullable HookWarning failure,
      Duration took)
      implements HostEvent {

    /** Whether the call did what it should. */
    public boolean succeeded() {
      return failure == null;
    }
  }

  /** A hook failed or remarked on something. A failure is told here and by its {@link RunEnded}. */
  record HookWarned(HookWarning warning) implements HostEvent {}

  /**
   * A log that a hook read is damaged, or not what the hook takes it for. Told again only if
   * another reader found more.
   *
   * @param file the log
   * @param report what was found
   * @param hook the id of the hook that read it
   */
  record LogDamaged(Path file, ReadReport report, String hook) implements HostEvent {}

  /** An output, or {@code warnings.jsonl}, could not be ended; what was written before is there. */
  record OutputNotEnded(String reason) implements HostEvent {}
}
