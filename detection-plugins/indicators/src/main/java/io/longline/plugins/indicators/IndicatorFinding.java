package io.longline.plugins.indicators;

import io.longline.api.Finding;
import io.longline.api.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The finding of a value that is among the indicators. Stateless. */
final class IndicatorFinding {

  private static final String ORIGINATOR = "Conn::IN_ORIG";

  private IndicatorFinding() {}

  static Finding of(SeenRecord seen, Place place, Sighting sighting) {
    var finding =
        Finding.of(rule(sighting), severity(place, sighting))
            .source(seen.source())
            .destination(seen.destination())
            .name(name(seen, sighting))
            .uid(seen.uid())
            .log(place.log())
            .sentence(sentence(seen, place, sighting))
            .basis(basis(place, sighting));
    return seen.time() == null ? finding : finding.at(seen.time());
  }

  /** What was seen, unless it is the address of a host that the finding names anyway. */
  private static @Nullable String name(SeenRecord seen, Sighting sighting) {
    var value = sighting.text();
    boolean isHost = value.equals(seen.source()) || value.equals(seen.destination());
    return isHost && sighting.type() == IndicatorType.ADDR ? null : value;
  }

  /** Such as {@code indicator-domain}. */
  private static String rule(Sighting sighting) {
    var type = sighting.match().hasPort() ? IndicatorType.ADDR_PORT : sighting.type();
    return "indicator-" + type.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * How bad it is: hosts that come from outside are mostly scanners; an address or name that is
   * visited may have more than one user; what only one thing can be is worse.
   */
  private static Severity severity(Place place, Sighting sighting) {
    var usual =
        switch (sighting.type()) {
          case ADDR, SUBNET, ADDR_PORT ->
              sighting.match().hasPort()
                  ? Severity.HIGH
                  : place.where().equals(ORIGINATOR) ? Severity.LOW : Severity.MEDIUM;
          case URL, FILE_HASH, CERT_HASH, PUBKEY_HASH -> Severity.HIGH;
          case DOMAIN, EMAIL -> Severity.MEDIUM;
          case SOFTWARE, USER_NAME, FILE_NAME, JA3, JA4 -> Severity.LOW;
        };
    return sighting.match().isNotice(place.where()) ? worse(usual) : usual;
  }

  private static Severity worse(Severity severity) {
    return switch (severity) {
      case LOW -> Severity.MEDIUM;
      case MEDIUM -> Severity.HIGH;
      case HIGH, CRITICAL -> Severity.CRITICAL;
    };
  }

  private static String sentence(SeenRecord seen, Place place, Sighting sighting) {
    var sources = String.join(", ", sighting.match().sources());
    var source = Objects.requireNonNullElse(seen.source(), "A host");
    var destination = Objects.requireNonNullElse(seen.destination(), "a host");
    var port = seen.responderPort() < 0 ? "" : ", port " + seen.responderPort();
    var value = sighting.text();
    var listed = ", which is listed by " + sources;
    // Concatenated, not formatted: in the logs of a public server every tenth row is a match.
    return switch (place.where()) {
      case ORIGINATOR -> value + listed + ", connected to " + destination + ".";
      case "Conn::IN_RESP" -> source + " connected to " + value + port + listed + ".";
      case "DNS::IN_REQUEST" -> source + " asked for the name " + value + listed + ".";
      case "DNS::IN_RESPONSE" ->
          source + " asked for a name that has the address " + value + listed + ".";
      case "HTTP::IN_HOST_HEADER", "HTTP::IN_URL", "SSL::IN_SERVER_NAME" ->
          source + " visited " + value + listed + ".";
      default -> elsewhere(seen, place, sighting, sources);
    };
  }

  private static String elsewhere(SeenRecord seen, Place place, Sighting sighting, String sources) {
    var hosts =
        seen.source() == null || seen.destination() == null
            ? ""
            : " between %s and %s".formatted(seen.source(), seen.destination());
    return "The %s %s, which is listed by %s, was seen in %s of %s.log%s."
        .formatted(word(sighting), sighting.text(), sources, place.field(), place.log(), hosts);
  }

  private static String word(Sighting sighting) {
    return switch (sighting.type()) {
      case ADDR, SUBNET, ADDR_PORT -> "address";
      case URL -> "URL";
      case SOFTWARE -> "user agent";
      case EMAIL -> "e-mail address";
      case DOMAIN -> "name";
      case USER_NAME -> "user name";
      case CERT_HASH -> "certificate";
      case PUBKEY_HASH -> "host key";
      case FILE_HASH -> "file with the hash";
      case FILE_NAME -> "file name";
      case JA3, JA4 -> "TLS fingerprint";
    };
  }

  private static List<String> basis(Place place, Sighting sighting) {
    var basis = new ArrayList<String>();
    basis.add("seen in " + place.where());
    basis.add("matched " + String.join(", ", sighting.match().types()));
    basis.add("listed by " + String.join(", ", sighting.match().sources()));
    basis.addAll(sighting.match().descriptions());
    return basis;
  }
}
