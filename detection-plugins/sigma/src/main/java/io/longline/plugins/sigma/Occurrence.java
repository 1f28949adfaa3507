package io.longline.plugins.sigma;

import org.jspecify.annotations.Nullable;

/**
 * A hit of a rule that a correlation counts: the value of a fact. Immutable.
 *
 * @param rule the position of the rule in the correlation
 * @param hasValue whether the field whose values are counted has one
 * @param value the value, as a number that hardly any other value has
 * @param uid the connection; null if there is none
 * @param source the host that began; null if there is none
 * @param destination the other host; null if there is none
 */
record Occurrence(
    int rule,
    boolean hasValue,
    long value,
    @Nullable String uid,
    @Nullable String source,
    @Nullable String destination) {}
