package io.longline.host.app;

import io.longline.host.plugins.PluginProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The work of a host: so far, or in total after it was closed. Immutable.
 *
 * @param directories the log directories
 * @param calls the calls of hooks
 * @param troubles problems other than failed calls
 * @param outputs the output that was written
 * @param failure why the host could not go on, a sentence; empty if it could
 * @param took the time since the start
 */
public record HostSummary(
    Directories directories,
    Calls calls,
    Troubles troubles,
    Outputs outputs,
    Optional<String> failure,
    Duration took) {

  /**
   * The log directories of a host.
   *
   * @param accepted directories taken into the queue
   * @param finished batches for which all hooks were called
   * @param abandoned directories left in the queue because the host was asked to stop
   * @param namedAgain directories that were named more than once and processed once
   * @param doneBefore directories that had been processed before
   * @param waiting the number of finished batches that owe calls of hooks that this host does not
   *     call
   * @param withoutLogs folders with files but no log
   * @param unavailable directories whose logs were gone or could not be read, with the reason
   */
  public record Directories(
      int accepted,
      int finished,
      List<Path> abandoned,
      int namedAgain,
      int doneBefore,
      int waiting,
      List<Path> withoutLogs,
      Map<Path, String> unavailable) {}

  /**
   * The calls of hooks.
   *
   * @param hooks ids of the hooks that are called
   * @param idle hooks that have nothing to do with their settings and are not called, and why
   * @param succeeded calls at HOOK that succeeded, by hook
   * @param failed calls at HOOK that failed, by hook
   * @param exits calls at EXIT
   * @param deadLetters calls on the named directories that are not attempted again
   * @param failures the kinds of failures, each once
   * @param remarks remarks of hooks, {@code context.warn}
   * @param missing the logs and fields that hooks require and did not find
   */
  public record Calls(
      List<String> hooks,
      Map<String, String> idle,
      Map<String, Integer> succeeded,
      Map<String, Integer> failed,
      Exits exits,
      int deadLetters,
      List<FailureKind> failures,
      int remarks,
      List<Missing> missing) {

    /** The number of calls at HOOK that succeeded. */
    public int allSucceeded() {
      return sum(succeeded);
    }

    /** The number of calls at HOOK that failed. */
    public int allFailed() {
      return sum(failed);
    }

    private static int sum(Map<String, Integer> counts) {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /**
   * A log or a field that a hook requires and did not find.
   *
   * @param hook the hook's id
   * @param message what is missing, as a sentence
   * @param nextStep what a person can do
   */
  public record Missing(String hook, String message, String nextStep) {}

  /**
   * The calls at EXIT.
   *
   * @param succeeded the number of calls that succeeded
   * @param failed the number of calls that failed
   */
  public record Exits(int succeeded, int failed) {}

  /**
   * Problems other than failed calls.
   *
   * @param threadsGivenUp threads that hang in a hook and were replaced, by hook
   * @param pausedHooks hooks that were paused because they failed again and again, and why
   * @param damagedLogs damaged logs, each with its damage
   * @param badLines bad lines in all logs that were read, each counted once
   * @param changedFiles files that changed after they were processed, by directory
   * @param recognizedLogs logs that are like others that the ledger has, and what became of each
   * @param unreadLogs how many logs were taken that no hook asks for, by the path of the log
   * @param rejectedPaths paths that could not be used, with the reason
   * @param pluginProblems problems with plugins
   */
  public record Troubles(
      Map<String, Integer> threadsGivenUp,
      Map<String, String> pausedHooks,
      Map<Path, String> damagedLogs,
      long badLines,
      Map<Path, String> changedFiles,
      Map<Path, String> recognizedLogs,
      Map<String, Integer> unreadLogs,
      Map<String, String> rejectedPaths,
      List<PluginProblem> pluginProblems) {}

  /**
   * The output that was written.
   *
   * @param folder the output folder
   * @param bytes bytes of rows and lines, by file
   * @param failures outputs that could not be ended, with the reason
   */
  public record Outputs(Path folder, Map<Path, Long> bytes, List<String> failures) {}

  /**
   * Failures of one hook that look alike: an exception of the same class from the same place.
   *
   * @param hook the hook's id
   * @param site where it was called, as text
   * @param errorClass the class of the exception or error
   * @param place the first frame of the plugin's code; empty if there is no such frame
   * @param message the message of the first failure
   * @param firstDirectory the directory of the first failure; empty at EXIT
   * @param count the number of failures
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

  /**
   * Whether everything that was asked for was done: no call failed for good, and no plugin, path or
   * directory was left out.
   */
  public boolean isClean() {
    return failure.isEmpty()
        && calls.deadLetters() == 0
        && calls.exits().failed() == 0
        && directories.abandoned().isEmpty()
        && directories.unavailable().isEmpty()
        && outputs.failures().isEmpty()
        && troubles.rejectedPaths().isEmpty()
        && troubles.pausedHooks().isEmpty()
        && troubles.pluginProblems().stream().noneMatch(problem -> problem.code().isFatal());
  }

  /** Whether it is also free of bad lines, damaged logs, remarks and missing fields. */
  public boolean isSpotless() {
    return isClean()
        && calls.allFailed() == 0
        && calls.remarks() == 0
        && calls.missing().isEmpty()
        && troubles.changedFiles().isEmpty()
        && troubles.damagedLogs().isEmpty()
        && troubles.pluginProblems().stream().allMatch(problem -> problem.code().isNotice());
  }
}
