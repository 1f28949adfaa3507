package io.longline.host.doctor;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The version of Java, and whether it is whole. Immutable.
 *
 * @param properties the system properties
 * @param modules the modules that it has
 */
record JavaCheck(Map<String, String> properties, Set<String> modules) implements Check {

  /** The module of elliptic curves, which are in java.base since Java 22 (JDK-8308398). */
  private static final String ELLIPTIC_CURVES = "jdk.crypto.ec";

  private static final int CURVES_IN_BASE = 22;

  /** What the program itself and common libraries of plugins use. */
  private static final Set<String> WANTED =
      Set.of(
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.sql",
          "java.xml",
          ELLIPTIC_CURVES,
          "jdk.unsupported",
          "jdk.zipfs");

  private static final int OLDEST = 17;

  @Override
  public String name() {
    return "java";
  }

  @Override
  public List<Diagnosis> make() {
    var version = properties.getOrDefault("java.version", "");
    var found =
        "%s (%s), %s"
            .formatted(
                version,
                properties.getOrDefault("java.vendor", "unknown vendor"),
                properties.getOrDefault("java.home", ""));
    if (feature() < OLDEST) {
      return List.of(
          Diagnosis.fault(
              name(), found + " is too old", "Install Java 17 or newer, or set JAVA_HOME to it."));
    }
    var missing = new TreeSet<>(WANTED);
    missing.removeAll(modules);
    if (feature() >= CURVES_IN_BASE) {
      missing.remove(ELLIPTIC_CURVES);
    }
    return List.of(
        missing.isEmpty()
            ? Diagnosis.ok(name(), found)
            : Diagnosis.warning(
                name(),
                found + " lacks the modules " + String.join(", ", missing),
                "Plugins that need them will not load: use a whole Java runtime."));
  }

  private int feature() {
    var digits = properties.getOrDefault("java.specification.version", "");
    return digits.matches("\\d{1,4}") ? Integer.parseInt(digits) : 0;
  }
}
