package io.longline.plugins.beacons;

import io.longline.zeek.AddressField;
import io.longline.zeek.IntegerField;
import io.longline.zeek.IntervalField;
import io.longline.zeek.LogFields;
import io.longline.zeek.LogRecord;
import io.longline.zeek.StringField;
import io.longline.zeek.TimeField;
import java.util.Objects;

/** The fields of {@code conn.log} or {@code open_conn.log}. Thread-safe. */
final class ConnFields {

  /** More is taken as this: some 100 years. */
  private static final long MOST_MICROS = 3_200_000_000_000_000L;

  private static final int ICMP_PORTS = 1 << 16;

  private final LogFields log;
  private final TimeField time;
  private final StringField uid;
  private final AddressField source;
  private final AddressField target;
  private final IntegerField sourcePort;
  private final IntegerField targetPort;
  private final StringField protocol;
  private final StringField service;
  private final IntervalField duration;
  private final IntegerField sourceBytes;
  private final IntegerField targetBytes;

  /** Those of a log. */
  ConnFields(String path) {
    log = LogFields.of(path);
    time = log.time("ts");
    uid = log.string("uid");
    source = log.address("id.orig_h", "id_orig_h");
    target = log.address("id.resp_h", "id_resp_h");
    sourcePort = log.optional().integer("id.orig_p", "id_orig_p");
    targetPort = log.optional().integer("id.resp_p", "id_resp_p");
    protocol = log.optional().string("proto");
    service = log.optional().string("service");
    duration = log.optional().interval("duration");
    sourceBytes = log.optional().integer("orig_ip_bytes");
    targetBytes = log.optional().integer("resp_ip_bytes");
  }

  LogFields log() {
    return log;
  }

  /** The beginning, in microseconds. */
  long micros(LogRecord record) {
    return time.micros(record);
  }

  /** The hash of the uid; {@link NameFields#NO_UID} if there is none. */
  long uid(LogRecord record) {
    return NameFields.uid(uid, record);
  }

  /** The hash of its beginning and its ports, by which a connection is known without a uid. */
  long beginning(LogRecord record) {
    return Hash.of(
        micros(record), port(sourcePort, record) << Short.SIZE | port(targetPort, record));
  }

  /** Writes the originator's address; returns its length, 0 if there is none. */
  int source(LogRecord record, byte[] address) {
    return source.bytes(record, address);
  }

  /** Writes the responder's address; returns its length, 0 if there is none. */
  int target(LogRecord record, byte[] address) {
    return target.bytes(record, address);
  }

  /** The number of its port, protocol and service. */
  int label(LogRecord record, Labels labels) {
    return labels.id(
        Objects.requireNonNullElse(protocol.get(record), "?"),
        Objects.requireNonNullElse(service.get(record), ""),
        port(sourcePort, record),
        port(targetPort, record));
  }

  private static long port(IntegerField field, LogRecord record) {
    return field.get(record, 0) & (ICMP_PORTS - 1);
  }

  /** The duration in microseconds; 0 if there is none. */
  long duration(LogRecord record) {
    long micros = duration.isUnset(record) ? 0 : duration.micros(record);
    return Math.max(0, Math.min(micros, MOST_MICROS));
  }

  /** The bytes that the originator sent, with headers. */
  long size(LogRecord record) {
    return bytes(sourceBytes, record);
  }

  /** The bytes of both, with headers. */
  long total(LogRecord record) {
    return Sums.of(bytes(sourceBytes, record), bytes(targetBytes, record));
  }

  /** A count of more than 63 bits is nothing that a connection can have. */
  private static long bytes(IntegerField field, LogRecord record) {
    return Math.max(0, field.get(record, 0));
  }
}
