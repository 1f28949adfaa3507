package io.longline.host.report;

import io.longline.host.event.ShellWord;
import java.util.regex.Pattern;

/** The command that prints the records that a finding rests on. */
final class CutCommand {

  private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_]+");
  private static final Pattern UID = Pattern.compile("[A-Za-z0-9]+");

  private CutCommand() {}

  /**
   * A command to be pasted into a shell.
   *
   * @return empty if no log is known, or its name is not that of a log
   */
  static String of(ReportedFinding.Where where) {
    if (!where.isKnown() || !PATH.matcher(where.log()).matches()) {
      return "";
    }
    // Logs that were rotated or compressed have more in their names.
    var logs = ShellWord.of(where.directory()) + "/" + where.log() + ".*";
    var all = "longline cut -c " + logs;
    return UID.matcher(where.uid()).matches()
        ? all + " | grep -e '^#fields' -e " + where.uid()
        : all;
  }
}
