package io.longline.api;

import java.io.IOException;

/**
 * The facts of a window, as a cursor: key by key in the order of their bytes, and for each key its
 * values in order of time, those of equal time in the order of their bytes. So the order does not
 * depend on the order in which batches were processed. Who asks for a key or a value where there is
 * none gets an {@link IllegalStateException}. Confined to the hook's call.
 *
 * <pre>{@code
 * while (facts.nextKey()) {
 *   var sum = Traffic.NONE;
 *   while (facts.next()) {
 *     sum = sum.plus(facts.value(Traffic.class));
 *   }
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public interface WindowFacts {

  /**
   * Goes to the next key, past values of the present one that were not asked for.
   *
   * @return whether there is one
   * @throws IOException if a part cannot be read
   */
  boolean nextKey() throws IOException;

  /** The present key as text, in UTF-8. */
  String key();

  /** A copy of the present key. */
  byte[] keyBytes();

  /**
   * Goes to the next value of the present key.
   *
   * @return whether there is one
   * @throws IOException if a part cannot be read
   */
  boolean next() throws IOException;

  /**
   * The event time of the present value, in microseconds since 1970 UTC. Of values that a {@link
   * Combiner} has made one it is the latest.
   */
  long time();

  /** A copy of the present value. */
  byte[] value();

  /**
   * The present value as the Java record that was put.
   *
   * @param type the class of the record
   * @throws IllegalArgumentException if the value is not one of this record
   */
  <T extends Record> T value(Class<T> type);
}
