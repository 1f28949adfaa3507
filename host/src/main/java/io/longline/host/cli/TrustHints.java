package io.longline.host.cli;

import io.longline.host.event.ShellWord;
import io.longline.host.plugins.PluginProblem;
import java.util.EnumSet;
import java.util.Set;

/**
 * Adds to what helps against a plugin's problem the command that does it, where the host only says
 * what is to be done.
 */
final class TrustHints {

  /** The problems that end when the jar is recorded in the lock. */
  private static final Set<PluginProblem.Code> LOCKING =
      EnumSet.of(
          PluginProblem.Code.NOT_PINNED,
          PluginProblem.Code.CHANGED_SINCE_INSTALL,
          PluginProblem.Code.DIFFERS_FROM_LOCK);

  private TrustHints() {}

  /** What helps, with the command if there is one. */
  static String remedy(PluginProblem problem) {
    var folder = problem.file().toAbsolutePath().getParent();
    return LOCKING.contains(problem.code())
        ? "%s Record it with: longline plugins lock %s --plugins %s"
            .formatted(
                problem.remedy(),
                ShellWord.of(problem.plugin()),
                ShellWord.of(String.valueOf(folder)))
        : problem.remedy();
  }
}
