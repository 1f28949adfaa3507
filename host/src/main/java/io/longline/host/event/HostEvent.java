package io.longline.host.event;

import io.longline.api.HookWarning;
import io.longline.api.Site;
import io.longline.zeek.ReadReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened in the host. Immutable. */
public sealed interface HostEvent {

  /** A log directory was taken into the ledger, or owes calls that are made now. */
  record BatchAccepted(Path directory) implements HostEvent {}

  /** A log directory was named again in the same run; it is processed once. */
  record BatchNamedAgain(Path directory) implements HostEvent {}

  /**
   * A log directory was handed in that is done already; nothing is done.
   *
   * @param directory the directory
   * @param dead how many calls on it are dead letters
   */
  record BatchKnown(Path directory, int dead) implements HostEvent {}

  /**
   * All calls that a batch owes have ended, as far as this host can make them.
   *
   * @param directory the batch's
   * @param waitsForHooks whether it owes calls of hooks that this host does not have or call
   */
  record BatchFinished(Path directory, boolean waitsForHooks) implements HostEvent {}

  /** A call failed for the last time: it is a dead letter. Told besides its {@link RunEnded}. */
  record RunDead(String hook, Path directory) implements HostEvent {}

  /** A call ended after another host had taken its batch: what it did does not count. */
  record RunLost(String hook, Path directory) implements HostEvent {}

  /** Files changed after they were processed; they are left as they are. */
  record FilesChanged(Path directory, List<String> names) implements HostEvent {}

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

  /**
   * A hook fails again and again, and is paused.
   *
   * @param hook its id
   * @param until when one call of it is made to see whether things are better
   * @param why a sentence
   */
  record HookPaused(String hook, Instant until, String why) implements HostEvent {}

  /**
   * A thread hangs in a hook and was replaced by another.
   *
   * @param hook the hook's id
   * @param directory the batch's directory; null at EXIT
   */
  record ThreadGivenUp(String hook, @Nullable Path directory) implements HostEvent {}

  /**
   * A plugin has taken the place of another version, or was added or removed, while the host runs.
   *
   * @param plugin its id
   * @param before the version before; empty if it is new
   * @param now the version now; empty if it was removed
   */
  record PluginChanged(String plugin, String before, String now) implements HostEvent {}

  /**
   * Something is wrong with a jar that was put into the plugins folder while the host runs.
   *
   * @param file the jar
   * @param code the name of the problem
   * @param reason what is wrong and what to do
   * @param running what runs of the plugin nevertheless, its id and version; empty if nothing
   */
  record PluginTroubled(Path file, String code, String reason, String running)
      implements HostEvent {}

  /** An output, or {@code warnings.jsonl}, could not be ended; what was written before is there. */
  record OutputNotEnded(String reason) implements HostEvent {}
}
