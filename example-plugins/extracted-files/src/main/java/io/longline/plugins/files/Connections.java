package io.longline.plugins.files;

import io.longline.api.LogDirectory;
import io.longline.zeek.LogRecord;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ends of the connections that were asked for, by uid: of conn.log no more is held. Immutable.
 */
final class Connections {

  private static final int UID = 0;
  private static final int ORIG_H = 1;
  private static final int ORIG_P = 2;
  private static final int RESP_H = 3;
  private static final int RESP_P = 4;

  private final Map<String, Ends> byUid;

  private Connections(Map<String, Ends> byUid) {
    this.byUid = byUid;
  }

  /** The two ends of a connection, as far as they are known. */
  record Ends(
      @Nullable String origHost,
      @Nullable Long origPort,
      @Nullable String respHost,
      @Nullable Long respPort) {}

  /** Reads the conn.log of a directory for these uids. */
  static Connections of(LogDirectory logs, Set<String> uids) throws IOException {
    var byUid = new HashMap<String, Ends>();
    if (uids.isEmpty()) {
      return new Connections(byUid);
    }
    for (var file : logs.logs("conn")) {
      try (var reader = file.open("uid", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p")) {
        reader.forEach(
            record -> {
              var uid = record.string(UID);
              if (uid != null && uids.contains(uid)) {
                byUid.put(
                    uid,
                    new Ends(
                        record.string(ORIG_H),
                        port(record, ORIG_P),
                        record.string(RESP_H),
                        port(record, RESP_P)));
              }
            });
      }
    }
    return new Connections(byUid);
  }

  private static @Nullable Long port(LogRecord record, int column) {
    return record.isUnset(column) ? null : (Long) record.integer(column);
  }

  Optional<Ends> find(String uid) {
    return Optional.ofNullable(byUid.get(uid));
  }
}
