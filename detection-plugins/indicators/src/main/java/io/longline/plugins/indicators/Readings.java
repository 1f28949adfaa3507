package io.longline.plugins.indicators;

import static io.longline.plugins.indicators.IndicatorType.EMAIL;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.longline.zeek.LogRecord;
import java.util.Arrays;

/**
 * How cells are read in which indicators are looked for, as Zeek's scripts read what they look up.
 * Stateless.
 */
final class Readings {

  private static final byte[] FORWARDED = "X-FORWARDED-FOR -> ".getBytes(ISO_8859_1);
  private static final byte[] COMMON_NAME = "CN=".getBytes(ISO_8859_1);
  private static final byte[] MAIL_NAME = "emailAddress=".getBytes(ISO_8859_1);
  private static final byte[] SCHEME_END = "://".getBytes(ISO_8859_1);
  private static final int MAX_PORT = 65_535;
  private static final int HTTP_PORT = 80;

  private Readings() {}

  /** The address of one end of a connection, with its port at a column. */
  static Place.Reading end(int portColumn) {
    return (record, column, place, search) -> {
      int length = record.addressBytes(column, search.address());
      long port = search.wantsPorts() ? record.integer(portColumn, -1) : -1;
      search.address(length, port > MAX_PORT ? -1 : (int) port, column, record);
    };
  }

  /** Addresses among the elements of a set or vector, or an address. */
  static void addresses(LogRecord record, int column, Place place, Search search) {
    var elements = record.elements(column);
    for (int i = 0; i < elements.size(); i++) {
      var text = elements.bytes(i);
      if (text != null) {
        search.addressText(text, 0, text.length);
      }
    }
  }

  /** A domain name. */
  static void name(LogRecord record, int column, Place place, Search search) {
    var text = record.bytes(column);
    if (text != null) {
      search.name(text, 0, text.length);
    }
  }

  /** Domain names, the elements of a set or vector. */
  static void names(LogRecord record, int column, Place place, Search search) {
    var elements = record.elements(column);
    for (int i = 0; i < elements.size(); i++) {
      name(elements, i, place, search);
    }
  }

  /** A text, or the elements of a set or vector. */
  static void texts(LogRecord record, int column, Place place, Search search) {
    var elements = record.elements(column);
    for (int i = 0; i < elements.size(); i++) {
      var text = elements.bytes(i);
      if (text != null) {
        search.text(place.textType(), text, 0, text.length);
      }
    }
  }

  /** The last part of a path with backslashes. */
  static void lastOfPath(LogRecord record, int column, Place place, Search search) {
    var text = record.bytes(column);
    if (text != null) {
      search.text(place.textType(), text, 1 + lastIndexOf(text, text.length, '\\'), text.length);
    }
  }

  /** A host as HTTP names it: an address or a name, without the port behind it. */
  static void host(LogRecord record, int column, Place place, Search search) {
    var text = record.bytes(column);
    if (text == null) {
      return;
    }
    int end = withoutPort(text);
    boolean isBracketed = end > 2 && text[0] == '[' && text[end - 1] == ']';
    int from = isBracketed ? 1 : 0;
    int to = isBracketed ? end - 1 : end;
    if (!search.addressText(text, from, to)) {
      search.name(text, from, to);
    }
  }

  /** Where a host ends that may have a port behind it. */
  static int withoutPort(byte[] host) {
    int at = host.length;
    while (at > 0 && host[at - 1] >= '0' && host[at - 1] <= '9') {
      at--;
    }
    boolean hasPort = at > 0 && at < host.length && host[at - 1] == ':';
    // More than one colon without brackets is an IPv6 address.
    boolean isAddress =
        hasPort && lastIndexOf(host, at - 1, ':') >= 0 && (at < 2 || host[at - 2] != ']');
    return hasPort && !isAddress ? at - 1 : host.length;
  }

  /**
   * The URL of a request, as Zeek's {@code HTTP::build_url}: the URI if it starts with a scheme, as
   * for proxies; otherwise the host, the port unless it is 80, and the URI. (Zeek takes a scheme
   * anywhere in the URI, even in its query.)
   */
  static void url(LogRecord record, int column, Place place, Search search) {
    var uri = record.bytes(column);
    if (uri == null) {
      return;
    }
    int scheme = schemeEnd(uri);
    if (scheme >= 0) {
      absolute(uri, scheme + 3, place, search);
      return;
    }
    var url = search.scratch();
    var host = record.bytes(search.hostColumn());
    if (host == null) {
      host = record.bytes(LogPlan.RESP_H);
    }
    if (host != null) {
      url.write(host, 0, withoutPort(host));
    }
    long port = record.integer(LogPlan.RESP_P, HTTP_PORT);
    if (port != HTTP_PORT) {
      url.writeBytes((":" + port).getBytes(ISO_8859_1));
    }
    url.writeBytes(uri);
    var text = url.toByteArray();
    search.text(place.textType(), text, 0, text.length);
  }

