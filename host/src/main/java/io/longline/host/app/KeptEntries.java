package io.longline.host.app;

import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * A limit for the entries of one kind of problem: a host that watches for months keeps this number
 * of entries, and the log has all of them.
 */
final class KeptEntries {

  static final int MOST = 10_000;

  private KeptEntries() {}

  /** Puts an entry into a map, unless it is new and the map is full. */
  static <K, V> void put(Map<K, V> map, K key, V value) {
    merge(map, key, value, (before, now) -> now);
  }

  /** Merges an entry into a map, unless it is new and the map is full. */
  static <K, V> void merge(Map<K, V> map, K key, V value, BinaryOperator<V> both) {
    if (map.size() < MOST || map.containsKey(key)) {
      map.merge(key, value, both);
    }
  }
}
