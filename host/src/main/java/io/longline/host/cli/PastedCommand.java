package io.longline.host.cli;

import io.longline.host.event.PrintableText;
import io.longline.host.event.ShellWord;
import io.longline.host.ledger.LedgerLocation;
import java.util.ArrayList;
import java.util.List;

/** Commands in messages, which work when they are pasted into a shell. */
final class PastedCommand {

  private static final String OUTPUT = "--output";

  private PastedCommand() {}

  /**
   * A command that was given, with all its options, but another output folder. The password in the
   * URL of a ledger is not repeated.
   *
   * @param command the name of the command, such as {@code run}
   * @param words what was given on the command line, the name included
   */
  static String withOutput(String command, List<String> words, String output) {
    var pasted = new ArrayList<String>(List.of("longline"));
    int place = words.indexOf(command);
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      if (word.equals(OUTPUT)) {
        i++;
      } else if (!word.startsWith(OUTPUT + "=")) {
        pasted.add(word(word));
      }
      if (i == place) {
        pasted.add(OUTPUT);
        pasted.add(word(output));
      }
    }
    return String.join(" ", pasted);
  }

  private static String word(String word) {
    return ShellWord.of(
        PrintableText.line(
            word.contains("postgresql:") ? LedgerLocation.withoutPassword(word) : word));
  }
}
