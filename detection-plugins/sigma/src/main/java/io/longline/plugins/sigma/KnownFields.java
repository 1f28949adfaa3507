package io.longline.plugins.sigma;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The fields that Zeek's own scripts give each log (its scripts/base and scripts/policy). */
final class KnownFields {

  private static final String RESOURCE = "zeek-fields.txt";
  private static final Map<String, Set<String>> BY_LOG = read();

  private KnownFields() {}

  /** Whether a log is known, and no version of Zeek gives it this field. */
  static boolean isUnknown(String log, String field) {
    var fields = BY_LOG.get(log);
    return fields != null && !fields.contains(field);
  }

  private static Map<String, Set<String>> read() {
    var byLog = new HashMap<String, Set<String>>();
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(KnownFields.class.getResourceAsStream(RESOURCE)), UTF_8))) {
      reader
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split(" ")))
          .forEach(words -> byLog.put(words.get(0), Set.copyOf(words.subList(1, words.size()))));
      return Map.copyOf(byLog);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
