package io.longline.host.plugins;

import io.longline.api.Hook;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Classes of a jar that are hooks, by name, each with the interface whose services file has to name
 * it. Immutable.
 */
record HookClasses(SortedMap<String, Class<? extends Hook>> interfaces) {

  private static final int MAX_NAMED = 5;

  private static final String EXTENSION =
      "or annotate %s with @Extension and let pf4j's annotation processor run.";

  HookClasses {
    interfaces = new TreeMap<>(interfaces);
  }

  /** Those that are not among these names. */
  HookClasses without(Collection<String> names) {
    var others = new TreeMap<>(interfaces);
    others.keySet().removeAll(names);
    return new HookClasses(others);
  }

  boolean isEmpty() {
    return interfaces.isEmpty();
  }

  /** The names of the first few. */
  String named() {
    return interfaces.keySet().stream().limit(MAX_NAMED).collect(Collectors.joining(", "))
        + (interfaces.size() > MAX_NAMED
            ? " and " + (interfaces.size() - MAX_NAMED) + " more"
            : "");
  }

  /** What to write, and where, so that they are found. */
  String remedy() {
    if (interfaces.isEmpty()) {
      return "Write a public class that implements RecordHook or LogHook, with its name as a line in META-INF/services/io.longline.api.RecordHook or META-INF/services/io.longline.api.LogHook, "
          + EXTENSION.formatted("it");
    }
    var lines =
        interfaces.entrySet().stream()
            .limit(MAX_NAMED)
            .map(
                each ->
                    "the line %s to %s"
                        .formatted(each.getKey(), HookInterfaces.servicesFile(each.getValue())))
            .collect(Collectors.joining(", "));
    return "Add %s (in src/main/resources of a Maven project), %s"
        .formatted(
            lines, EXTENSION.formatted(interfaces.size() == 1 ? "the class" : "the classes"));
  }
}
