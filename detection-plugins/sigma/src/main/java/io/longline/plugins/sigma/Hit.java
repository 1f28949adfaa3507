package io.longline.plugins.sigma;

import io.longline.api.Finding;
import io.longline.zeek.LogSchema;
import io.longline.zeek.RowWriter;
import io.longline.zeek.ZeekFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record that fulfils a rule. Confined to the call that the record is for.
 *
 * @param rule the rule
 * @param values the values of the record
 * @param fields the numbers of fields
 */
record Hit(Rule rule, Values values, Fields fields) {

  private static final int MAX_REASONS = 20;
  private static final int MAX_SHOWN = 200;

  /** The columns of a row. */
  static LogSchema schema(boolean hasRecord) {
    var schema =
        LogSchema.builder("sigma")
            .field("ts", "time")
            .field("rule_id", "string")
            .field("title", "string")
            .field("level", "string")
            .field("tags", "vector[string]")
            .field("log", "string")
            .field("uid", "string")
            .field("id.orig_h", "addr")
            .field("id.orig_p", "port")
            .field("id.resp_h", "addr")
            .field("id.resp_p", "port")
            .field("matched_fields", "vector[string]");
    return (hasRecord ? schema.field("record", "string") : schema).build();
  }

  /** The time of the record in microseconds; null if it has none. */
  @Nullable Long micros() {
    int field = fields.number(ShownFields.TIME);
    if (!values.isSet(field)) {
      return null;
    }
    try {
      return values.record().timeMicros(values.columnOf(field));
    } catch (ZeekFormatException e) {
      // Not a time: the hit counts all the same.
      return null;
    }
  }

  /** Whether it is known and is not to be reported. */
  boolean isSuppressed() {
    var micros = micros();
    return rule.isSuppressed(values, micros == null ? Long.MAX_VALUE - 1 : micros);
  }

  /** Writes its row. */
  void writeTo(RowWriter row, boolean hasRecord) throws IOException {
    var header = rule.header();
    var micros = micros();
    if (micros == null) {
      row.unset();
    } else {
      row.timeMicros(micros);
    }
    row.string(header.key()).string(header.title()).string(header.level().text());
    row.strings(header.tags()).string(rule.log()).string(text(ShownFields.UID));
    for (var field : ShownFields.ENDPOINTS) {
      row.text(text(field));
    }
    row.strings(reasons());
    if (hasRecord) {
      row.string(RecordJson.of(values));
    }
    row.end();
  }

  /** The first value of a field; null if it has none. */
  private @Nullable String text(@Nullable String name) {
    if (name == null) {
      return null;
    }
    int field = fields.number(name);
    return values.count(field) == 0 ? null : values.value(field, 0).text();
  }

  /** The first value of each of some fields, bounded; null if one has none. */
  @Nullable List<String> texts(List<Integer> numbers) {
    var texts = new ArrayList<String>();
    for (int field : numbers) {
      if (values.count(field) == 0) {
        return null;
      }
      texts.add(GroupKey.value(values.value(field, 0).text()));
    }
    return texts;
  }

  /** It as what a correlation counts; null if it does not count. */
  @Nullable Occurrence occurrence(CorrelationSet.Feed feed) {
    var texts = texts(feed.counted());
    var innerGroup = texts(feed.innerGroup());
    if (innerGroup == null) {
      return null;
    }
    return new Occurrence(
        feed.rule(),
        feed.inner(),
        feed.inner() < 0 ? null : String.join("\0", innerGroup),
        texts != null,
        texts == null ? 0 : GroupKey.hash(String.join("\0", texts)),
        bounded(text(ShownFields.UID)),
        bounded(text("id.orig_h")),
        bounded(text("id.resp_h")));
  }

  private static @Nullable String bounded(@Nullable String text) {
    return text == null ? null : cut(text);
  }

  /** The fields and values that fulfil the rule. */
  List<String> reasons() {
    var reasons = new LinkedHashSet<String>();
    rule.expression()
        .explain(
            values,
            test -> {
              if (reasons.size() < MAX_REASONS) {
                reasons.add(test.name(values) + "=" + cut(test.shown(values)));
              }
            });
    return new ArrayList<>(reasons);
  }

  private static String cut(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  /** It as a finding. */
  Finding finding() {
    var header = rule.header();
    var source = text("id.orig_h");
    var destination = text("id.resp_h");
    var finding =
        Finding.of(header.key(), header.level().severity())
            .source(source)
            .destination(destination)
            .name(text(ShownFields.nameIn(rule.log())))
            .uid(text(ShownFields.UID))
            .log(rule.log())
            .sentence(sentence(source, destination))
            .basis(reasons());
    var micros = micros();
    return micros == null ? finding : finding.at(micros);
  }

  private String sentence(@Nullable String source, @Nullable String destination) {
    var connection =
        source == null
            ? "A record of the log"
            : "A connection from %s to %s in the log"
                .formatted(source, Objects.requireNonNullElse(destination, "an unknown host"));
    return "%s %s matches the Sigma rule \"%s\" (%s)."
        .formatted(connection, rule.log(), rule.header().title(), rule.header().level().text());
  }
}
