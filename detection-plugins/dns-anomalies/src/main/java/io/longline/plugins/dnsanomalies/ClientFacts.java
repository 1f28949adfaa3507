package io.longline.plugins.dnsanomalies;

/** What a client asked for. Confined to one thread. */
final class ClientFacts implements Facts {

  static final int MOST_EXACT_NAMES = 1 << 12;

  private static final int OBJECTS_MEMORY = 300;

  private final DistinctHashes names = new DistinctHashes(MOST_EXACT_NAMES);
  private final DistinctHashes nonexistentNames = new DistinctHashes(MOST_EXACT_NAMES);
  private final DistinctHashes nonexistentDomains = new DistinctHashes(MOST_EXACT_NAMES);
  private final Counts hours = new Counts(Hours.A_STEP);
  private long queries;
  private long nonexistent;

  /** Adds a query of this client. */
  void add(DnsQuery query) {
    queries++;
    names.add(query.name().hash());
    if (query.isNonexistent()) {
      nonexistent++;
      hours.add(Hours.inStep(query.time()), 1);
      nonexistentNames.add(query.name().hash());
      if (query.name().hasDomain()) {
        nonexistentDomains.add(query.name().domainHash());
      }
    }
  }

  @Override
  public void add(byte[] value) {
    var in = new FactReader(value);
    in.number();
    queries += in.number();
    names.addFrom(in);
    long more = in.number();
    nonexistent += more;
    if (more != 0) {
      hours.addFrom(in);
      nonexistentNames.addFrom(in);
      nonexistentDomains.addFrom(in);
    }
  }

  @Override
  public void writeTo(FactWriter out) {
    out.number(CLIENT).number(queries);
    names.writeTo(out);
    out.number(nonexistent);
    if (nonexistent != 0) {
      hours.writeTo(out);
      nonexistentNames.writeTo(out);
      nonexistentDomains.writeTo(out);
    }
  }

  @Override
  public int memory() {
    return OBJECTS_MEMORY
        + names.memory()
        + nonexistentNames.memory()
        + nonexistentDomains.memory()
        + hours.memory();
  }

  long queries() {
    return queries;
  }

  long names() {
    return names.count();
  }

  /** Queries that were answered with NXDOMAIN. */
  long nonexistent() {
    return nonexistent;
  }

  /** Different names that do not exist. */
  long nonexistentNames() {
    return nonexistentNames.count();
  }

  /** Different registered domains of the names that do not exist. */
  long nonexistentDomains() {
    return nonexistentDomains.count();
  }

  /** The share of names that do not exist, of all different names; at most 1. */
  double nonexistentShare() {
    long all = names();
    // Both may be estimates.
    return all == 0 ? 0 : Math.min(1, (double) nonexistentNames() / all);
  }

  @Override
  public long inHour(int hour) {
    return hours.get(hour);
  }
}
