package io.longline.plugins.dnsanomalies;

import java.util.ArrayList;
import java.util.Locale;

/** Makes scores of facts. Immutable. */
final class Scoring {

  // What is added to the score of the number of names. The one for direct connections is RITA's,
  // the
  // others are ours: they are what a tunnel cannot do without, and few services need.
  private static final double NO_DIRECT = 0.15;
  private static final double MANY_DIRECT = -0.2;
  private static final double CARRIERS = 0.15;
  private static final double LONG_NAMES = 0.1;
  private static final double RANDOM_NAMES = 0.1;

  private static final double CARRIER_SHARE = 0.5;
  private static final double LONG_NAME = 40;
  private static final double RANDOM_NAME = 3;

  /** A domain with a connection for each tenth name is used. */
  private static final long NAMES_PER_CONNECTION = 10;

  private static final double LEAST_GENERATED = 0.4;
  private static final double MANY_DOMAINS = 1000;

  private final DnsAnomaliesSettings settings;

  Scoring(DnsAnomaliesSettings settings) {
    this.settings = settings;
  }

  /**
   * How much the queries for names under a domain look like a tunnel.
   *
   * @param isDirectKnown whether there are logs of connections that name their hosts
   */
  Score ofDomain(DomainFacts facts, boolean isDirectKnown) {
    var reasons = new ArrayList<String>();
    double value = ofNames(facts.names());
    reasons.add(String.format(Locale.ROOT, "%s for %d names", signed(value), facts.names()));
    if (facts.carrierShare() >= CARRIER_SHARE) {
      value += CARRIERS;
      reasons.add(signed(CARRIERS) + " for types of records that have room for data");
    }
    if (facts.meanLength() >= LONG_NAME) {
      value += LONG_NAMES;
      reasons.add(signed(LONG_NAMES) + " for long names");
    }
    if (facts.entropy() >= RANDOM_NAME) {
      value += RANDOM_NAMES;
      reasons.add(signed(RANDOM_NAMES) + " for names of random letters");
    }
    if (isDirectKnown && facts.direct() == 0) {
      value += NO_DIRECT;
      reasons.add(signed(NO_DIRECT) + " for no HTTP, TLS or QUIC connection to the domain");
    } else if (facts.direct() * NAMES_PER_CONNECTION >= facts.names()) {
      value += MANY_DIRECT;
      reasons.add(signed(MANY_DIRECT) + " for many connections to the domain");
    }
    return new Score(rounded(value), reasons);
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.2f", value);
  }

  /** RITA's buckets. */
  private double ofNames(long names) {
    if (names < settings.leastNames()) {
      return 0;
    }
    if (names < settings.lowNames()) {
      return 0.2 + 0.2 * part(names, settings.leastNames(), settings.lowNames());
    }
    if (names < settings.mediumNames()) {
      return 0.4 + 0.2 * part(names, settings.lowNames(), settings.mediumNames());
    }
    long most = Math.min(names, settings.highNames());
    return 0.6 + 0.2 * part(most, settings.mediumNames(), settings.highNames());
  }

  private static double part(long value, int from, int to) {
    return (double) (value - from) / (to - from);
  }

  /** Whether the queries of a client for names that do not exist are a finding. */
  boolean isGenerated(ClientFacts facts) {
    return facts.nonexistentNames() >= settings.nxdomainNames()
        && facts.nonexistentShare() >= settings.nxdomainShare()
        && facts.nonexistentDomains() >= settings.nxdomainDomains();
  }

  /** How much the queries of a client look like those for generated domains. */
  Score ofClient(ClientFacts facts) {
    var reasons = new ArrayList<String>();
    double byShare = 0.3 * facts.nonexistentShare();
    double byDomains = 0.3 * Math.min(1, facts.nonexistentDomains() / MANY_DOMAINS);
    reasons.add(signed(LEAST_GENERATED) + " for more than the settings allow");
    reasons.add(signed(byShare) + " for the share of names that do not exist");
    reasons.add(signed(byDomains) + " for the number of their domains");
    return new Score(rounded(LEAST_GENERATED + byShare + byDomains), reasons);
  }

  /** To thousandths, from 0 to 1. */
  private static double rounded(double value) {
    return Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000.0;
  }
}
