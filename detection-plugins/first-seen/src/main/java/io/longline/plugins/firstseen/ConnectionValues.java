package io.longline.plugins.firstseen;

import io.longline.detections.AddressRanges;
import io.longline.detections.Addresses;
import io.longline.detections.Key;
import io.longline.detections.KeyMap;
import io.longline.detections.Prefix;
import io.longline.zeek.AddressField;
import io.longline.zeek.IntegerField;
import io.longline.zeek.LogFields;
import io.longline.zeek.LogRecord;
import io.longline.zeek.StringField;
import io.longline.zeek.TimeField;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The addresses and ports of {@code conn.log}. Confined to one sink. */
final class ConnectionValues implements LogValues {

  static final LogFields CONN = LogFields.of("conn");
  static final TimeField TS = CONN.time("ts");
  private static final StringField UID = CONN.optional().string("uid");
  private static final AddressField ORIG_H = CONN.address("id.orig_h", "id_orig_h");
  private static final AddressField RESP_H = CONN.address("id.resp_h", "id_resp_h");
  private static final IntegerField RESP_P = CONN.optional().integer("id.resp_p", "id_resp_p");
  private static final StringField PROTO = CONN.optional().string("proto");
  private static final StringField STATE = CONN.optional().string("conn_state");

  /** The states of connections that were answered. */
  private static final Set<String> ANSWERED = Set.of("SF", "S1", "S2", "S3", "RSTO", "RSTR");

  /** Protocols that have ports; the code of each is its place. */
  private static final List<String> PROTOCOLS = List.of("tcp", "udp", "sctp");

  /** Kinds of keys: that of addresses, and the first of those with a port. */
  private static final int ADDRESS = 1;

  private static final int WITH_PORT = 2;

  private static final int MAX_PORT = 65_535;

  private final SeenValues values;
  private final AddressRanges internal;
  private final boolean hasPairs;
  private final boolean hasPorts;
  private final KeyMap<Host> hosts = new KeyMap<>();
  private final KeyMap<Text> texts = new KeyMap<>();
  private final Key key = new Key();
  private final byte[] originator = new byte[Addresses.V6];
  private final byte[] responder = new byte[Addresses.V6];

  /** An address, with the times at which it was seen in each role. */
  private static final class Host {
    final String text;
    final boolean isInternal;
    final Span asOriginator = new Span();
    final Span asResponder = new Span();

    /** As originator, or as a responder that answered. */
    final Span alive = new Span();

    /** As a responder to an internal host. */
    final Span fromInside = new Span();

    Host(String text, boolean isInternal) {
      this.text = text;
      this.isInternal = isInternal;
    }
  }

  private record Text(Kind kind, String text, Span span) {}

  ConnectionValues(SeenValues values, Set<Kind> kinds, AddressRanges internal) {
    this.values = values;
    this.internal = internal;
    this.hasPairs = kinds.contains(Kind.PAIR);
    this.hasPorts = kinds.contains(Kind.HOST_PORT);
  }

  @Override
  public void accept(LogRecord record, long time) throws IOException {
    int originatorLength = ORIG_H.bytes(record, originator);
    int responderLength = RESP_H.bytes(record, responder);
    if (originatorLength == 0 || responderLength == 0) {
      return;
    }
    if (hosts.size() + texts.size() >= MOST) {
      flush();
    }
    var from = host(originator, originatorLength, ORIG_H, record);
    var to = host(responder, responderLength, RESP_H, record);
    var state = STATE.get(record);
    boolean isAnswered = state == null || ANSWERED.contains(state);
    from.asOriginator.add(time, record, ORIG_H, UID);
    to.asResponder.add(time, record, ORIG_H, UID);
    if (from.isInternal) {
      from.alive.add(time, record, ORIG_H, UID);
      if (!to.isInternal) {
        to.fromInside.add(time, record, ORIG_H, UID);
      }
    }
    if (to.isInternal && isAnswered) {
      to.alive.add(time, record, RESP_H, UID);
      var proto = hasPorts ? PROTO.get(record) : null;
      int protocol = proto == null ? -1 : PROTOCOLS.indexOf(proto);
      if (protocol >= 0) {
        port(record, responderLength, to, protocol).add(time, record, ORIG_H, UID);
      }
    }
    if (hasPairs) {
      pair(originatorLength, responderLength, from, to).add(time, record, ORIG_H, UID);
    }
  }

  private Host host(byte[] address, int length, AddressField field, LogRecord record) {
    numberKey(address, length, ADDRESS);
    var known = hosts.get(key);
    if (known == null) {
      var text = field.text(record);
      known = new Host(text == null ? "" : text, internal.contains(address, length));
      hosts.put(key, known);
    }
    return known;
  }

  private void numberKey(byte[] address, int length, int kind) {
    if (length == Addresses.V4) {
      key.number(kind, 0, Prefix.word4(address, 0));
    } else {
      key.number(-kind, Prefix.word8(address, 0), Prefix.word8(address, 8));
    }
  }

  private Span port(LogRecord record, int length, Host host, int protocol) {
    int port = (int) Math.max(0, Math.min(MAX_PORT, RESP_P.get(record, 0)));
    numberKey(responder, length, WITH_PORT + protocol + PROTOCOLS.size() * port);
    var known = texts.get(key);
    if (known == null) {
      var name = host.text.indexOf(':') < 0 ? host.text : "[" + host.text + "]";
      var text = name + ":" + port + "/" + PROTOCOLS.get(protocol);
      known = new Text(Kind.HOST_PORT, text, new Span());
      texts.put(key, known);
    }
    return known.span();
  }

  private Span pair(int originatorLength, int responderLength, Host from, Host to) {
    var both = Arrays.copyOf(originator, Addresses.V6 * 2);
    Arrays.fill(both, originatorLength, Addresses.V6, (byte) 0);
    System.arraycopy(responder, 0, both, Addresses.V6, responderLength);
    int end = Addresses.V6 + responderLength;
    key.exactText(0, both, 0, end);
    var known = texts.get(key);
    if (known == null) {
      known = new Text(Kind.PAIR, from.text + " " + to.text, new Span());
      texts.put(key, known);
    }
    return known.span();
  }

  @Override
  public void flush() throws IOException {
    for (var host : hosts.values()) {
      values.put(Kind.SOURCE, host.text, host.asOriginator);
      values.put(Kind.DESTINATION, host.text, host.asResponder);
      values.put(Kind.INTERNAL_HOST, host.text, host.alive);
      values.put(Kind.EXTERNAL_IP, host.text, host.fromInside);
    }
    for (var text : texts.values()) {
      values.put(text.kind(), text.text(), text.span());
    }
    hosts.clear();
    texts.clear();
  }
}
