package io.longline.host.report;

import io.longline.api.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Findings that are about the same: one rule, the same hosts and the same name. Confined to one
 * thread.
 */
final class FindingGroup {

  /** The worst first; of equal ones that which was found last, and the order of names. */
  static final Comparator<FindingGroup> WORST_FIRST =
      Comparator.comparing((FindingGroup group) -> group.worst.severity())
          .thenComparing(FindingGroup::score)
          .thenComparing(FindingGroup::last)
          .reversed()
          .thenComparing(group -> group.worst.what().toString());

  /** How many places of records are kept. */
  private static final int MAX_PLACES = 5;

  private final List<ReportedFinding.Where> places = new ArrayList<>();
  private ReportedFinding worst;
  private @Nullable Long first;
  private @Nullable Long last;
  private long count;

  FindingGroup(ReportedFinding finding) {
    this.worst = finding;
    add(finding);
  }

  void add(ReportedFinding finding) {
    count++;
    var micros = finding.micros();
    if (micros != null) {
      first = first == null ? micros : Math.min(first, micros);
      last = last == null ? micros : Math.max(last, micros);
    }
    if (isWorse(finding)) {
      worst = finding;
    }
    if (finding.where().isKnown() && places.size() < MAX_PLACES) {
      places.add(finding.where());
    }
  }

  private boolean isWorse(ReportedFinding finding) {
    int order = finding.severity().compareTo(worst.severity());
    return order > 0 || (order == 0 && score(finding) > score(worst));
  }

  private static double score(ReportedFinding finding) {
    var score = finding.score();
    return score == null ? Double.NEGATIVE_INFINITY : score;
  }

  /** The finding that is the worst. */
  ReportedFinding worst() {
    return worst;
  }

  Severity severity() {
    return worst.severity();
  }

  /** How many findings there are. */
  long count() {
    return count;
  }

  /** When the first was, in microseconds since 1970 UTC; null where none says. */
  @Nullable Long first() {
    return first;
  }

  private long last() {
    return last == null ? Long.MIN_VALUE : last;
  }

  /** When the last was, in microseconds since 1970 UTC; null where none says. */
  @Nullable Long lastMicros() {
    return last;
  }

  private double score() {
    return score(worst);
  }

  /** Where records are that they were found in; some of them if there are many. */
  List<ReportedFinding.Where> places() {
    return places;
  }
}
