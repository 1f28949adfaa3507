package io.longline.plugins.sigma;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the fields that a rule names are called in a log. Confined to one thread. */
final class FieldNames {

  private final String log;
  private final Map<String, String> mapping;
  private final Fields fields;
  private final Set<String> unmapped = new TreeSet<>();
  private final Set<String> used = new TreeSet<>();

  /**
   * The names for the rules of a log.
   *
   * @param mapping names in rules, and those in logs
   * @param fields where the fields get their numbers
   */
  FieldNames(String log, Map<String, String> mapping, Fields fields) {
    this.log = log;
    this.mapping = mapping;
    this.fields = fields;
  }

  /** The number of a field that a rule names. */
  int number(String name) {
    return fields.number(logName(name));
  }

  /** What a field that a rule names is called in the log. */
  String logName(String name) {
    var mapped = mapping.get(name);
    if (mapped == null && KnownFields.isUnknown(log, name)) {
      unmapped.add(name);
    }
    var logName = mapped == null ? name : mapped;
    used.add(logName);
    return logName;
  }

  /** The fields so far that neither the mapping nor Zeek's log has. */
  Set<String> unmapped() {
    return unmapped;
  }

  /** What the fields so far are called in the log. */
  Set<String> used() {
    return used;
  }

  /** Adds what another has found of the same log. */
  void addAll(FieldNames other) {
    unmapped.addAll(other.unmapped);
    used.addAll(other.used);
  }

  /** Names for the same log, which have found nothing so far. */
  FieldNames fresh() {
    return new FieldNames(log, mapping, fields);
  }

  /** The log. */
  String log() {
    return log;
  }
}
