package io.longline.plugins.beacons;

import io.longline.api.WindowFacts;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Which of the connections that were open have ended in the time that is looked at, for whatever
 * pairs they count. In memory are only those that were open. Confined to one thread.
 */
final class EndedConnections {

  private static final long HOUR = TimeUnit.HOURS.toMicros(1);

  private final WindowScope scope;
  private final LongSet open = new LongSet();
  private final LongSet ended = new LongSet();

  /** None yet, in a time. */
  EndedConnections(WindowScope scope) {
    this.scope = scope;
  }

  /** Reads the facts of the present key, which come before those of pairs. */
  void read(WindowFacts facts) throws IOException {
    boolean isEnded = Arrays.equals(facts.keyBytes(), Kind.endedKey());
    while (facts.next()) {
      if (facts.time() >= scope.firstHour() * HOUR) {
        var source = new ByteSource(facts.value(), 0);
        while (!source.isAtEnd()) {
          add(source.eight(), isEnded);
        }
      }
    }
  }

  private void add(long uid, boolean isEnded) {
    if (!isEnded) {
      open.add(uid);
    } else if (open.contains(uid)) {
      ended.add(uid);
    }
  }

  /** Whether a connection has ended. */
  boolean contains(long uid) {
    return ended.contains(uid);
  }
}
