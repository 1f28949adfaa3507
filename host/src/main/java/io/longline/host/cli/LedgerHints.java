package io.longline.host.cli;

import io.longline.host.event.ShellWord;
import io.longline.host.ledger.LedgerLocation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names commands that work on a ledger, for people who paste them into a shell: each has what says
 * where the ledger is. Immutable.
 *
 * @param location where the ledger is
 */
record LedgerHints(LedgerLocation location) {

  /** A command with these words, which are quoted where the shell needs it. */
  String command(String... words) {
    return Stream.of(List.of("longline"), List.of(words), where())
        .flatMap(List::stream)
        .map(ShellWord::of)
        .collect(Collectors.joining(" "));
  }

  /** Whether there is a ledger for other commands. */
  boolean hasLedger() {
    return !location.isInMemory();
  }

  /** A password is left out with its URL: whoever pastes the command has it from elsewhere. */
  private List<String> where() {
    var folder = location.folder();
    var url = location.url();
    if (folder != null) {
      return List.of("--state", folder.toString());
    }
    return url == null || LedgerLocation.hasPassword(url) ? List.of() : List.of("--ledger", url);
  }
}
