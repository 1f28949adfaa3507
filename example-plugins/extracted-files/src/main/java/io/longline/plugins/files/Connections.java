package io.longline.plugins.files;

import io.longline.zeek.IntegerField;
import io.longline.zeek.LogFields;
import io.longline.zeek.LogRecord;
import io.longline.zeek.StringField;
import io.longline.zeek.TimeField;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ends of the wanted connections, by uid; nothing else of conn.log is kept in memory. Confined
 * to one thread.
 */
final class Connections {

  static final LogFields CONN = LogFields.of("conn");

  private static final int MAX_ADDRESS = 100;

  private static final StringField UID = CONN.string("uid");
  private static final TimeField TS = CONN.optional().time("ts");
  private static final StringField ORIG_H = CONN.string("id.orig_h");
  private static final IntegerField ORIG_P = CONN.integer("id.orig_p");
  private static final StringField RESP_H = CONN.string("id.resp_h");
  private static final IntegerField RESP_P = CONN.integer("id.resp_p");

  private final boolean areTimesWanted;
  private final Set<String> wanted = new HashSet<>();
  private final Map<String, Ends> byUid = new HashMap<>();

  /**
   * The two ends of a connection, as far as they are known.
   *
   * @param tsMicros the connection's time, in microseconds since 1970; null if it is not wanted
   */
  record Ends(
      @Nullable Long tsMicros,
      @Nullable String origHost,
      @Nullable Long origPort,
      @Nullable String respHost,
      @Nullable Long respPort) {}

  /**
   * Knows no connection yet.
   *
   * @param areTimesWanted whether the times of connections are read; a row with an unreadable one
   *     is a bad line then
   */
  Connections(boolean areTimesWanted) {
    this.areTimesWanted = areTimesWanted;
  }

  /** Adds to the wanted connections. */
  void want(Collection<String> uids) {
    wanted.addAll(uids);
  }

  /** Keeps a row of conn.log if its connection is wanted. */
  void take(LogRecord record) {
    if (wanted.isEmpty()) {
      return;
    }
    var uid = UID.get(record);
    if (uid != null && wanted.contains(uid)) {
      byUid.put(
          uid,
          new Ends(
              time(record),
              host(ORIG_H, record),
              port(ORIG_P, record),
              host(RESP_H, record),
              port(RESP_P, record)));
    }
  }

  private @Nullable Long time(LogRecord record) {
    return areTimesWanted && !TS.isUnset(record) ? (Long) TS.micros(record) : null;
  }

  /** An address; a longer text is none, and is not kept. */
  private static @Nullable String host(StringField field, LogRecord record) {
    var text = field.get(record);
    return text == null || text.length() > MAX_ADDRESS ? null : text;
  }

  private static @Nullable Long port(IntegerField field, LogRecord record) {
    return field.isUnset(record) ? null : (Long) field.get(record);
  }

  Optional<Ends> find(String uid) {
    return Optional.ofNullable(byUid.get(uid));
  }
}
