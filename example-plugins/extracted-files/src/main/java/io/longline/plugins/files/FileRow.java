package io.longline.plugins.files;

import io.longline.zeek.LogRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a row of {@code files.log} that the hook needs. Immutable.
 *
 * <p>Up to Zeek 5.0 a row names its hosts in {@code tx_hosts} and {@code rx_hosts} and its
 * connections in {@code conn_uids}; since 5.1 it has one {@code uid} and {@code id.*}, and {@code
 * is_orig} says which end sent.
 *
 * @param tsMicros the time, in microseconds since 1970
 * @param extracted the name of the extracted file
 * @param sourceName the file's name in the traffic
 * @param senders the hosts that sent it
 * @param receivers the hosts that received it
 * @param connUids the connections it came over
 * @param isOrig whether the originator sent it; null if unknown
 * @param mimeType its type according to Zeek
 * @param md5 a hash, as Zeek logged it
 * @param sha1 a hash, as Zeek logged it
 * @param sha256 a hash, as Zeek logged it
 */
record FileRow(
    @Nullable Long tsMicros,
    String extracted,
    @Nullable String sourceName,
    List<String> senders,
    List<String> receivers,
    List<String> connUids,
    @Nullable Boolean isOrig,
    @Nullable String mimeType,
    @Nullable String md5,
    @Nullable String sha1,
    @Nullable String sha256) {

  static final String[] FIELDS = {
    "ts",
    "extracted",
    "filename",
    "tx_hosts",
    "rx_hosts",
    "conn_uids",
    "uid",
    "id.orig_h",
    "id.resp_h",
    "is_orig",
    "mime_type",
    "md5",
    "sha1",
    "sha256"
  };

  private static final int TS = 0;
  private static final int EXTRACTED = 1;
  private static final int FILENAME = 2;
  private static final int TX_HOSTS = 3;
  private static final int RX_HOSTS = 4;
  private static final int CONN_UIDS = 5;
  private static final int UID = 6;
  private static final int ORIG_H = 7;
  private static final int RESP_H = 8;
  private static final int IS_ORIG = 9;
  private static final int MIME_TYPE = 10;
  private static final int MD5 = 11;
  private static final int SHA1 = 12;
  private static final int SHA256 = 13;

  static boolean isExtracted(LogRecord record) {
    return !record.isUnset(EXTRACTED) && !record.isEmpty(EXTRACTED);
  }

  static FileRow of(LogRecord record) {
    var isOrig = record.isUnset(IS_ORIG) ? null : (Boolean) record.bool(IS_ORIG);
    var senders = strings(record, TX_HOSTS);
    var receivers = strings(record, RX_HOSTS);
    var uids = strings(record, CONN_UIDS);
    if (!record.isUnset(UID)) {
      uids.add(String.valueOf(record.string(UID)));
      boolean originatorSent = isOrig == null || isOrig;
      addIfSet(senders, record, originatorSent ? ORIG_H : RESP_H);
      addIfSet(receivers, record, originatorSent ? RESP_H : ORIG_H);
    }
    return new FileRow(
        record.isUnset(TS) ? null : (Long) record.timeMicros(TS),
        String.valueOf(record.string(EXTRACTED)),
        record.string(FILENAME),
        senders,
        receivers,
        uids,
        isOrig,
        record.string(MIME_TYPE),
        record.string(MD5),
        record.string(SHA1),
        record.string(SHA256));
  }

  private static List<String> strings(LogRecord record, int column) {
    var strings = new ArrayList<String>();
    var found = record.strings(column);
    if (found != null) {
      for (var text : found) {
        if (text != null) {
          strings.add(text);
        }
      }
    }
    return strings;
  }

  private static void addIfSet(List<String> target, LogRecord record, int column) {
    var text = record.string(column);
    if (text != null) {
      target.add(text);
    }
  }
}
