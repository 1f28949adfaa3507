package io.longline.plugins.firstseen;

import io.longline.detections.SeenKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of values that are recorded. */
enum Kind {
  /** An internal address that began a connection, or answered one. */
  INTERNAL_HOST('a', "conn", SeenKind.ADDRESS, "The internal host %2$s was seen"),
  /** An external address to which an internal host connected. */
  EXTERNAL_IP('b', "conn", SeenKind.ADDRESS, "%s connected to the external address %s"),
  /** A port of an internal host that answered a connection. */
  HOST_PORT('c', "conn", SeenKind.TEXT, "%s was answered by %s"),
  /** The originator of a connection, internal or external. */
  SOURCE('d', "conn", SeenKind.ADDRESS, "Connections came from %2$s"),
  /** The responder of a connection, internal or external. */
  DESTINATION('e', "conn", SeenKind.ADDRESS, "%s connected to %s"),
  /** Originator and responder of a connection. */
  PAIR('f', "conn", SeenKind.TEXT, "The addresses %2$s were connected"),
  /** A name that was asked for in the DNS. */
  FQDN('g', "dns", SeenKind.NAME, "%s asked for the name %s"),
  /** The registered domain of such a name. */
  REGISTERED_DOMAIN('h', "dns", SeenKind.NAME, "%s asked for a name in the domain %s"),
  /** A host as a request of HTTP named it. */
  HTTP_HOST('i', "http", SeenKind.NAME, "%s visited %s"),
  /** A user agent. */
  USER_AGENT('j', "http", SeenKind.TEXT, "%s used the user agent \"%s\""),
  /** The name of a server that a TLS client asked for. */
  SNI('k', "ssl", SeenKind.NAME, "%s visited %s"),
  /** The fingerprint of a TLS client. */
  JA3('l', "ssl", SeenKind.HASH, "%s used a TLS client with the JA3 fingerprint %s"),
  /** The newer fingerprint of a TLS client. */
  JA4('m', "ssl", SeenKind.HASH, "%s used a TLS client with the JA4 fingerprint %s"),
  /** The fingerprint of a certificate. */
  CERTIFICATE('n', "x509", SeenKind.HASH, "The certificate %2$s was seen"),
  /** The hardware address of a host that asked for an address. */
  MAC('o', "dhcp", SeenKind.TEXT, "%s got an address for the hardware address %s");

  private final char letter;
  private final String log;
  private final SeenKind seenKind;
  private final String sentence;

  Kind(char letter, String log, SeenKind seenKind, String sentence) {
    this.letter = letter;
    this.log = log;
    this.seenKind = seenKind;
    this.sentence = sentence;
  }

  /** The name in settings and rows, such as {@code internal-host}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind of a name; null if there is none. */
  static @Nullable Kind of(String word) {
    for (var kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    return null;
  }

  /** The letter that the keys of its facts begin with. */
  char letter() {
    return letter;
  }

  /** The kind of a letter. */
  static Kind ofLetter(char letter) {
    for (var kind : values()) {
      if (kind.letter == letter) {
        return kind;
      }
    }
    throw new IllegalArgumentException("No kind has the letter " + letter);
  }

  /** The log that it is in. */
  String log() {
    return log;
  }

  /** What its values are for an allow list. */
  SeenKind seenKind() {
    return seenKind;
  }

  /** The beginning of a sentence about a value, in which the host is the first argument. */
  String sentence(String host, String value) {
    return sentence.formatted(host, value);
  }
}
