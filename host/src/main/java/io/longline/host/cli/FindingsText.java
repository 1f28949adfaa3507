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
   * @param bySeverity the number of different ones that are not allowed, the worst first
   * @param findings the number of all
   * @param allowed the number of those that an allow list expects
   */
  static String of(Map<Severity, Long> bySeverity, long findings, long allowed) {
    long different = bySeverity.values().stream().mapToLong(Long::longValue).sum();
    if (different == 0) {
      return allowed == 0 ? "none" : "none but " + allowed + " that allow lists expect";
    }
    var counts =
        bySeverity.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey().word())
            .collect(Collectors.joining(", "));
    return "%s: %d different in %d rows%s"
        .formatted(
            counts,
            different,
            findings - allowed,
            allowed == 0 ? "" : ", and " + allowed + " rows that allow lists expect");
  }
}
