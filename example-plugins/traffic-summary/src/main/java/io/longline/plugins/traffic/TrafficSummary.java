package io.longline.plugins.traffic;

import io.longline.api.Combiner;
import io.longline.api.HookContext;
import io.longline.api.Interest;
import io.longline.api.LogDirectory;
import io.longline.api.RecordHook;
import io.longline.api.RecordSink;
import io.longline.api.Window;
import io.longline.api.WindowFacts;
import io.longline.api.WindowHook;
import io.longline.api.Windows;
import io.longline.zeek.IntegerField;
import io.longline.zeek.LogFields;
import io.longline.zeek.StringField;
import io.longline.zeek.TimeField;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * Adds up {@code conn.log} by service and by originator, for each day by the time of the
 * connections, and for the whole run, and writes a small table of each. Shows a hook whose results
 * span directories.
 */
@Extension
public final class TrafficSummary implements RecordHook, WindowHook {

  private static final int SERVICES = 100;
  private static final int TOP_TALKERS = 10;

  /** The number of characters of a name, which is longer than any address or service. */
  private static final int MAX_NAME = 100;

  /** Begins the keys of services; those of originators begin with another letter. */
  private static final String SERVICE_KEY = "s";

  private static final String ORIGINATOR_KEY = "o";

  private static final LogFields CONN = LogFields.of("conn");
  private static final TimeField TS = CONN.time("ts");
  private static final StringField ORIG_H = CONN.string("id.orig_h");
  private static final StringField SERVICE = CONN.optional().string("service");
  private static final IntegerField ORIG_BYTES = CONN.optional().integer("orig_bytes");
  private static final IntegerField RESP_BYTES = CONN.optional().integer("resp_bytes");

  /** A sink keeps nothing but its part. */
  @Override
  public int maxConcurrency() {
    return UNLIMITED;
  }

  @Override
  public Interest interest() {
    return Interest.in(CONN).inAnyOrder().ifPresent();
  }

  @Override
  public List<Windows> windows() {
    return List.of(Windows.days(ZoneOffset.UTC), Windows.wholeRun());
  }

  @Override
  public Combiner combiner() {
    return Combiner.of(Traffic.class, Traffic::plus);
  }

  @Override
  public RecordSink open(LogDirectory logs, HookContext context) {
    var part = context.part();
    return record -> {
      long time = TS.micros(record);
      var traffic = new Traffic(1, ORIG_BYTES.get(record, 0), RESP_BYTES.get(record, 0));
      part.put(time, key(SERVICE_KEY, SERVICE.get(record)), traffic);
      part.put(time, key(ORIGINATOR_KEY, ORIG_H.get(record)), traffic);
    };
  }

  private static String key(String letter, @Nullable String name) {
    var text = Objects.requireNonNullElse(name, "-");
    return letter + (text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME) + "…");
  }

  @Override
  public void close(Window window, WindowFacts facts, HookContext context) throws IOException {
    var services = new TrafficTable("service", SERVICES);
    var originators = new TrafficTable("top talkers", TOP_TALKERS);
    while (facts.nextKey()) {
      var key = facts.key();
      var table = key.startsWith(SERVICE_KEY) ? services : originators;
      table.add(key.substring(1), Traffic.sum(facts));
    }
    var lines = context.output("traffic-summary").lines();
    lines.line(
        window.isWholeRun()
            ? "Traffic of the whole run"
            : "Traffic of " + window.name() + " (UTC)");
    lines.line("");
    services.writeTo(lines);
    lines.line("");
    originators.writeTo(lines);
  }
}
