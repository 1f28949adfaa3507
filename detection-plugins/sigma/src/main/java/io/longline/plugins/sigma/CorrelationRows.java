package io.longline.plugins.sigma;

import io.longline.api.Finding;
import io.longline.api.HookContext;
import io.longline.api.RowOutput;
import io.longline.zeek.LogSchema;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the rows and findings of correlations. Confined to the hook's call. */
final class CorrelationRows {

  private static final LogSchema SCHEMA =
      LogSchema.builder("sigma_correlations")
          .field("ts", "time")
          .field("rule_id", "string")
          .field("title", "string")
          .field("level", "string")
          .field("tags", "vector[string]")
          .field("type", "string")
          .field("group", "vector[string]")
          .field("count", "count")
          .field("timespan", "interval")
          .field("first", "time")
          .field("uid", "string")
          .build();

  private final HookContext context;
  private @Nullable RowOutput output;

  /** Rows of a call; opens the output at the first. */
  CorrelationRows(HookContext context) {
    this.context = context;
  }

  /**
   * Writes that a condition begins to be fulfilled.
   *
   * @param last the hit at which it does
   */
  void write(Correlation correlation, GroupKey key, Tally tally, long micros, Occurrence last)
      throws IOException {
    var header = correlation.header();
    var group = group(correlation, key);
    long first = tally.first() == Tally.NEVER ? micros : tally.first();
    output()
        .row()
        .timeMicros(micros)
        .string(header.key())
        .string(header.title())
        .string(header.level().text())
        .strings(header.tags())
        .string(correlation.kind().name().toLowerCase(Locale.ROOT))
        .strings(group)
        .count(tally.count())
        .intervalMicros(correlation.timespanMicros())
        .timeMicros(first)
        .string(last.uid())
        .end();
    context.finding(
        Finding.of(header.key(), header.level().severity())
            .at(micros)
            .source(last.source())
            .destination(last.destination())
            .uid(last.uid())
            .sentence(sentence(correlation, group, tally.count()))
            .basis(
                "count " + tally.count(),
                "from " + Instant.EPOCH.plus(first, ChronoUnit.MICROS),
                "rules " + String.join(", ", correlation.rules())));
  }

  private RowOutput output() throws IOException {
    var opened = output;
    if (opened == null) {
      opened = context.output("sigma_correlations").rows(SCHEMA);
      output = opened;
    }
    return opened;
  }

  private static List<String> group(Correlation correlation, GroupKey key) {
    var fields = correlation.grouping().fields();
    var group = new ArrayList<String>();
    for (int i = 0; i < Math.min(fields.size(), key.values().size()); i++) {
      group.add(fields.get(i) + "=" + key.values().get(i));
    }
    return group;
  }

  private static String sentence(Correlation correlation, List<String> group, int count) {
    var what =
        switch (correlation.kind()) {
          case EVENT_COUNT -> "hits";
          case VALUE_COUNT ->
              "different values of " + String.join(", ", correlation.grouping().counted());
          case TEMPORAL -> "rules with hits";
          case TEMPORAL_ORDERED -> "rules with hits in their order";
        };
    var span = Duration.of(correlation.timespanMicros(), ChronoUnit.MICROS);
    return "%,d %s%s within %s: the Sigma correlation \"%s\" (%s)."
        .formatted(
            count,
            what,
            group.isEmpty() ? "" : " for " + String.join(", ", group),
            text(span),
            correlation.header().title(),
            correlation.header().level().text());
  }

  private static String text(Duration span) {
    long seconds = span.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + " d";
    }
    return seconds % 3_600 == 0
        ? seconds / 3_600 + " h"
        : seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }
}
