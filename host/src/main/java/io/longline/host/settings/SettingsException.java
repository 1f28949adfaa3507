package io.longline.host.settings;

import java.util.List;

/** Settings are wrong; each problem is a sentence that says where, and what would be valid. */
public final class SettingsException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** With these problems, at least one. */
  public SettingsException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong. */
  public List<String> problems() {
    return problems;
  }
}
