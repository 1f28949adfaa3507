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
   * A log directory was submitted that had been processed before; nothing is done.
   *
   * @param directory the directory
   * @param dead the number of calls on it that are dead letters
   */
  record BatchKnown(Path directory, int dead) implements HostEvent {}

  /**
   * All calls that a batch owes and this host can make have ended.
   *
   * @param directory the batch's
   * @param waitsForHooks whether it owes calls of hooks that this host does not have or call
   */
  record BatchFinished(Path directory, boolean waitsForHooks) implements HostEvent {}

  /**
   * A batch cannot be processed: its logs are gone or cannot be read, or its row in the ledger is
   * damaged. No hook was charged.
   *
   * @param directory the batch's
   * @param why the reason, as a sentence
   */
  record BatchUnavailable(Path directory, String why) implements HostEvent {}

  /**
   * A call failed for the last time, and is a dead letter. Follows its {@link CallEnded}.
   *
   * @param hook the hook's id
   * @param directory the batch's, or what stands for the window that it was for
   */
  record CallDead(String hook, Path directory) implements HostEvent {}

  /**
   * A call ended after another host had taken its batch; its result does not count.
   *
   * @param hook the hook's id
   * @param directory the batch's, or what stands for the window that it was for
   */
  record CallLost(String hook, Path directory) implements HostEvent {}

  /**
   * A log was found that is like one that the ledger has, under another name or with other content.
   *
   * @param file the log
   * @param other the name of the log that it is like; empty if its name had another log before
   * @param isDoubtful whether rows may be processed twice, or may be missing
   * @param message what became of it, as a sentence
   */
  record LogRecognized(Path file, String other, boolean isDoubtful, String message)
      implements HostEvent {}

  /**
   * A log was taken that no hook of the host asks for.
   *
   * @param file the log
   * @param path its path, such as {@code dns}
   */
  record LogUnread(Path file, String path) implements HostEvent {}

  /** Files changed after they were processed; they are left as they are. */
  record FilesChanged(Path directory, List<String> names) implements HostEvent {}

  /** A batch will not be processed, or not by all hooks, because the host was asked to stop. */
  record BatchAbandoned(Path directory) implements HostEvent {}

  /** A path that the user named, or something below it, cannot be used. */
  record PathRejected(String path, String reason) implements HostEvent {}

  /** A folder at or below a path that the user named has files, but no logs in or below it. */
  record FolderWithoutLogs(Path folder) implements HostEvent {}

  /**
   * A call of a hook ended; there is exactly one such event for each call that was made.
   *
   * @param hook the hook's id
   * @param site where it was called
   * @param directory the batch's directory; null for a window and at EXIT
   * @param attempt the attempt number, starting at 1
   * @param ending how it ended; never {@link Ending.Postponed}
   * @param window the name of the window that it was for; null for other calls
   */
  record CallEnded(
      String hook,
      Site site,
      @Nullable Path directory,
      int attempt,
      Ending ending,
      @Nullable String window)
      implements HostEvent {

    /** Whether the call succeeded. */
    public boolean succeeded() {
      return ending instanceof Ending.Succeeded;
    }
  }

  /** A hook failed or remarked on something. A failure precedes its {@link CallEnded}. */
  record HookWarned(HookWarning warning) implements HostEvent {}

  /**
   * A log that hooks read is damaged, or does not have the type or the fields that they expect.
   * Reported again only if another reader found more damage.
   *
   * @param file the log
   * @param report the damage that was found
   * @param hooks the ids of the hooks that read it together
   */
  record LogDamaged(Path file, ReadReport report, List<String> hooks) implements HostEvent {}

  /**
   * A hook failed repeatedly, and is paused.
   *
   * @param hook its id
   * @param until when a trial call is made
   * @param why the reason, a sentence
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
   * A plugin replaced another version, or was added or removed, while the host runs.
   *
   * @param plugin its id
   * @param before the previous version; empty if it is new
   * @param now the current version; empty if it was removed
   */
  record PluginChanged(String plugin, String before, String now) implements HostEvent {}

  /**
   * A jar that was put into the plugins folder while the host runs has a problem.
   *
   * @param file the jar
   * @param code the name of the problem
   * @param reason the problem and its remedy
   * @param running the id and version of the plugin that still runs; empty if nothing of it runs
   */
  record PluginTroubled(Path file, String code, String reason, String running)
      implements HostEvent {}

  /**
   * A jar of the plugins folder is not loaded, since another one has a newer version of the plugin:
   * when the host starts, or when it looks at the folder again.
   *
   * @param file the jar
   * @param plugin the plugin's id
   * @param reason what is loaded instead, and what to do
   */
  record PluginPassedOver(Path file, String plugin, String reason) implements HostEvent {}

  /**
   * The host cannot go on, and ends with an error.
   *
   * @param reason why, a sentence
   */
  record HostFailed(String reason) implements HostEvent {}

  /** An output, or {@code warnings.jsonl}, could not be ended; earlier content of it is kept. */
  record OutputNotEnded(String reason) implements HostEvent {}
}
