package io.longline.host.doctor;

import java.util.List;
import java.util.Map;

/**
 * Whether files of all names can be opened. Immutable.
 *
 * @param properties the system properties
 * @param environment the environment variables
 */
record LocaleCheck(Map<String, String> properties, Map<String, String> environment)
    implements Check {

  @Override
  public String name() {
    return "locale";
  }

  @Override
  public List<Diagnosis> make() {
    var names = properties.getOrDefault("sun.jnu.encoding", "unknown");
    var texts = properties.getOrDefault("file.encoding", "unknown");
    var found =
        "names of files in %s, texts in %s, locale %s".formatted(names, texts, localeOfSystem());
    return List.of(
        names.equalsIgnoreCase("UTF-8")
            ? Diagnosis.ok(name(), found)
            : Diagnosis.warning(
                name(),
                found,
                "Files with other letters in their names cannot be opened: set LC_ALL=C.UTF-8, as the launcher does."));
  }

  /** The first of these that is set counts, see locale(7). */
  private String localeOfSystem() {
    for (var variable : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      var value = environment.getOrDefault(variable, "");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "none";
  }
}
