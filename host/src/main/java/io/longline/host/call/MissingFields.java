package io.longline.host.call;

import io.longline.zeek.ReadReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The fields that a hook requires and that the logs of a batch do not have. A field that is in some
 * file of a log, or in some part of it, is not missing. Thread-safe.
 */
final class MissingFields {

  private final Map<String, OfLog> logs = new LinkedHashMap<>();

  /** What the parts of a log that were read lack. */
  private static final class OfLog {
    private final Map<String, ReadReport.MissingField> fields = new LinkedHashMap<>();

    /** In how many parts each of these fields is missing. */
    private final Map<String, Integer> lacking = new LinkedHashMap<>();

    private int parts;
  }

  /** Takes what a part of a log lacks. */
  synchronized void take(String path, List<ReadReport.MissingField> missing) {
    var log = logs.computeIfAbsent(path, unused -> new OfLog());
    log.parts++;
    for (var field : missing) {
      log.fields.put(field.name(), field);
      log.lacking.merge(field.name(), 1, Integer::sum);
    }
  }

  /** Hands out each field that every part of a log lacks, with the path of the log. */
  synchronized void forEach(BiConsumer<String, ReadReport.MissingField> consumer) {
    for (var entry : logs.entrySet()) {
      var log = entry.getValue();
      for (var field : log.fields.values()) {
        if (log.lacking.getOrDefault(field.name(), 0) == log.parts) {
          consumer.accept(entry.getKey(), field);
        }
      }
    }
  }
}
