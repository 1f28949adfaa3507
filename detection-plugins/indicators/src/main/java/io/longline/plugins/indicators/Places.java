package io.longline.plugins.indicators;

import static io.longline.plugins.indicators.IndicatorType.ADDR;
import static io.longline.plugins.indicators.IndicatorType.ADDR_PORT;
import static io.longline.plugins.indicators.IndicatorType.CERT_HASH;
import static io.longline.plugins.indicators.IndicatorType.DOMAIN;
import static io.longline.plugins.indicators.IndicatorType.EMAIL;
import static io.longline.plugins.indicators.IndicatorType.FILE_HASH;
import static io.longline.plugins.indicators.IndicatorType.FILE_NAME;
import static io.longline.plugins.indicators.IndicatorType.JA3;
import static io.longline.plugins.indicators.IndicatorType.JA4;
import static io.longline.plugins.indicators.IndicatorType.PUBKEY_HASH;
import static io.longline.plugins.indicators.IndicatorType.SOFTWARE;
import static io.longline.plugins.indicators.IndicatorType.SUBNET;
import static io.longline.plugins.indicators.IndicatorType.URL;

import io.longline.plugins.indicators.Place.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Where indicators are looked for: as Zeek's scripts do that feed its framework (policy/frameworks/
 * intel/seen), as far as logs have it; and in answers of DNS and in fingerprints of TLS besides.
 * Immutable.
 */
final class Places {

  /** The URL of a request, which is made of several fields. */
  static final String URL_OF_REQUEST = "HTTP::IN_URL";

  private static final String CERTIFICATE = "X509::IN_CERT";

  private static final List<Place> ALL = new Places().all;

  private final List<Place> all = new ArrayList<>();

  private Places() {
    addConnections();
    addHttp();
    addTls();
    addFiles();
    addMail();
  }

  /**
   * The places where indicators of these types may be, in the order of their logs.
   *
   * @param without the names in Zeek of those that are left out
   */
  static List<Place> of(Set<IndicatorType> types, Collection<String> without) {
    return ALL.stream()
        .filter(place -> place.types().stream().anyMatch(types::contains))
        .filter(place -> !without.contains(place.where()))
        .toList();
  }

  /**
   * Checks names of places.
   *
   * @throws IllegalArgumentException if one of them does not exist
   */
  static void checkNames(Collection<String> names) {
    var known = ALL.stream().map(Place::where).distinct().toList();
    for (var name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "not-in: there is no place %s. Use names of %s.".formatted(name, known));
      }
    }
  }

  private void add(String log, String field, String where, Set<IndicatorType> types, Reading how) {
    all.add(new Place(log, field, List.of(), where, types, how));
  }

  private void addConnections() {
    var ends = Set.of(ADDR, SUBNET, ADDR_PORT);
    all.add(
        new Place(
            "conn",
            "id.orig_h",
            List.of("id_orig_h"),
            "Conn::IN_ORIG",
            ends,
            Readings.end(LogPlan.ORIG_P)));
    all.add(
        new Place(
            "conn",
            "id.resp_h",
            List.of("id_resp_h"),
            "Conn::IN_RESP",
            ends,
            Readings.end(LogPlan.RESP_P)));
    add("dns", "query", "DNS::IN_REQUEST", Set.of(DOMAIN), Readings::name);
    add("dns", "answers", "DNS::IN_RESPONSE", Set.of(ADDR, SUBNET), Readings::addresses);
    add("ssh", "host_key", "SSH::IN_SERVER_HOST_KEY", Set.of(PUBKEY_HASH), Readings::texts);
  }

  private void addHttp() {
    var host = Set.of(ADDR, SUBNET, DOMAIN);
    add("http", "host", "HTTP::IN_HOST_HEADER", host, Readings::host);
    add("http", "uri", URL_OF_REQUEST, Set.of(URL), Readings::url);
    add("http", "referrer", "HTTP::IN_REFERRER_HEADER", Set.of(URL), Readings::referrer);
    add("http", "user_agent", "HTTP::IN_USER_AGENT_HEADER", Set.of(SOFTWARE), Readings::texts);
    var addresses = Set.of(ADDR, SUBNET);
    add("http", "proxied", "HTTP::IN_X_FORWARDED_FOR_HEADER", addresses, Readings::forwarded);
  }

  private void addTls() {
    add("ssl", "server_name", "SSL::IN_SERVER_NAME", Set.of(DOMAIN), Readings::name);
    add("ssl", "ja3", "SSL::IN_JA3", Set.of(JA3), Readings::texts);
    add("ssl", "ja3s", "SSL::IN_JA3S", Set.of(JA3), Readings::texts);
    add("ssl", "ja4", "SSL::IN_JA4", Set.of(JA4), Readings::texts);
    add("x509", "san.dns", CERTIFICATE, Set.of(DOMAIN), Readings::names);
    add("x509", "san.email", CERTIFICATE, Set.of(EMAIL), Readings::texts);
    var subject = Set.of(DOMAIN, EMAIL);
    add("x509", "certificate.subject", CERTIFICATE, subject, Readings::subject);
    add("x509", "fingerprint", CERTIFICATE, Set.of(CERT_HASH), Readings::texts);
    add("x509", "sha1", CERTIFICATE, Set.of(CERT_HASH), Readings::texts);
  }

  private void addFiles() {
    add("files", "filename", "Files::IN_NAME", Set.of(FILE_NAME), Readings::texts);
    add("files", "md5", "Files::IN_HASH", Set.of(FILE_HASH), Readings::texts);
    add("files", "sha1", "Files::IN_HASH", Set.of(FILE_HASH), Readings::texts);
    add("files", "sha256", "Files::IN_HASH", Set.of(FILE_HASH), Readings::texts);
    add("files", "sha1", CERTIFICATE, Set.of(CERT_HASH), Readings::texts);
    add("smb_files", "name", "SMB::IN_FILE_NAME", Set.of(FILE_NAME), Readings::lastOfPath);
  }

  private void addMail() {
    var mail = Set.of(EMAIL);
    add("smtp", "mailfrom", "SMTP::IN_MAIL_FROM", mail, Readings::texts);
    add("smtp", "rcptto", "SMTP::IN_RCPT_TO", mail, Readings::texts);
    add("smtp", "from", "SMTP::IN_FROM", mail, Readings::mails);
    add("smtp", "to", "SMTP::IN_TO", mail, Readings::mails);
    add("smtp", "cc", "SMTP::IN_CC", mail, Readings::mails);
    add("smtp", "reply_to", "SMTP::IN_REPLY_TO", mail, Readings::mails);
    var addresses = Set.of(ADDR, SUBNET);
    add("smtp", "path", "SMTP::IN_RECEIVED_HEADER", addresses, Readings::addresses);
    add(
        "smtp",
        "x_originating_ip",
        "SMTP::IN_X_ORIGINATING_IP_HEADER",
        addresses,
        Readings::addresses);
    add("smtp", "user_agent", "SMTP::IN_HEADER", Set.of(SOFTWARE), Readings::texts);
  }
}
