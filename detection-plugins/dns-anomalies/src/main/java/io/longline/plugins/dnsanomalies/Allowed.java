package io.longline.plugins.dnsanomalies;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is expected to look like a tunnel or a generated domain. Immutable. */
final class Allowed {

  /**
   * Registered domains of services that are asked by DNS: reputations of addresses, domains and
   * files. Somebody who wants to carry data out cannot have a name under them.
   */
  private static final Set<String> LOOKUP_SERVICES =
      Set.of(
          "abuseat.org",
          "barracudacentral.org",
          "cymru.com",
          "dnswl.org",
          "e5.sk",
          "mailspike.net",
          "sophosxl.net",
          "spamcop.net",
          "spamhaus.net",
          "spamhaus.org",
          "surbl.org",
          "uribl.com");

  private final List<String> entries;

  Allowed(DnsAnomaliesSettings settings) {
    this.entries = settings.allowed();
  }

  /** What allows a registered domain; null for nothing. */
  @Nullable String byDomain(String domain) {
    return LOOKUP_SERVICES.contains(domain) ? "lookup services" : byEntry(domain);
  }

  /** What allows a client; null for nothing. */
  @Nullable String byClient(String address) {
    return byEntry(address);
  }

  private @Nullable String byEntry(String text) {
    return entries.contains(text) ? "setting allowed" : null;
  }
}
