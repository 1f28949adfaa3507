package io.longline.plugins.traffic;

import io.longline.api.ExitHook;
import io.longline.api.HookContext;
import io.longline.api.LineOutput;
import io.longline.api.LogDirectory;
import io.longline.api.LogHook;
import io.longline.zeek.LogRecord;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.pf4j.Extension;

/**
 * Adds up {@code conn.log} over all directories of a run, by service and by originator, and writes
 * a small table at EXIT. Shows a hook with two sites and one state.
 *
 * <p>The state is a cache of this run: a host that is killed writes no table.
 */
@Extension
public final class TrafficSummary implements LogHook, ExitHook {

  private static final int TOP_TALKERS = 10;
  private static final int ORIG_H = 0;
  private static final int SERVICE = 1;
  private static final int ORIG_BYTES = 2;
  private static final int RESP_BYTES = 3;

  private final Map<String, Traffic> byService = new HashMap<>();
  private final Map<String, Traffic> byOriginator = new HashMap<>();
  private int directories;

  @Override
  public void process(LogDirectory logs, HookContext context) throws Exception {
    // Added to the state at the end, so that a directory that fails half-way does not count.
    var services = new HashMap<String, Traffic>();
    var originators = new HashMap<String, Traffic>();
    for (var file : logs.logs("conn")) {
      try (var reader = file.open("id.orig_h", "service", "orig_bytes", "resp_bytes")) {
        reader.forEach(record -> count(record, services, originators));
      }
    }
    services.forEach((name, traffic) -> byService.merge(name, traffic, Traffic::plus));
    originators.forEach((name, traffic) -> byOriginator.merge(name, traffic, Traffic::plus));
    directories++;
  }

  private static void count(
      LogRecord record, Map<String, Traffic> services, Map<String, Traffic> originators) {
    var traffic = new Traffic(1, record.integer(ORIG_BYTES, 0), record.integer(RESP_BYTES, 0));
    services.merge(Objects.requireNonNullElse(record.string(SERVICE), "-"), traffic, Traffic::plus);
    originators.merge(
        Objects.requireNonNullElse(record.string(ORIG_H), "-"), traffic, Traffic::plus);
  }

  @Override
  public void exit(HookContext context) throws Exception {
    if (directories == 0) {
      return;
    }
    var lines = context.output("traffic-summary").lines();
    lines.line(
        "Traffic of %d %s".formatted(directories, directories == 1 ? "directory" : "directories"));
    lines.line("");
    table(lines, "service", byService, byService.size());
    lines.line("");
    table(lines, "top talkers", byOriginator, TOP_TALKERS);
  }

  private static void table(LineOutput lines, String title, Map<String, Traffic> rows, int most)
      throws IOException {
    lines.line(row(title, "connections", "bytes sent", "bytes received"));
    List<Map.Entry<String, Traffic>> sorted =
        rows.entrySet().stream()
            .sorted(
                Comparator.comparing(
                        (Map.Entry<String, Traffic> entry) -> -entry.getValue().bytes())
                    .thenComparing(Map.Entry::getKey))
            .limit(most)
            .toList();
    for (var entry : sorted) {
      var traffic = entry.getValue();
      lines.line(
          row(
              entry.getKey(),
              Long.toString(traffic.connections()),
              Long.toString(traffic.sent()),
              Long.toString(traffic.received())));
    }
  }

  private static String row(String name, String connections, String sent, String received) {
    return String.format(Locale.ROOT, "%-40s %12s %16s %16s", name, connections, sent, received);
  }

  /**
   * Connections and the bytes in them. Immutable.
   *
   * @param connections how many
   * @param sent payload bytes of the originators
   * @param received payload bytes of the responders
   */
  record Traffic(long connections, long sent, long received) {

    Traffic plus(Traffic other) {
      return new Traffic(
          connections + other.connections, sent + other.sent, received + other.received);
    }

    long bytes() {
      return sent + received;
    }
  }
}
