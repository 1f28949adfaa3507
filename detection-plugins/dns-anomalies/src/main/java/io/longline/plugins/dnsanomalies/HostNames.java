package io.longline.plugins.dnsanomalies;

import io.longline.zeek.LogFields;
import io.longline.zeek.LogRecord;
import io.longline.zeek.StringField;
import io.longline.zeek.TimeField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A log in which connections name the host that they go to. Immutable. */
final class HostNames {

  static final HostNames HTTP = new HostNames("http", "host");

  /** All of them. */
  static final List<HostNames> ALL =
      List.of(HTTP, new HostNames("ssl", "server_name"), new HostNames("quic", "server_name"));

  private final LogFields fields;
  private final TimeField time;
  private final StringField host;

  private HostNames(String path, String column) {
    fields = LogFields.of(path);
    time = fields.time("ts");
    host = fields.optional().string(column);
  }

  /** That with this path. */
  static HostNames of(String path) {
    for (var log : ALL) {
      if (log.fields.path().equals(path)) {
        return log;
      }
    }
    throw new IllegalArgumentException("No log of host names: " + path);
  }

  LogFields fields() {
    return fields;
  }

  /** The time of a record, in microseconds since 1970 UTC. */
  long time(LogRecord record) {
    return time.micros(record);
  }

  /** The name of the host; null if there is none. */
  @Nullable Name name(LogRecord record, Names names) {
    var text = host.bytes(record);
    if (text == null) {
      return null;
    }
    int end = withoutPort(text);
    return end == text.length ? names.of(text) : names.of(text, end);
  }

  private static int withoutPort(byte[] text) {
    int end = text.length;
    while (end > 0 && text[end - 1] >= '0' && text[end - 1] <= '9') {
      end--;
    }
    return end > 0 && text[end - 1] == ':' ? end - 1 : text.length;
  }
}
