package io.longline.plugins.sigma;

import io.longline.api.Finding;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How critical a rule is, by the Sigma specification; in ascending order. */
public enum Level {
  /** For enrichment: no alert. */
  INFORMATIONAL(Finding.Severity.LOW),
  /** Rarely an incident. */
  LOW(Finding.Severity.LOW),
  /** To be reviewed regularly. */
  MEDIUM(Finding.Severity.MEDIUM),
  /** To be reviewed soon. */
  HIGH(Finding.Severity.HIGH),
  /** An incident. */
  CRITICAL(Finding.Severity.CRITICAL);

  private final Finding.Severity severity;

  Level(Finding.Severity severity) {
    this.severity = severity;
  }

  /** The severity of a finding for a rule of this level. */
  Finding.Severity severity() {
    return severity;
  }

  /** The name as rules have it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The level of a rule; of one that names none it is medium.
   *
   * @throws RuleException if there is no such level
   */
  static Level of(@Nullable String text) throws RuleException {
    if (text == null) {
      return MEDIUM;
    }
    for (var level : values()) {
      if (level.text().equals(text.strip().toLowerCase(Locale.ROOT))) {
        return level;
      }
    }
    throw new RuleException(
        "there is no level \"" + text + "\": use informational, low, medium, high or critical");
  }
}
