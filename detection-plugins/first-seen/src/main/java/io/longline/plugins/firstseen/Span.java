package io.longline.plugins.firstseen;

import io.longline.zeek.LogField;
import io.longline.zeek.LogRecord;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When a value was seen in one batch so far. Confined to one sink. */
final class Span {

  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private @Nullable String host;
  private @Nullable String uid;

  /** Adds a time; texts are read only if it may be the first. */
  void add(long time, LogRecord record, @Nullable LogField hosts, @Nullable LogField uids) {
    last = Math.max(last, time);
    if (time > first) {
      return;
    }
    var now = new Seen(time, time, text(record, hosts), text(record, uids));
    if (time < first || Seen.EARLIEST.compare(now, Objects.requireNonNull(seen())) < 0) {
      first = time;
      host = now.host();
      uid = now.uid();
    }
  }

  private static @Nullable String text(LogRecord record, @Nullable LogField field) {
    return field == null || field.isUnset(record) ? null : field.text(record);
  }

  /** What was added; null if nothing was. */
  @Nullable Seen seen() {
    return last == Long.MIN_VALUE ? null : new Seen(first, last, host, uid);
  }
}
