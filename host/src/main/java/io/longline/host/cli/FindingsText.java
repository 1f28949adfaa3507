package io.longline.host.cli;

import io.longline.api.Finding.Severity;
import java.util.Map;
import java.util.stream.Collectors;

/** How many findings there are, for people. */
final class FindingsText {

  private FindingsText() {}

  /**
   * The numbers in a line.
   *
   * @param bySeverity those that are not allowed, the worst first
   * @param allowed those that an allow list expects
   */
  static String of(Map<Severity, Long> bySeverity, long allowed) {
    var counts =
        bySeverity.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey().word())
            .collect(Collectors.joining(", "));
    var text = counts.isEmpty() ? "none" : counts;
    return allowed == 0 ? text : text + " (and " + allowed + " that allow lists expect)";
  }
}
