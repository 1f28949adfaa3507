package io.longline.host.settings;

import java.util.ArrayList;
import java.util.List;

/** Settings are wrong; each problem is a sentence that says where, and what would be valid. */
public final class SettingsException extends Exception {

  private static final long serialVersionUID = 1L;

  /** A file that is no settings file may have a problem in each line. */
  private static final int MAX_PROBLEMS = 100;

  private final transient List<String> problems;

  /** With these problems, at least one; of very many the first are kept, and the others counted. */
  public SettingsException(List<String> problems) {
    super(String.join("\n", bounded(problems)));
    this.problems = bounded(problems);
  }

  private static List<String> bounded(List<String> problems) {
    if (problems.size() <= MAX_PROBLEMS) {
      return List.copyOf(problems);
    }
    var first = new ArrayList<>(problems.subList(0, MAX_PROBLEMS));
    first.add("There are %,d more problems.".formatted(problems.size() - MAX_PROBLEMS));
    return List.copyOf(first);
  }

  /** What is wrong. */
  public List<String> problems() {
    return problems;
  }
}
