package io.longline.plugins.indicators;

import io.longline.zeek.LogRecord;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * What describes a record in which an indicator was seen. Immutable.
 *
 * @param time its time, in microseconds since 1970; null if it has none
 * @param uid the connection, or the first of several
 * @param originatorPort the port of the originator; -1 if it is unset
 * @param responderPort the port of the responder; -1 if it is unset
 * @param fuid the file
 * @param mimeType the type of the file
 * @param source the host that began, or that got a file, as text
 * @param destination the other host, as text
 */
record SeenRecord(
    @Nullable Long time,
    @Nullable String uid,
    @Nullable InetAddress originator,
    long originatorPort,
    @Nullable InetAddress responder,
    long responderPort,
    @Nullable String fuid,
    @Nullable String mimeType,
    @Nullable String source,
    @Nullable String destination) {

  /** Reads a record; throws {@link io.longline.zeek.ZeekFormatException} if a cell is unfit. */
  static SeenRecord of(LogRecord record, LogPlan plan) {
    boolean isOfFiles = plan.isOfFiles();
    var originator = record.string(LogPlan.ORIG_H);
    var responder = record.string(LogPlan.RESP_H);
    return new SeenRecord(
        record.isUnset(LogPlan.TS) ? null : record.timeMicros(LogPlan.TS),
        first(record, LogPlan.UID),
        record.address(LogPlan.ORIG_H),
        record.integer(LogPlan.ORIG_P, -1),
        record.address(LogPlan.RESP_H),
        record.integer(LogPlan.RESP_P, -1),
        isOfFiles ? record.string(LogPlan.FUID) : null,
        isOfFiles ? record.string(LogPlan.MIME_TYPE) : null,
        originator == null && isOfFiles ? first(record, LogPlan.RECEIVERS) : originator,
        responder == null && isOfFiles ? first(record, LogPlan.SENDERS) : responder);
  }

  private static @Nullable String first(LogRecord record, int column) {
    if (record.isUnset(column)) {
      return null;
    }
    var elements = record.elements(column);
    return elements.size() == 0 ? null : elements.string(0);
  }
}
