package io.longline.host.report;

import io.longline.host.event.ShellWord;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The command that prints the records that a finding rests on. */
final class CutCommand {

  private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_]+");
  private static final Pattern UID = Pattern.compile("[A-Za-z0-9]+");

  private CutCommand() {}

  /**
   * A command to be pasted into a shell.
   *
   * @return empty if no log is known, or its file is not named after it
   */
  static String of(ReportedFinding.Where where) {
    if (!where.isKnown() || !PATH.matcher(where.log()).matches() || hasOtherNames(where)) {
      return "";
    }
    // Logs that were rotated or compressed have more in their names.
    var logs = ShellWord.of(where.directory()) + "/" + where.log() + ".*";
    var all = "longline cut -c " + logs;
    return UID.matcher(where.uid()).matches()
        ? all + " | grep -e '^#fields' -e " + where.uid()
        : all;
  }

  /** Whether the directory is there, and has no file that is named after the log. */
  private static boolean hasOtherNames(ReportedFinding.Where where) {
    try (var files = Files.newDirectoryStream(Path.of(where.directory()), where.log() + ".*")) {
      return !files.iterator().hasNext();
    } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
      // The records may have been moved since, or lie on another machine.
      return false;
    }
  }
}
