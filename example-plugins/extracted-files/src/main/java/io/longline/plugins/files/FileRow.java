package io.longline.plugins.files;

import io.longline.zeek.BoolField;
import io.longline.zeek.LogFields;
import io.longline.zeek.LogRecord;
import io.longline.zeek.StringField;
import io.longline.zeek.StringsField;
import io.longline.zeek.TimeField;
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

  static final LogFields FILES = LogFields.of("files");

  private static final TimeField TS = FILES.time("ts");
  private static final StringField EXTRACTED = FILES.optional().string("extracted");
  private static final StringField FILENAME = FILES.optional().string("filename");
  private static final StringsField TX_HOSTS = FILES.optional().strings("tx_hosts");
  private static final StringsField RX_HOSTS = FILES.optional().strings("rx_hosts");
  private static final StringsField CONN_UIDS = FILES.optional().strings("conn_uids");
  private static final StringField UID = FILES.optional().string("uid");
  private static final StringField ORIG_H = FILES.optional().string("id.orig_h");
  private static final StringField RESP_H = FILES.optional().string("id.resp_h");
  private static final BoolField IS_ORIG = FILES.optional().bool("is_orig");
  private static final StringField MIME_TYPE = FILES.optional().string("mime_type");
  private static final StringField MD5 = FILES.optional().string("md5");
  private static final StringField SHA1 = FILES.optional().string("sha1");
  private static final StringField SHA256 = FILES.optional().string("sha256");

  static boolean isExtracted(LogRecord record) {
    var name = EXTRACTED.get(record);
    return name != null && !name.isEmpty();
  }

  static FileRow of(LogRecord record) {
    var isOrig = IS_ORIG.isUnset(record) ? null : (Boolean) IS_ORIG.get(record);
    var senders = strings(TX_HOSTS, record);
    var receivers = strings(RX_HOSTS, record);
    var uids = strings(CONN_UIDS, record);
    if (!UID.isUnset(record)) {
      uids.add(String.valueOf(UID.get(record)));
      boolean originatorSent = isOrig == null || isOrig;
      addIfSet(senders, originatorSent ? ORIG_H : RESP_H, record);
      addIfSet(receivers, originatorSent ? RESP_H : ORIG_H, record);
    }
    return new FileRow(
        TS.isUnset(record) ? null : (Long) TS.micros(record),
        String.valueOf(EXTRACTED.get(record)),
        FILENAME.get(record),
        senders,
        receivers,
        uids,
        isOrig,
        MIME_TYPE.get(record),
        MD5.get(record),
        SHA1.get(record),
        SHA256.get(record));
  }

  private static List<String> strings(StringsField field, LogRecord record) {
    var strings = new ArrayList<String>();
    var found = field.get(record);
    if (found != null) {
      for (var text : found) {
        if (text != null) {
          strings.add(text);
        }
      }
    }
    return strings;
  }

  private static void addIfSet(List<String> target, StringField field, LogRecord record) {
    var text = field.get(record);
    if (text != null) {
      target.add(text);
    }
  }
}
