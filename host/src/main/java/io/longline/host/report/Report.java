package io.longline.host.report;

import io.longline.api.Finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongPredicate;

/** The findings of a host in groups. Confined to one thread. */
public final class Report {

  /**
   * Groups that are kept apart, of each severity and of those that are allowed; what comes after is
   * only counted. So many of one severity leave the others their room.
   */
  private static final int MAX_GROUPS = 25_000;

  private static final String ALLOWED = "allowed";

  private final Map<String, FindingGroup> groups = new LinkedHashMap<>();

  /** How many groups there are of each severity, and of those that are allowed. */
  private final Map<String, Integer> sizes = new HashMap<>();

  private final Timeline timeline = new Timeline();
  private List<String> problems = List.of();
  private long findings;
  private long allowed;
  private long leftOut;

  private Report() {}

  /**
   * Reads the findings and groups them.
   *
   * @param isWanted whether findings of a time are wanted, in microseconds since 1970 UTC; one
   *     without a time always is
   */
  public static Report of(FindingFiles files, LongPredicate isWanted) throws IOException {
    var report = new Report();
    report.problems =
        files.forEach(
            finding -> {
              var micros = finding.micros();
              if (micros == null || isWanted.test(micros)) {
                report.add(finding);
              }
            });
    return report;
  }

  private void add(ReportedFinding finding) {
    findings++;
    if (finding.isAllowed()) {
      allowed++;
    } else if (finding.micros() != null) {
      timeline.add(finding.micros(), finding.severity());
    }
    var key = finding.plugin() + "\0" + finding.what();
    var group = groups.get(key);
    if (group != null) {
      group.add(finding);
    } else if (sizes.merge(
            finding.isAllowed() ? ALLOWED : finding.severity().word(), 1, Integer::sum)
        <= MAX_GROUPS) {
      groups.put(key, new FindingGroup(finding));
    } else {
      leftOut++;
    }
  }

  /** The number of findings, those that are allowed included. */
  public long findings() {
    return findings;
  }

  /** How many findings an allow list expects. */
  public long allowed() {
    return allowed;
  }

  /** How many findings are in no group, since there are too many. */
  long leftOut() {
    return leftOut;
  }

  /** What could not be read, a sentence each. */
  public List<String> problems() {
    return problems;
  }

  /** When they were; those that are allowed are left out. */
  Timeline timeline() {
    return timeline;
  }

  /** The groups that are not allowed, the worst first. */
  List<FindingGroup> groups() {
    return sorted(false);
  }

  /** The groups that are allowed, the worst first. */
  List<FindingGroup> allowedGroups() {
    return sorted(true);
  }

  private List<FindingGroup> sorted(boolean isAllowed) {
    return groups.values().stream()
        .filter(group -> group.worst().isAllowed() == isAllowed)
        .sorted(FindingGroup.WORST_FIRST)
        .toList();
  }

  /** The number of groups of each severity that has any, the worst first; without allowed ones. */
  public Map<Severity, Long> bySeverity() {
    var counts = new EnumMap<Severity, Long>(Severity.class);
    groups.values().stream()
        .filter(group -> !group.worst().isAllowed())
        .forEach(group -> counts.merge(group.severity(), 1L, Long::sum));
    var worstFirst = new LinkedHashMap<Severity, Long>();
    var severities = Severity.values();
    for (int i = severities.length - 1; i >= 0; i--) {
      if (counts.containsKey(severities[i])) {
        worstFirst.put(severities[i], counts.get(severities[i]));
      }
    }
    return worstFirst;
  }

  /**
   * Groups that have something in common.
   *
   * @param name what they have in common
   * @param groups the groups, the worst first
   */
  record Common(String name, List<FindingGroup> groups) {

    /** How many findings they have. */
    long findings() {
      return groups.stream().mapToLong(FindingGroup::count).sum();
    }
  }

  /** The groups by the host that began; those without one are left out. */
  List<Common> byHost() {
    return common(group -> group.worst().what().source());
  }

  /** The groups by what was looked for. */
  List<Common> byRule() {
    return common(group -> group.worst().plugin() + ": " + group.worst().what().rule());
  }

  private List<Common> common(Function<FindingGroup, String> name) {
    var byName = new LinkedHashMap<String, List<FindingGroup>>();
    for (var group : groups()) {
      byName.computeIfAbsent(name.apply(group), added -> new ArrayList<>()).add(group);
    }
    byName.remove("");
    // The groups came worst first, so that the names did too.
    return byName.entrySet().stream()
        .map(entry -> new Common(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparing((Common each) -> each.groups().get(0).severity())
                .thenComparing(each -> each.groups().size())
                .reversed())
        .toList();
  }
}
