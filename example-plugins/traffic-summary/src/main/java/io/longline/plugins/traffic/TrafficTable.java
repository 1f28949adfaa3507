package io.longline.plugins.traffic;

import io.longline.api.LineOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;

/** The names with the most traffic, of any number of names. Confined to one thread. */
final class TrafficTable {

  private static final Comparator<Line> LEAST_FIRST =
      Comparator.comparing((Line line) -> line.traffic().bytes())
          .thenComparing(Line::name, Comparator.reverseOrder());

  private final String title;
  private final int most;
  private final PriorityQueue<Line> lines = new PriorityQueue<>(LEAST_FIRST);
  private long leftOut;

  private record Line(String name, Traffic traffic) {}

  /** An empty table of so many names at most. */
  TrafficTable(String title, int most) {
    this.title = title;
    this.most = most;
  }

  /** Adds the traffic of a name, which is added once. */
  void add(String name, Traffic traffic) {
    lines.add(new Line(name, traffic));
    if (lines.size() > most) {
      lines.remove();
      leftOut++;
    }
  }

  /** Writes it, the name with the most bytes first, those with equal bytes ordered by name. */
  void writeTo(LineOutput output) throws IOException {
    output.line(row(title, "connections", "bytes sent", "bytes received"));
    for (var line : largestFirst()) {
      var traffic = line.traffic();
      output.line(
          row(
              line.name(),
              Long.toString(traffic.connections()),
              Long.toString(traffic.sent()),
              Long.toString(traffic.received())));
    }
    if (leftOut > 0) {
      output.line("(and %,d with less)".formatted(leftOut));
    }
  }

  private List<Line> largestFirst() {
    var sorted = new ArrayList<>(lines);
    sorted.sort(LEAST_FIRST.reversed());
    return sorted;
  }

  private static String row(String name, String connections, String sent, String received) {
    return String.format(Locale.ROOT, "%-40s %12s %16s %16s", name, connections, sent, received);
  }
}