  /** A URL as it is, without its scheme, and as lists have it. */
  private static void absolute(byte[] url, int from, Place place, Search search) {
    search.text(place.textType(), url, 0, url.length);
    search.text(place.textType(), url, from, url.length);
    var listed = ComparableUrl.of(new String(url, ISO_8859_1)).getBytes(ISO_8859_1);
    if (!Arrays.equals(listed, 0, listed.length, url, from, url.length)) {
      search.text(place.textType(), listed, 0, listed.length);
    }
  }

  /** A URL without its scheme. */
  static void referrer(LogRecord record, int column, Place place, Search search) {
    var text = record.bytes(column);
    if (text != null) {
      int scheme = lastSchemeEnd(text);
      search.text(place.textType(), text, scheme < 0 ? 0 : scheme + 3, text.length);
    }
  }

  /** The addresses of {@code X-FORWARDED-FOR -> 192.0.2.1, 192.0.2.2} among the elements. */
  static void forwarded(LogRecord record, int column, Place place, Search search) {
    var elements = record.elements(column);
    for (int i = 0; i < elements.size(); i++) {
      var text = elements.bytes(i);
      if (text != null && startsWith(text, 0, FORWARDED)) {
        addressesOf(text, FORWARDED.length, search);
      }
    }
  }

  private static void addressesOf(byte[] text, int from, Search search) {
    int start = from;
    for (int i = from; i <= text.length; i++) {
      if (i == text.length || text[i] == ',' || text[i] == ' ') {
        search.addressText(text, start, i);
        start = i + 1;
      }
    }
  }

  /** Common name and e-mail address of the subject of a certificate. */
  static void subject(LogRecord record, int column, Place place, Search search) {
    var text = record.bytes(column);
    if (text == null) {
      return;
    }
    int name = valueStart(text, COMMON_NAME);
    if (name >= 0) {
      search.name(text, name, valueEnd(text, name));
    }
    int mail = valueStart(text, MAIL_NAME);
    if (mail >= 0) {
      search.text(EMAIL, text, mail, valueEnd(text, mail));
    }
  }

  /** Where the value of a part of a subject starts: the last part with this name; -1 if none. */
  private static int valueStart(byte[] text, byte[] name) {
    for (int i = text.length - name.length; i >= 0; i--) {
      if (startsWith(text, i, name) && (i == 0 || !Character.isLetter(text[i - 1]))) {
        return i + name.length;
      }
    }
    return -1;
  }

  private static int valueEnd(byte[] text, int start) {
    int end = start;
    while (end < text.length && text[end] != ',') {
      end++;
    }
    return end;
  }

  /**
   * E-mail addresses within a text, such as {@code "A B" <a@example.org>, b@example.org}, or the
   * elements of a set; as Zeek's {@code extract_email_addrs_set}.
   */
  static void mails(LogRecord record, int column, Place place, Search search) {
    var elements = record.elements(column);
    for (int i = 0; i < elements.size(); i++) {
      var text = elements.bytes(i);
      if (text != null) {
        mailsOf(text, place, search);
      }
    }
  }

  /** As Zeek, continues behind an address: each byte is looked at a few times at most. */
  private static void mailsOf(byte[] text, Place place, Search search) {
    int start = 0;
    for (int at = 0; at < text.length; at++) {
      if (text[at] != '@') {
        continue;
      }
      int from = mailStart(text, start, at);
      int to = from == at ? at : mailEnd(text, at + 1);
      if (to > at + 1) {
        search.text(place.textType(), text, from, to);
        start = to + 1;
        at = to;
      }
    }
  }

  /** Where the name before a sign begins, which is not before {@code least}. */
  private static int mailStart(byte[] text, int least, int at) {
    int from = at;
    while (from > least && "<,: \t@".indexOf(text[from - 1]) < 0) {
      from--;
    }
    while (from < at && (text[from] == '>' || text[from] == ';')) {
      from++;
    }
    return from;
  }

  private static int mailEnd(byte[] text, int from) {
    int end = from;
    while (end < text.length && ">,; \t".indexOf(text[end]) < 0) {
      end++;
    }
    return end;
  }

  private static boolean startsWith(byte[] text, int from, byte[] start) {
    if (text.length - from < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if (text[from + i] != start[i]) {
        return false;
      }
    }
    return true;
  }

  private static int lastIndexOf(byte[] text, int before, char c) {
    int at = before - 1;
    while (at >= 0 && text[at] != c) {
      at--;
    }
    return at;
  }

  /** Where a scheme ends that a text starts with; -1 if there is none. */
  private static int schemeEnd(byte[] text) {
    int end = 0;
    while (end < text.length && ComparableUrl.isOfScheme(text[end])) {
      end++;
    }
    return end > 0 && startsWith(text, end, SCHEME_END) ? end : -1;
  }

  private static int lastSchemeEnd(byte[] text) {
    for (int i = text.length - SCHEME_END.length; i >= 0; i--) {
      if (startsWith(text, i, SCHEME_END)) {
        return i;
      }
    }
    return -1;
  }
}
