package io.longline.plugins.beacons;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.zeek.LogFields;
import io.longline.zeek.LogRecord;
import io.longline.zeek.StringField;
import io.longline.zeek.TimeField;
import java.util.Arrays;

/**
 * The fields of a log that has names of servers: of HTTP, TLS, or open ones of these. Thread-safe.
 */
final class NameFields {

  /** What there is in place of the hash of a uid: such a row belongs to no other one. */
  static final long NO_UID = -1;

  private static final byte[] CONNECT = "CONNECT".getBytes(UTF_8);

  private final LogFields log;
  private final TimeField time;
  private final StringField uid;
  private final StringField name;
  private final StringField method;

  /**
   * Those of a log.
   *
   * @param nameField the field of the name
   */
  NameFields(String path, String nameField) {
    log = LogFields.of(path);
    time = log.time("ts");
    uid = log.string("uid");
    name = log.optional().string(nameField);
    method = log.optional().string("method");
  }

  LogFields log() {
    return log;
  }

  /** The hash of a uid; {@link #NO_UID} if there is none. */
  static long uid(StringField field, LogRecord record) {
    var bytes = field.bytes(record);
    if (bytes == null || bytes.length == 0) {
      return NO_UID;
    }
    return Hash.of(bytes, 0, bytes.length);
  }

  /** Adds a request of HTTP. */
  void addRequest(LogRecord record, Rotation rotation, NamedConnections connections) {
    long connection = uid(uid, record);
    if (connection == NO_UID) {
      return;
    }
    var host = name.bytes(record);
    var verb = method.bytes(record);
    connections.request(
        rotation.key(record, connection),
        time.micros(record),
        host == null ? new byte[0] : host,
        verb != null && Arrays.equals(verb, CONNECT));
  }

  /** Adds a handshake of TLS, if it has a name. */
  void addHandshake(LogRecord record, Rotation rotation, NamedConnections connections) {
    var server = name.bytes(record);
    long connection = uid(uid, record);
    if (server != null && server.length > 0 && connection != NO_UID) {
      connections.handshake(rotation.key(record, connection), server);
    }
  }
}
