package io.longline.host.cli;

import io.longline.host.intake.LogListing;
import io.longline.host.intake.LogProbe;
import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerView.CallStatus;
import io.longline.host.ledger.LogContent;
import io.longline.host.ledger.RecordedLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says about a log directory. Immutable.
 *
 * @param directory the directory
 * @param calls the calls on it
 * @param batches the states of its batches
 * @param whyUnavailable why batches of it cannot be processed
 * @param whyWaiting why a host that watches has not taken it yet; null if none has noted that
 * @param recognized logs that are known under other names too: those names, each with the first one
 * @param passedOver the names of files in it that are passed over, since no log has such a name
 */
record DirectoryStatus(
    Path directory,
    List<CallStatus> calls,
    List<BatchState> batches,
    List<String> whyUnavailable,
    @Nullable String whyWaiting,
    Map<String, String> recognized,
    List<String> passedOver) {

  static DirectoryStatus of(Ledger ledger, Path directory, LogProbe probe) throws IOException {
    var view = ledger.view();
    return new DirectoryStatus(
        directory,
        view.calls(directory),
        view.batches(directory),
        view.whyUnavailable(directory),
        view.whyWaiting(directory),
        recognized(ledger.batches().recordedLogs(directory)),
        passedOver(directory, probe));
  }

  private static Map<String, String> recognized(List<RecordedLog> logs) {
    var first = new HashMap<LogContent, String>();
    var recognized = new TreeMap<String, String>();
    for (var log : logs) {
      var name = log.content().hasHead() ? first.putIfAbsent(log.content(), log.name()) : null;
      if (name != null && !name.equals(log.name())) {
        recognized.put(log.name(), name);
      }
    }
    return recognized;
  }

  private static List<String> passedOver(Path directory, LogProbe probe) {
    try {
      return LogListing.passedOver(directory, probe);
    } catch (IOException e) {
      // The directory may be gone, or on another machine.
      return List.of();
    }
  }

  /** Whether the ledger has anything about it. */
  boolean isKnown() {
    return !batches.isEmpty() || whyWaiting != null;
  }
}
