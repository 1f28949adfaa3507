package io.longline.plugins.sigma;

import org.jspecify.annotations.Nullable;

/**
 * A hit of a rule that a correlation counts: the value of a fact. Immutable.
 *
 * @param rule the position of the rule in the correlation, or of a correlation that counts it
 * @param inner the position of the rule in that other correlation, or {@link #DIRECT}
 * @param innerGroup the group in that other correlation; null for none
 * @param hasValue whether the field whose values are counted has one
 * @param value the value, as a number that hardly any other value has
 * @param uid the connection; null if there is none
 * @param source the host that began; null if there is none
 * @param destination the other host; null if there is none
 */
record Occurrence(
    int rule,
    int inner,
    @Nullable String innerGroup,
    boolean hasValue,
    long value,
    @Nullable String uid,
    @Nullable String source,
    @Nullable String destination) {

  /** For a rule that is counted by the correlation itself. */
  static final int DIRECT = -1;

  /** It as a hit of a rule of the other correlation. */
  Occurrence asInner() {
    return new Occurrence(inner, DIRECT, null, hasValue, value, uid, source, destination);
  }
}
