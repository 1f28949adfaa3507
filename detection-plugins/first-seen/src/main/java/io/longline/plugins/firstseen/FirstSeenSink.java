package io.longline.plugins.firstseen;

import io.longline.api.RecordSink;
import io.longline.zeek.LogRecord;
import io.longline.zeek.TimeField;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the values of a batch. Confined to one thread at a time. */
final class FirstSeenSink implements RecordSink {

  /** The first microsecond of the year 10000. */
  private static final long END = 253_402_300_800_000_000L;

  private final SeenValues values;
  private final Map<String, LogValues> logs = new HashMap<>();
  private final Map<String, TimeField> times = new HashMap<>();
  private @Nullable LogValues current;
  private @Nullable TimeField time;

  FirstSeenSink(SeenValues values) {
    this.values = values;
  }

  /** Adds a log. */
  void add(String path, TimeField timeField, LogValues collected) {
    logs.put(path, collected);
    times.put(path, timeField);
  }

  @Override
  public void begin(String path) {
    current = logs.get(path);
    time = times.get(path);
  }

  @Override
  public void accept(LogRecord record) throws IOException {
    var to = current;
    var field = time;
    if (to == null || field == null) {
      throw new IllegalStateException("A record came of a log that was not asked for.");
    }
    long micros = field.micros(record);
    // Before 1970, and after what dates are for, there is no time that a sensor could mean.
    if (micros > 0 && micros < END) {
      to.accept(record, micros);
    }
  }

  @Override
  public void finish() throws IOException {
    for (var each : logs.values()) {
      each.flush();
    }
    values.complete();
  }
}
