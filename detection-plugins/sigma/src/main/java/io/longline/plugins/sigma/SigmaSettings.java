package io.longline.plugins.sigma;

import io.longline.api.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The settings of this plugin.
 *
 * @param rules folders with rules, or single files
 * @param site what is particular to this site
 * @param minLevel the least level of rules that are used
 * @param status the statuses of rules that are used
 * @param include ids of the only rules that are used; empty for all
 * @param exclude ids of rules that are not used
 * @param record whether rows have the record
 */
public record SigmaSettings(
    @Setting(
            description = "Folders with Sigma rules, or single files. Idle while there are none.",
            defaultValue = "")
        List<Path> rules,
    @Setting(
            description =
                "A YAML file with what is particular to this site: fields, logsources, placeholders, suppress.")
        Optional<Path> site,
    @Setting(description = "Use rules of this level and above.", defaultValue = "informational")
        Level minLevel,
    @Setting(
            description = "Use rules of these statuses, and those without one.",
            defaultValue = "stable,test,experimental")
        List<String> status,
    @Setting(description = "Use only rules with these ids.", defaultValue = "")
        List<String> include,
    @Setting(description = "Do not use rules with these ids.", defaultValue = "")
        List<String> exclude,
    @Setting(description = "Add the whole record to each row, as JSON.", defaultValue = "false")
        boolean record) {

  /** Copies the lists. */
  public SigmaSettings {
    rules = List.copyOf(rules);
    status = List.copyOf(status);
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /** Whether a rule is one of those that are used. */
  boolean uses(RuleHeader header) {
    var ruleStatus = header.status();
    boolean isIncluded = include.isEmpty() || include.stream().anyMatch(header::isNamed);
    return isIncluded
        && exclude.stream().noneMatch(header::isNamed)
        && header.level().compareTo(minLevel) >= 0
        && (ruleStatus == null || status.stream().anyMatch(ruleStatus::equalsIgnoreCase));
  }
}
