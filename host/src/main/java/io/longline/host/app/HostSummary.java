package io.longline.host.app;

import io.longline.host.plugins.PluginProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a host did, up to now or in all. Immutable.
 *
 * @param directoriesAccepted log directories taken into the queue
 * @param directoriesFinished batches that all hooks were called with
 * @param directoriesAbandoned log directories left because the host was told to stop
 * @param directoriesKnown directories named again, which were not processed twice
 * @param directoriesDone directories that had been done before
 * @param directoriesWaiting of those finished, how many owe calls of hooks that are not called here
 * @param deadLetters calls on the directories named that are not tried again
 * @param changedFiles files that changed after they were processed, by directory
 * @param hooks ids of the hooks that are called
 * @param succeeded calls at HOOK that succeeded, by hook
 * @param failed calls at HOOK that failed, by hook
 * @param exitSucceeded calls at EXIT that succeeded
 * @param exitFailed calls at EXIT that failed
 * @param failures the kinds of failures, each once
 * @param remarks remarks of hooks, {@code context.warn}
 * @param threadsGivenUp threads that hang in hooks and were replaced, by hook
 * @param pausedHooks hooks that were paused since they failed again and again, and why
 * @param damagedLogs damaged logs with what is wrong
 * @param badLines bad lines in all logs that were read, each counted once
 * @param rejectedPaths paths that could not be used, with the reason
 * @param foldersWithoutLogs folders that have files and no log
 * @param pluginProblems what is wrong with plugins
 * @param outputFailures outputs that could not be ended, with the reason
 * @param output the output folder
 * @param outputBytes bytes of rows and lines, by file
 * @param took since the start
 */
public record HostSummary(
    int directoriesAccepted,
    int directoriesFinished,
    List<Path> directoriesAbandoned,
    int directoriesKnown,
    int directoriesDone,
    int directoriesWaiting,
    int deadLetters,
    Map<Path, String> changedFiles,
    List<String> hooks,
    Map<String, Integer> succeeded,
    Map<String, Integer> failed,
    int exitSucceeded,
    int exitFailed,
    List<FailureKind> failures,
    int remarks,
    Map<String, Integer> threadsGivenUp,
    Map<String, String> pausedHooks,
    Map<Path, String> damagedLogs,
    long badLines,
    Map<String, String> rejectedPaths,
    List<Path> foldersWithoutLogs,
    List<PluginProblem> pluginProblems,
    List<String> outputFailures,
    Path output,
    Map<Path, Long> outputBytes,
    Duration took) {

  /**
   * Failures of one hook that look alike: the same class thrown at the same place.
   *
   * @param hook the hook's id
   * @param site where it was called, as text
   * @param errorClass what was thrown
   * @param place the first frame of the plugin's code; empty if there is none
   * @param message what the first of them said
   * @param firstDirectory the directory of the first; empty at EXIT
   * @param count how many
   */
  public record FailureKind(
      String hook,
      String site,
      String errorClass,
      String place,
      String message,
      String firstDirectory,
      int count) {

    FailureKind oneMore() {
      return new FailureKind(hook, site, errorClass, place, message, firstDirectory, count + 1);
    }
  }

  /** Calls at HOOK that succeeded. */
  public int succeededCalls() {
    return succeeded.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Calls at HOOK that failed. */
  public int failedCalls() {
    return failed.values().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * Whether everything that was asked for was done: no call failed for good, no plugin or path was
   * left out.
   */
  public boolean isClean() {
    return deadLetters == 0
        && exitFailed == 0
        && rejectedPaths.isEmpty()
        && directoriesAbandoned.isEmpty()
        && outputFailures.isEmpty()
        && pausedHooks.isEmpty()
        && pluginProblems.stream().noneMatch(problem -> problem.code().isFatal());
  }

  /** Whether, besides, nothing was remarked on: no bad line, no damaged log, no remark. */
  public boolean isSpotless() {
    return isClean()
        && failedCalls() == 0
        && remarks == 0
        && changedFiles.isEmpty()
        && damagedLogs.isEmpty()
        && pluginProblems.isEmpty();
  }
}
