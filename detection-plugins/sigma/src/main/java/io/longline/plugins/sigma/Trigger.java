package io.longline.plugins.sigma;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be found in a record before an expression can be true: one of some literals, each in
 * a field, or in any. Immutable.
 *
 * @param places where to look for what
 * @param weight the more, the more often it is found; only good for comparing
 */
record Trigger(List<Place> places, double weight) {

  /** For a literal that may be in any field. */
  static final int ANY_FIELD = -1;

  /** Fields with few values, of which most records have the common ones. */
  private static final Set<String> FEW_VALUES =
      Set.of(
          "method",
          "proto",
          "qtype_name",
          "qclass_name",
          "rcode_name",
          "conn_state",
          "action",
          "service",
          "version",
          "status_msg",
          "local_orig",
          "local_resp",
          "rejected");

  /** More than any number of rarer literals. */
  private static final double OFTEN = 1_000;

  /** Values of all fields are searched, and some are texts of any kind. */
  private static final double FIELDS = 4;

  /**
   * A literal in a field.
   *
   * @param field its number, or {@link #ANY_FIELD}
   */
  record Place(int field, Literal literal) {}

  Trigger {
    places = List.copyOf(places);
  }

  /**
   * One of some literals in a field.
   *
   * @param name the name of the field
   * @return none if there are no literals
   */
  static Optional<Trigger> of(int field, String name, List<Literal> literals) {
    if (literals.isEmpty()) {
      return Optional.empty();
    }
    double each = FEW_VALUES.contains(name) ? OFTEN : field == ANY_FIELD ? FIELDS : 1;
    return Optional.of(
        new Trigger(
            literals.stream().map(literal -> new Place(field, literal)).toList(),
            literals.stream().mapToDouble(literal -> each * weight(literal)).sum()));
  }

  private static double weight(Literal literal) {
    return 1.0 / (1 + literal.length() * literal.length());
  }
}
