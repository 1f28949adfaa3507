package io.longline.plugins.dnsanomalies;

import io.longline.zeek.AddressField;
import io.longline.zeek.IntegerField;
import io.longline.zeek.LogFields;
import io.longline.zeek.LogRecord;
import io.longline.zeek.StringField;
import io.longline.zeek.TimeField;

/** A record of {@code dns.log}, the same object for one after the other. Confined to one thread. */
final class DnsQuery {

  static final LogFields FIELDS = LogFields.of("dns");

  private static final int NXDOMAIN = 3;
  private static final Name NONE = new Name(new byte[0], 0, false, -1, 0, 0, 0);
  private static final TimeField TS = FIELDS.time("ts");
  private static final AddressField CLIENT = FIELDS.address("id.orig_h", "id_orig_h");
  private static final StringField QUERY = FIELDS.string("query");
  private static final IntegerField TYPE = FIELDS.optional().integer("qtype");
  private static final IntegerField CODE = FIELDS.optional().integer("rcode");
  private static final StringField ANSWERS = FIELDS.optional().string("answers");

  private final Names names;
  private final byte[] address = new byte[16];
  private Name name = NONE;
  private long time;
  private int addressLength;
  private long clientHigh;
  private long clientLow;
  private boolean isNonexistent;
  private QueryType type = QueryType.OTHER;
  private int answerBytes;

  DnsQuery(Names names) {
    this.names = names;
  }

  /**
   * Reads the next record.
   *
   * @return whether it is a query for a name with a dot; otherwise nothing may be asked about it
   */
  boolean read(LogRecord record) {
    time = TS.micros(record);
    addressLength = CLIENT.bytes(record, address);
    isNonexistent = CODE.get(record, -1) == NXDOMAIN;
    type = QueryType.of(TYPE.get(record, -1));
    var query = QUERY.bytes(record);
    name = query == null ? NONE : names.of(query);
    if (!name.hasDot()) {
      return false;
    }
    var answers = ANSWERS.bytes(record);
    answerBytes = answers == null ? 0 : answers.length;
    if (addressLength > 0) {
      clientHigh = ClientAddress.high(address, addressLength);
      clientLow = ClientAddress.low(address, addressLength);
    }
    return true;
  }

  /** In microseconds since 1970 UTC. */
  long time() {
    return time;
  }

  Name name() {
    return name;
  }

  /** Whether the name does not exist, by the answer. */
  boolean isNonexistent() {
    return isNonexistent;
  }

  QueryType type() {
    return type;
  }

  /** The length of the answers as the log has them. */
  int answerBytes() {
    return answerBytes;
  }

  /** Whether it says who asked. */
  boolean hasClient() {
    return addressLength > 0;
  }

  /** The address of the client, of which the first {@link #addressLength()} bytes count. */
  byte[] address() {
    return address;
  }

  int addressLength() {
    return addressLength;
  }

  long clientHigh() {
    return clientHigh;
  }

  long clientLow() {
    return clientLow;
  }
}
