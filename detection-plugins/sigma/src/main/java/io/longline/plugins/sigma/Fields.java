package io.longline.plugins.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of a log that rules use, numbered in the order of their first use. Rules are read by
 * one thread; nothing is added later.
 */
final class Fields {

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  /** The number of a field. */
  int number(String name) {
    return numbers.computeIfAbsent(
        name,
        added -> {
          names.add(added);
          return names.size() - 1;
        });
  }

  int size() {
    return names.size();
  }

  String name(int field) {
    return names.get(field);
  }

  /** The names of all fields. */
  List<String> all() {
    return List.copyOf(names);
  }

  /** The names that a field may have in a log. */
  List<String> names(int field) {
    return names(names.get(field));
  }

  /** A name, and that which it has in logs whose keys cannot have dots. */
  static List<String> names(String name) {
    var other = name.replace('.', '_');
    return other.equals(name) ? List.of(name) : List.of(name, other);
  }
}
