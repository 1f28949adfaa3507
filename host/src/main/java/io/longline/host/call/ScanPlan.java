package io.longline.host.call;

import io.longline.api.Interest;
import io.longline.host.plugins.CalledHook;
import io.longline.zeek.WantedField;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which hooks share a scan, and which fields of which logs are read in which order. Immutable. */
public final class ScanPlan {

  private final List<CalledHook> hooks;
  private final List<String> order;

  private ScanPlan(List<CalledHook> hooks, List<String> order) {
    this.hooks = List.copyOf(hooks);
    this.order = List.copyOf(order);
  }

  /** A plan for hooks whose orders of logs agree. */
  static ScanPlan of(List<CalledHook> hooks) {
    return new ScanPlan(hooks, Objects.requireNonNull(order(hooks), "The orders contradict."));
  }

  /**
   * Groups hooks whose orders of logs agree; a hook that contradicts those before it begins a group
   * of its own.
   */
  public static List<List<CalledHook>> groups(List<CalledHook> hooks) {
    var groups = new ArrayList<List<CalledHook>>();
    for (var hook : hooks) {
      var fitting = groups.stream().filter(group -> order(with(group, hook)) != null).findFirst();
      if (fitting.isPresent()) {
        fitting.get().add(hook);
      } else {
        groups.add(new ArrayList<>(List.of(hook)));
      }
    }
    return groups;
  }

  private static List<CalledHook> with(List<CalledHook> group, CalledHook hook) {
    var longer = new ArrayList<>(group);
    longer.add(hook);
    return longer;
  }

  /** The logs in an order that agrees with that of each hook; null if there is no such order. */
  private static @Nullable List<String> order(List<CalledHook> hooks) {
    var left = new ArrayList<List<String>>();
    for (var hook : hooks) {
      left.add(new ArrayList<>(logs(hook).stream().map(Interest.Log::path).toList()));
    }
    var order = new ArrayList<String>();
    for (; ; ) {
      left.removeIf(List::isEmpty);
      if (left.isEmpty()) {
        return order;
      }
      // A log that no hook wants after another.
      var next =
          left.stream()
              .map(logs -> logs.get(0))
              .filter(log -> left.stream().allMatch(logs -> logs.indexOf(log) <= 0))
              .findFirst()
              .orElse(null);
      if (next == null) {
        return null;
      }
      order.add(next);
      left.forEach(logs -> logs.remove(next));
    }
  }

  private static List<Interest.Log> logs(CalledHook hook) {
    return Objects.requireNonNull(hook.interest(), "interest").logs();
  }

  List<CalledHook> hooks() {
    return hooks;
  }

  /** The paths of the logs, in the order in which they are read. */
  List<String> order() {
    return order;
  }

  /**
   * The fields that a hook wants of a log, empty for all fields; null if it does not want the log.
   */
  static @Nullable List<WantedField> fields(CalledHook hook, String path) {
    var log = log(hook, path);
    return log == null ? null : log.fields();
  }

  /** Whether a hook takes the records of a log in any order. */
  static boolean isInAnyOrder(CalledHook hook, String path) {
    var log = log(hook, path);
    return log != null && log.isInAnyOrder();
  }

  private static Interest.@Nullable Log log(CalledHook hook, String path) {
    return logs(hook).stream().filter(log -> log.path().equals(path)).findFirst().orElse(null);
  }

  /**
   * The fields of a log that must be read for some hooks: the union of their fields, by each of
   * their names; empty for all fields.
   */
  static List<WantedField> union(List<CalledHook> readers, String path) {
    var union = new LinkedHashSet<String>();
    for (var hook : readers) {
      var fields = fields(hook, path);
      if (fields != null && fields.isEmpty()) {
        return List.of();
      }
      for (var field : Objects.requireNonNullElse(fields, List.<WantedField>of())) {
        union.add(field.name());
        union.addAll(field.otherNames());
      }
    }
    return union.stream().map(WantedField::optional).toList();
  }
}
