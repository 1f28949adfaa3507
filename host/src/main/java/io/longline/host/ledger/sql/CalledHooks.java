package io.longline.host.ledger.sql;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The hooks that a host calls, by their numbers in the ledger. Thread-safe. */
final class CalledHooks {

  /** The ids, by number. */
  private volatile Map<Long, String> ids = Map.of();

  /** Also of those that the host has called before: calls of them may still end. */
  private volatile Map<String, Long> numbers = Map.of();

  private volatile Set<String> busy = Set.of();

  /** Sets the hooks that are called from now on, the number of each by its id. */
  void set(Map<String, Long> called) {
    var byNumber = new LinkedHashMap<Long, String>();
    called.forEach((id, number) -> byNumber.put(number, id));
    ids = Collections.unmodifiableMap(byNumber);
    var known = new HashMap<>(numbers);
    known.putAll(called);
    numbers = Map.copyOf(known);
  }

  void setBusy(Set<String> hooks) {
    busy = Set.copyOf(hooks);
  }

  boolean isBusy(String hook) {
    return busy.contains(hook);
  }

  boolean isEmpty() {
    return ids.isEmpty();
  }

  /** The number of a hook that the host calls, or has called. */
  long number(String hook) {
    return numbers.getOrDefault(hook, -1L);
  }

  /** The id of a hook that the host calls; empty if it does not any more. */
  String id(long number) {
    return ids.getOrDefault(number, "");
  }

  /** The numbers of the hooks that are called, but for some. */
  List<Long> without(Set<String> others) {
    return ids.entrySet().stream()
        .filter(hook -> !others.contains(hook.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A query of the hooks that are called and not disabled. */
  String enabled() {
    return enabled(ids.keySet());
  }

  /** A query of those of some hooks that are not disabled. */
  static String enabled(Collection<Long> hooks) {
    return "SELECT number FROM hook WHERE enabled = 1 AND number IN ("
        + hooks.stream().map(String::valueOf).collect(joining(", "))
        + ")";
  }
}
