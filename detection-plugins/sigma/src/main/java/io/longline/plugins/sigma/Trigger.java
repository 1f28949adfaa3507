package io.longline.plugins.sigma;

import java.util.List;
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

  private static final double OFTEN = 0.5;

  /**
   * A literal in a field.
   *
   * @param field its number, or {@link #ANY_FIELD}
   */
  record Place(int field, Literal literal) {}

  Trigger {
    places = List.copyOf(places);
  }

  /** A literal in a field of this name. */
  static Trigger of(int field, String name, Literal literal) {
    double weight =
        FEW_VALUES.contains(name) ? OFTEN : 1.0 / (1 + literal.length() * literal.length());
    return new Trigger(List.of(new Place(field, literal)), weight);
  }

  /** A literal in any field. */
  static Trigger anywhere(Literal literal) {
    return new Trigger(
        List.of(new Place(ANY_FIELD, literal)), 4.0 / (1 + literal.length() * literal.length()));
  }
}
