package io.longline.host.event;

import io.longline.api.HookWarning;
import io.longline.api.Site;
import io.longline.zeek.ReadReport;
import java.nio.file.Path;
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

  /** A call failed for the last time: it is a dead letter. Follows its {@link CallEnded}. */
  record CallDead(String hook, Path directory) implements HostEvent {}

  /** A call ended after another host had taken its batch: what it did does not count. */
  record CallLost(String hook, Path directory) implements HostEvent {}

  /** Files changed after they were processed; they are left as they are. */
  record FilesChanged(Path directory, List<String> names) implements HostEvent {}

  /** A batch will not be processed, or not by all hooks, because the host was told to stop. */
  record BatchAbandoned(Path directory) implements HostEvent {}

  /** A path that the user named, or something below it, cannot be used. */
  record PathRejected(String path, String reason) implements HostEvent {}

  /** A folder at or below a path that the user named has files, but no log in it or below it. */
  record FolderWithoutLogs(Path folder) implements HostEvent {}

  /**
   * A call of a hook ended; there is exactly one of these for each call that was made.
   *
   * @param hook the hook's id
   * @param site where it was called
   * @param directory the batch's directory; null at EXIT
   * @param attempt the attempt number, starting at 1
   * @param ending how it ended; never {@link Ending.Postponed}
   */
  record CallEnded(String hook, Site site, @Nullable Path directory, int attempt, Ending ending)
      implements HostEvent {

    /** Whether the call did what it should. */
    public boolean succeeded() {
      return ending instanceof Ending.Succeeded;
    }
  }

  /** A hook failed or remarked on something. A failure precedes its {@link CallEnded}. */
  record HookWarned(HookWarning warning) implements HostEvent {}

  /**
   * A log that hooks read is damaged, or not what they take it for. Reported again only if another
   * reader found more.
   *
   * @param file the log
   * @param report what was found
   * @param hooks the ids of the hooks that read it together
   */
  record LogDamaged(Path file, ReadReport report, List<String> hooks) implements HostEvent {}

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
