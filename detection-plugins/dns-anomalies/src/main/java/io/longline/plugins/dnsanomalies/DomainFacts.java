package io.longline.plugins.dnsanomalies;

/** What was asked about a registered domain. Confined to one thread. */
final class DomainFacts implements Facts {

  /** 512 KB of hashes, half of what a fact may have. */
  static final int MOST_EXACT_NAMES = 1 << 16;

  private static final int OBJECTS_MEMORY = 300;

  private final DistinctHashes names = new DistinctHashes(MOST_EXACT_NAMES);
  private final Clients clients = new Clients();
  private final Counts types = new Counts(QueryType.ALL.size());
  private final Counts hours = new Counts(Hours.A_STEP);
  private long queries;
  private long refused;
  private long lengths;
  private long longest;
  private long entropies;
  private long answerBytes;
  private long direct;

  /** Adds a query for a name of this domain. */
  void add(DnsQuery query) {
    var name = query.name();
    queries++;
    refused += query.isNonexistent() ? 1 : 0;
    lengths += name.length();
    longest = Math.max(longest, name.length());
    entropies += name.entropy();
    answerBytes += query.answerBytes();
    types.add(query.type().index(), 1);
    hours.add(Hours.inStep(query.time()), 1);
    names.add(name.hash());
    if (query.hasClient()) {
      clients.add(query.clientHigh(), query.clientLow(), 1);
    }
  }

  /** Adds a connection that names a host of this domain. */
  void addDirect() {
    direct++;
  }

  @Override
  public void add(byte[] value) {
    var in = new FactReader(value);
    in.number();
    queries += in.number();
    refused += in.number();
    lengths += in.number();
    longest = Math.max(longest, in.number());
    entropies += in.number();
    answerBytes += in.number();
    direct += in.number();
    if (in.number() != 0) {
      types.addFrom(in);
      hours.addFrom(in);
      names.addFrom(in);
      clients.addFrom(in);
    }
  }

  /** The number of queries in the value of a fact, without reading the rest. */
  static long queries(byte[] value) {
    var in = new FactReader(value);
    in.number();
    return in.number();
  }

  @Override
  public void writeTo(FactWriter out) {
    out.number(DOMAIN).number(queries).number(refused).number(lengths).number(longest);
    out.number(entropies).number(answerBytes).number(direct);
    // Of a domain that has connections only, the rest is nothing.
    out.number(queries == 0 ? 0 : 1);
    if (queries != 0) {
      types.writeTo(out);
      hours.writeTo(out);
      names.writeTo(out);
      clients.writeTo(out);
    }
  }

  @Override
  public int memory() {
    return OBJECTS_MEMORY + names.memory() + clients.memory() + types.memory() + hours.memory();
  }

  long names() {
    return names.count();
  }

  Clients clients() {
    return clients;
  }

  long queries() {
    return queries;
  }

  /** Queries for names of the domain that do not exist. */
  double nonexistentShare() {
    return share(refused);
  }

  private double share(long part) {
    return queries == 0 ? 0 : (double) part / queries;
  }

  double meanLength() {
    return share(lengths);
  }

  long longest() {
    return longest;
  }

  /** The mean entropy of names, in bits a byte. */
  double entropy() {
    return share(entropies) / 1000;
  }

  long answerBytes() {
    return answerBytes;
  }

  /** Connections that name a host of the domain. */
  long direct() {
    return direct;
  }

  long queries(QueryType type) {
    return types.get(type.index());
  }

  /** The share of queries for records that have room for data. */
  double carrierShare() {
    return share(
        QueryType.ALL.stream().filter(QueryType::isCarrier).mapToLong(this::queries).sum());
  }

  @Override
  public long inHour(int hour) {
    return hours.get(hour);
  }
}
