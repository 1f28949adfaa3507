package io.longline.host;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which outermost classes use which others of their package. */
final class ClassGraph {

  private final Map<String, Class<?>> types = new TreeMap<>();
  private final Map<String, Set<String>> uses = new TreeMap<>();

  ClassGraph(JavaClasses classes) {
    for (var from : classes) {
      var user = outermost(from);
      types.putIfAbsent(user.getName(), user.reflect());
      for (var dependency : from.getDirectDependenciesFromSelf()) {
        var used = outermost(dependency.getTargetClass());
        if (used.getPackageName().equals(user.getPackageName()) && !used.equals(user)) {
          uses.computeIfAbsent(user.getName(), name -> new TreeSet<>()).add(used.getName());
        }
      }
    }
  }

  private static JavaClass outermost(JavaClass type) {
    var outer = type.getBaseComponentType();
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer;
  }

  /** Groups of classes each of which can be reached from the others, but for sealed families. */
  List<Set<String>> cycles() {
    var found = new ArrayList<Set<String>>();
    for (var name : uses.keySet()) {
      var group = new TreeSet<String>();
      for (var other : reachable(name)) {
        if (reachable(other).contains(name)) {
          group.add(other);
        }
      }
      if (group.size() > 1 && !found.contains(group) && !isSealedFamily(group)) {
        found.add(group);
      }
    }
    found.sort(Comparator.comparing(Object::toString));
    return found;
  }

  private Set<String> reachable(String start) {
    var seen = new TreeSet<String>();
    var left = new ArrayDeque<String>(uses.getOrDefault(start, Set.of()));
    while (!left.isEmpty()) {
      var next = left.pop();
      if (seen.add(next)) {
        left.addAll(uses.getOrDefault(next, Set.of()));
      }
    }
    return seen;
  }

  private boolean isSealedFamily(Set<String> group) {
    return group.stream()
        .map(types::get)
        .filter(Class::isSealed)
        .anyMatch(
            root -> {
              var family = new TreeSet<String>();
              family(root).forEach(type -> family.add(type.getName()));
              return family.containsAll(group);
            });
  }

  private static Stream<Class<?>> family(Class<?> type) {
    return type.isSealed()
        ? Stream.concat(
            Stream.of(type), Stream.of(type.getPermittedSubclasses()).flatMap(ClassGraph::family))
        : Stream.of(type);
  }
}
