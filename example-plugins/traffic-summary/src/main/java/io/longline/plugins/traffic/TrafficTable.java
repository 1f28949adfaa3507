package io.longline.plugins.traffic;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Traffic by name, of a bounded number of names of bounded length: a log with spoofed addresses may
 * have millions. When it is full, the half with the least traffic is dropped. Confined to one
 * thread.
 */
final class TrafficTable {

  private static final int MAX_NAMES = 100_000;

  /** The number of characters of a name. */
  private static final int MAX_NAME = 100;

  private static final Comparator<Map.Entry<String, Traffic>> LARGEST_FIRST =
      Comparator.comparing((Map.Entry<String, Traffic> entry) -> -entry.getValue().bytes())
          .thenComparing(Map.Entry::getKey);

  private final Map<String, Traffic> byName = new HashMap<>();
  private boolean isApproximate;

  /** Adds traffic; a name that is longer than any address or service is cut. */
  void add(String name, Traffic traffic) {
    var key = name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…";
    byName.merge(key, traffic, Traffic::plus);
    if (byName.size() > MAX_NAMES) {
      dropSmallHalf();
    }
  }

  void add(TrafficTable other) {
    other.byName.forEach(this::add);
    isApproximate |= other.isApproximate;
  }

  private void dropSmallHalf() {
    var large = largest(MAX_NAMES / 2);
    byName.clear();
    large.forEach(entry -> byName.put(entry.getKey(), entry.getValue()));
    isApproximate = true;
  }

  /** The names with the most bytes, largest first, those with equal bytes ordered by name. */
  List<Map.Entry<String, Traffic>> largest(int most) {
    return byName.entrySet().stream()
        .sorted(LARGEST_FIRST)
        .limit(most)
        .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Whether names were dropped, so that a sum may lack the traffic before that. */
  boolean isApproximate() {
    return isApproximate;
  }
}
