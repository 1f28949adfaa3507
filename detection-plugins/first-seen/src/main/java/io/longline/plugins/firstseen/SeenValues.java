package io.longline.plugins.firstseen;

import io.longline.api.Part;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Puts the values of one batch into its part, and for each kind the time of the first value, from
 * which on it is learned. Confined to one sink.
 */
final class SeenValues {

  /** Begins the keys of the times from which on kinds are learned, so that they come first. */
  static final String START = "\0";

  private final Part part;
  private final Set<Kind> kinds;
  private final Map<Kind, Seen> starts = new EnumMap<>(Kind.class);

  SeenValues(Part part, Set<Kind> kinds) {
    this.part = part;
    this.kinds = kinds;
  }

  /** Puts a value, if its kind is recorded and the span has a time. */
  void put(Kind kind, String value, Span span) throws IOException {
    var seen = span.seen();
    if (seen != null && kinds.contains(kind)) {
      part.put(seen.first(), kind.letter() + value, seen);
      starts.merge(kind, new Seen(seen.first(), seen.first(), null, null), Seen::plus);
    }
  }

  /** Puts the times from which on the kinds are learned. */
  void complete() throws IOException {
    for (var start : starts.entrySet()) {
      var seen = start.getValue();
      part.put(seen.first(), START + start.getKey().letter(), seen);
    }
  }
}
