package io.longline.plugins.indicators;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the origins of indicators, of which most have the same few. Bounded: if a feed describes
 * each of its indicators differently, later ones are without a description, or have the name of
 * their file as the source. Confined to one thread.
 */
final class Origins {

  private static final int DESCRIBED = 10_000;
  private static final int NAMED = 20_000;
  private static final int CHARACTERS = 1_000_000;

  private final Map<Origin, Integer> numbers = new HashMap<>();
  private final List<Origin> origins = new ArrayList<>();
  private int characters;

  /** The number of an origin in a file. */
  int number(Origin origin, String file) {
    var known = numbers.get(origin);
    if (known == null && isFull(DESCRIBED, CHARACTERS)) {
      var undescribed = origin.undescribed();
      known = numbers.get(undescribed);
      return known == null ? add(named(undescribed, file)) : known;
    }
    return known == null ? add(origin) : known;
  }

  private boolean isFull(int count, int length) {
    return origins.size() >= count || characters >= length;
  }

  private Origin named(Origin origin, String file) {
    return isFull(NAMED, 2 * CHARACTERS) ? origin.from(file) : origin;
  }

  private int add(Origin origin) {
    var known = numbers.get(origin);
    if (known != null) {
      return known;
    }
    numbers.put(origin, origins.size());
    origins.add(origin);
    characters += origin.length();
    return origins.size() - 1;
  }

  /** The origins, each at its number. */
  List<Origin> all() {
    return List.copyOf(origins);
  }
}
