package io.longline.host.isolation;

import java.util.Set;

/**
 * Which environment variables the process of a plugin gets: those that any program may need, and
 * those that the plugin's settings name. Others may hold secrets of the host, of other plugins or
 * of the user. Immutable.
 *
 * @param named names that the settings give
 */
record ProcessVariables(Set<String> named) {

  /** What programs, the C library and the JVM look for. */
  private static final Set<String> USUAL =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "PWD",
          "HOSTNAME",
          "LANG",
          "LANGUAGE",
          "TZ",
          "TZDIR",
          "TERM",
          "TMPDIR",
          "TMP",
          "TEMP",
          "JAVA_HOME",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS",
          "_JAVA_SR_SIGNUM");

  /** What names of others begin with. */
  private static final Set<String> PREFIXES =
      Set.of("LC_", "LD_", "DYLD_", "XDG_", "MALLOC_", "FAKETIME", "BROAPT_");

  /** Makes a copy. */
  ProcessVariables {
    named = Set.copyOf(named);
  }

  /** Whether the process gets a variable. */
  boolean isPassed(String name) {
    return USUAL.contains(name)
        || PREFIXES.stream().anyMatch(name::startsWith)
        || named.contains(name);
  }
}
