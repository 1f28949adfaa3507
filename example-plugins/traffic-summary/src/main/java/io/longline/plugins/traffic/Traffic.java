package io.longline.plugins.traffic;

import io.longline.api.WindowFacts;
import java.io.IOException;

/**
 * Connections and the bytes in them. Immutable.
 *
 * @param connections the number of connections
 * @param sent payload bytes of the originators
 * @param received payload bytes of the responders
 */
record Traffic(long connections, long sent, long received) {

  private static final Traffic NONE = new Traffic(0, 0, 0);

  /** The sum of the values of the present key. */
  static Traffic sum(WindowFacts facts) throws IOException {
    var sum = NONE;
    while (facts.next()) {
      sum = sum.plus(facts.value(Traffic.class));
    }
    return sum;
  }

  Traffic plus(Traffic other) {
    return new Traffic(
        sum(connections, other.connections), sum(sent, other.sent), sum(received, other.received));
  }

  /** A log may claim any number of bytes: the sum stays at the greatest number. */
  private static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  long bytes() {
    return sum(sent, received);
  }
}
