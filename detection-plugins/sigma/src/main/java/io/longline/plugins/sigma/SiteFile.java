package io.longline.plugins.sigma;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is particular to a site: how its fields and logs are called, what placeholders of rules
 * stand for, and which hits are known. Immutable.
 *
 * @param fields names in rules, and those in Zeek's logs
 * @param logs log sources, and Zeek's log for each, in the order in which they are tried
 * @param placeholders names of placeholders and their values
 * @param suppressions hits that are known
 */
record SiteFile(
    Map<String, String> fields,
    List<LogEntry> logs,
    Map<String, List<String>> placeholders,
    List<Suppression> suppressions) {

  /**
   * The log of Zeek for a log source and its kinds.
   *
   * @param source the log source
   * @param log the log
   */
  record LogEntry(LogSource source, String log) {}

  /** Nothing but what is the same everywhere. */
  static final SiteFile NONE = new SiteFile(FieldMapping.DEFAULT, List.of(), Map.of(), List.of());

  private static final List<String> SECTIONS =
      List.of("fields", "logsources", "placeholders", "suppress");

  SiteFile {
    fields = Map.copyOf(fields);
    logs = List.copyOf(logs);
    placeholders = Map.copyOf(placeholders);
    suppressions = List.copyOf(suppressions);
  }

  /**
   * Reads a file.
   *
   * @throws RuleException if it cannot be used; says why
   */
  static SiteFile read(Path file) throws RuleException {
    var documents = YamlFile.read(file);
    if (documents.size() > 1) {
      throw new RuleException("has more than one document");
    }
    var document = documents.isEmpty() ? Map.of() : documents.get(0);
    for (var key : document.keySet()) {
      if (!SECTIONS.contains(String.valueOf(key))) {
        throw new RuleException(
            "\"%s\" is unknown: use %s".formatted(key, String.join(", ", SECTIONS)));
      }
    }
    var fields = new HashMap<>(FieldMapping.DEFAULT);
    for (var entry : Maps.map(document, "fields").entrySet()) {
      fields.put(String.valueOf(entry.getKey()), String.valueOf(entry.getValue()));
    }
    var placeholders = new HashMap<String, List<String>>();
    var values = Maps.map(document, "placeholders");
    for (var key : values.keySet()) {
      placeholders.put(String.valueOf(key), Maps.texts(values, String.valueOf(key)));
    }
    var suppressions = new ArrayList<Suppression>();
    for (var entry : entries(document, "suppress")) {
      suppressions.add(Suppression.of(entry));
    }
    return new SiteFile(fields, logs(document), placeholders, suppressions);
  }

  private static List<LogEntry> logs(Map<?, ?> document) throws RuleException {
    var logs = new ArrayList<LogEntry>();
    for (var entry : entries(document, "logsources")) {
      logs.add(new LogEntry(LogSource.of(Map.of("logsource", entry)), Maps.required(entry, "log")));
    }
    return logs;
  }

  private static List<Map<?, ?>> entries(Map<?, ?> document, String section) throws RuleException {
    var entries = new ArrayList<Map<?, ?>>();
    if (document.get(section) instanceof Collection<?> list) {
      for (var each : list) {
        if (!(each instanceof Map<?, ?> entry)) {
          throw new RuleException("an entry of \"" + section + "\" is not a map");
        }
        entries.add(entry);
      }
    } else if (document.get(section) != null) {
      throw new RuleException("\"" + section + "\" is not a list");
    }
    return entries;
  }

  /** The log of Zeek for a log source; none if there is none. */
  Optional<String> log(LogSource source) {
    return logs.stream()
        .filter(entry -> entry.source().includes(source))
        .findFirst()
        .map(LogEntry::log)
        .or(source::zeekLog);
  }
}
