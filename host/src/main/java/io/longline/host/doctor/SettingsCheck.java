package io.longline.host.doctor;

import java.util.List;

/**
 * Whether the settings can be read. Immutable.
 *
 * @param file the settings file, for people
 * @param problems what is wrong with the settings, each as a sentence
 */
record SettingsCheck(String file, List<String> problems) implements Check {

  @Override
  public String name() {
    return "settings";
  }

  @Override
  public List<Diagnosis> make() {
    if (problems.isEmpty()) {
      return List.of(Diagnosis.ok(name(), file));
    }
    return problems.stream()
        .map(
            problem ->
                Diagnosis.fault(
                    name(), withoutStop(problem), "Correct it; docs/configuration.md has all."))
        .toList();
  }

  static String withoutStop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
