package io.longline.plugins.dnsanomalies;

import io.longline.api.Combiner;

/**
 * What is known about a domain or a client in some span of time. Sums of it do not depend on the
 * order. Confined to one thread.
 */
sealed interface Facts permits DomainFacts, ClientFacts {

  /** Begins the keys and the values of domains. The key without a domain has them all together. */
  byte DOMAIN = 'd';

  /** Begins the keys and the values of clients. */
  byte CLIENT = 'c';

  /** Adds what the value of a fact of the same kind has, which {@link #writeTo} wrote. */
  void add(byte[] value);

  /** Writes the value of a fact. */
  void writeTo(FactWriter out);

  /** About how many bytes it needs in memory. */
  int memory();

  /** What is counted by hours, in this hour of a step. */
  long inHour(int hour);

  /** Nothing yet of this kind. */
  static Facts none(byte kind) {
    return switch (kind) {
      case DOMAIN -> new DomainFacts();
      case CLIENT -> new ClientFacts();
      default -> throw new IllegalArgumentException("There are no facts of the kind " + kind + ".");
    };
  }

  /** Joins the values of two facts. */
  static Combiner combiner() {
    return (one, other) -> {
      var sum = none(one[0]);
      sum.add(one);
      sum.add(other);
      var out = new FactWriter();
      sum.writeTo(out);
      return out.toBytes();
    };
  }
}
