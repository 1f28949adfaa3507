package io.longline.plugins.files;

import io.longline.zeek.LogRecord;
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

  private static final int UID = 0;
  private static final int ORIG_H = 1;
  private static final int ORIG_P = 2;
  private static final int RESP_H = 3;
  private static final int RESP_P = 4;

  static final String[] FIELDS = {"uid", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p"};

  private final Set<String> wanted = new HashSet<>();
  private final Map<String, Ends> byUid = new HashMap<>();

  /** The two ends of a connection, as far as they are known. */
  record Ends(
      @Nullable String origHost,
      @Nullable Long origPort,
      @Nullable String respHost,
      @Nullable Long respPort) {}

  /** Adds to the wanted connections. */
  void want(Collection<String> uids) {
    wanted.addAll(uids);
  }

  /** Keeps a row of conn.log if its connection is wanted. */
  void take(LogRecord record) {
    if (wanted.isEmpty()) {
      return;
    }
    var uid = record.string(UID);
    if (uid != null && wanted.contains(uid)) {
      byUid.put(
          uid,
          new Ends(
              record.string(ORIG_H),
              port(record, ORIG_P),
              record.string(RESP_H),
              port(record, RESP_P)));
    }
  }

  private static @Nullable Long port(LogRecord record, int column) {
    return record.isUnset(column) ? null : (Long) record.integer(column);
  }

  Optional<Ends> find(String uid) {
    return Optional.ofNullable(byUid.get(uid));
  }
}
