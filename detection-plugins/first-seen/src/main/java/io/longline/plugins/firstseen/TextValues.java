package io.longline.plugins.firstseen;

import io.longline.detections.Key;
import io.longline.detections.KeyMap;
import io.longline.detections.RegisteredDomains;
import io.longline.zeek.LogField;
import io.longline.zeek.LogFields;
import io.longline.zeek.LogRecord;
import io.longline.zeek.StringField;
import io.longline.zeek.TimeField;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values of a log that are texts: names, user agents, fingerprints. Confined to one sink. */
final class TextValues implements LogValues {

  private static final int LONGEST_NAME = 1_000;

  /** A log with texts. Immutable. */
  record Log(
      LogFields fields,
      TimeField time,
      @Nullable LogField host,
      @Nullable LogField uid,
      List<Text> texts) {

    String path() {
      return fields.path();
    }
  }

  /** A field with a text, of some kind. */
  record Text(Kind kind, StringField field) {}

  static final List<Log> LOGS = List.of(dns(), http(), ssl(), certificates(), leases());

  private final Log log;
  private final SeenValues values;
  private final List<Text> texts;
  private final KeyMap<Value> known = new KeyMap<>();
  private final Key key = new Key();
  private final boolean hasDomains;

  /**
   * A value.
   *
   * @param domain the registered domain of a name, if there is one
   */
  private record Value(Kind kind, String text, Span span, @Nullable Value domain) {}

  TextValues(Log log, SeenValues values, Set<Kind> kinds) {
    this.log = log;
    this.values = values;
    this.hasDomains = kinds.contains(Kind.REGISTERED_DOMAIN);
    this.texts =
        log.texts().stream()
            .filter(text -> kinds.contains(text.kind()) || (text.kind() == Kind.FQDN && hasDomains))
            .toList();
  }

  private static Log dns() {
    var fields = LogFields.of("dns");
    return log(fields, true, new Text(Kind.FQDN, fields.optional().string("query")));
  }

  private static Log http() {
    var fields = LogFields.of("http");
    return log(
        fields,
        true,
        new Text(Kind.HTTP_HOST, fields.optional().string("host")),
        new Text(Kind.USER_AGENT, fields.optional().string("user_agent")));
  }

  private static Log ssl() {
    var fields = LogFields.of("ssl");
    return log(
        fields,
        true,
        new Text(Kind.SNI, fields.optional().string("server_name")),
        new Text(Kind.JA3, fields.optional().string("ja3")),
        new Text(Kind.JA4, fields.optional().string("ja4")));
  }

  private static Log certificates() {
    var fields = LogFields.of("x509");
    return log(
        fields, false, new Text(Kind.CERTIFICATE, fields.optional().string("fingerprint", "sha1")));
  }

  private static Log leases() {
    var fields = LogFields.of("dhcp");
    var mac = fields.optional().string("mac");
    var host = fields.optional().string("assigned_addr", "assigned_ip", "client_addr");
    return new Log(fields, fields.time("ts"), host, null, List.of(new Text(Kind.MAC, mac)));
  }

  private static Log log(LogFields fields, boolean hasEnds, Text... texts) {
    return new Log(
        fields,
        fields.time("ts"),
        hasEnds ? fields.optional().string("id.orig_h", "id_orig_h") : null,
        hasEnds ? fields.optional().string("uid") : null,
        List.of(texts));
  }

  @Override
  public void accept(LogRecord record, long time) throws IOException {
    for (var text : texts) {
      var bytes = text.field().bytes(record);
      if (bytes != null && bytes.length > 0) {
        var value = value(text.kind(), bytes);
        value.span().add(time, record, log.host(), log.uid());
        if (value.domain() != null) {
          value.domain().span().add(time, record, log.host(), log.uid());
        }
      }
    }
    if (known.size() >= MOST) {
      flush();
    }
  }

  private Value value(Kind kind, byte[] bytes) {
    setKey(kind, bytes);
    var found = known.get(key);
    if (found == null) {
      var text = kind == Kind.USER_AGENT ? bytes : ValueText.lowerCase(bytes);
      var domain = kind == Kind.FQDN && hasDomains ? domain(text) : null;
      found = new Value(kind, ValueText.of(text), new Span(), domain);
      // The domain has used the key in between.
      setKey(kind, bytes);
      known.put(key, found);
    }
    return found;
  }

  private void setKey(Kind kind, byte[] bytes) {
    if (kind == Kind.USER_AGENT) {
      key.exactText(kind.letter(), bytes, 0, bytes.length);
    } else {
      key.text(kind.letter(), bytes, 0, bytes.length);
    }
  }

  private @Nullable Value domain(byte[] name) {
    int start =
        name.length > LONGEST_NAME ? -1 : RegisteredDomains.bundled().start(name, name.length);
    if (start < 0) {
      return null;
    }
    int end = name[name.length - 1] == '.' ? name.length - 1 : name.length;
    var kind = Kind.REGISTERED_DOMAIN;
    key.text(kind.letter(), name, start, end);
    var found = known.get(key);
    if (found == null) {
      var text = ValueText.of(Arrays.copyOfRange(name, start, end));
      found = new Value(kind, text, new Span(), null);
      known.put(key, found);
    }
    return found;
  }

  @Override
  public void flush() throws IOException {
    for (var value : known.values()) {
      values.put(value.kind(), value.text(), value.span());
    }
    known.clear();
  }
}
