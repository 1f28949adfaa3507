package io.longline.plugins.traffic;

import io.longline.api.ExitHook;
import io.longline.api.HookContext;
import io.longline.api.Interest;
import io.longline.api.LineOutput;
import io.longline.api.LogDirectory;
import io.longline.api.RecordHook;
import io.longline.api.RecordSink;
import io.longline.zeek.IntegerField;
import io.longline.zeek.LogFields;
import io.longline.zeek.LogRecord;
import io.longline.zeek.StringField;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.pf4j.Extension;

/**
 * Adds up {@code conn.log} over all directories of a run, by service and by originator, and writes
 * a small table at EXIT. Shows a hook with two sites and one state.
 *
 * <p>The state is a cache of this run: a host that is killed writes no table.
 */
@Extension
public final class TrafficSummary implements RecordHook, ExitHook {

  private static final int TOP_TALKERS = 10;
  private static final LogFields CONN = LogFields.of("conn");
  private static final StringField ORIG_H = CONN.string("id.orig_h");
  private static final StringField SERVICE = CONN.optional().string("service");
  private static final IntegerField ORIG_BYTES = CONN.optional().integer("orig_bytes");
  private static final IntegerField RESP_BYTES = CONN.optional().integer("resp_bytes");

  private final TrafficTable services = new TrafficTable();
  private final TrafficTable originators = new TrafficTable();
  private int directories;

  /** A sink is added to the totals under a lock, when it ends. */
  @Override
  public int maxConcurrency() {
    return UNLIMITED;
  }

  @Override
  public Interest interest() {
    return Interest.in(CONN).inAnyOrder().ifPresent();
  }

  @Override
  public RecordSink open(LogDirectory logs, HookContext context) {
    return new Directory();
  }

  private synchronized void add(Directory directory) {
    services.add(directory.byService);
    originators.add(directory.byOriginator);
    directories++;
  }

  /**
   * The traffic of one directory. It is added to the total at the end, so that a directory that
   * fails halfway does not count.
   */
  private final class Directory implements RecordSink {

    private final TrafficTable byService = new TrafficTable();
    private final TrafficTable byOriginator = new TrafficTable();

    @Override
    public void accept(LogRecord record) {
      var traffic = new Traffic(1, ORIG_BYTES.get(record, 0), RESP_BYTES.get(record, 0));
      byService.add(Objects.requireNonNullElse(SERVICE.get(record), "-"), traffic);
      byOriginator.add(Objects.requireNonNullElse(ORIG_H.get(record), "-"), traffic);
    }

    @Override
    public void finish() {
      add(this);
    }
  }

  @Override
  public synchronized void exit(HookContext context) throws Exception {
    if (directories == 0) {
      return;
    }
    var lines = context.output("traffic-summary").lines();
    lines.line(
        "Traffic of %d %s".formatted(directories, directories == 1 ? "directory" : "directories"));
    lines.line("");
    table(lines, "service", services, Integer.MAX_VALUE);
    lines.line("");
    table(lines, "top talkers", originators, TOP_TALKERS);
  }

  private static void table(LineOutput lines, String title, TrafficTable table, int most)
      throws IOException {
    lines.line(row(title, "connections", "bytes sent", "bytes received"));
    for (var entry : table.largest(most)) {
      var traffic = entry.getValue();
      lines.line(
          row(
              entry.getKey(),
              Long.toString(traffic.connections()),
              Long.toString(traffic.sent()),
              Long.toString(traffic.received())));
    }
    if (table.isApproximate()) {
      lines.line("(too many to keep apart: small ones were left out on the way)");
    }
  }

  private static String row(String name, String connections, String sent, String received) {
    return String.format(Locale.ROOT, "%-40s %12s %16s %16s", name, connections, sent, received);
  }
}
