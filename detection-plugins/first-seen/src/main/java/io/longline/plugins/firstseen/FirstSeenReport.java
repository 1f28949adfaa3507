package io.longline.plugins.firstseen;

import io.longline.api.Finding;
import io.longline.api.Finding.Severity;
import io.longline.api.HookContext;
import io.longline.api.RowOutput;
import io.longline.detections.AllowList;
import io.longline.zeek.LogSchema;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the rows and findings of a window. Confined to one call. */
final class FirstSeenReport {

  static final LogSchema SCHEMA =
      LogSchema.builder("first_seen")
          .field("ts", "time")
          .field("kind", "string")
          .field("value", "string")
          .field("host", "string")
          .field("uid", "string")
          .field("learned_since", "time")
          .field("learning", "bool")
          .field("last_seen", "time")
          .field("absent", "interval")
          .field("allowed_by", "string")
          .build();

  /** How many findings a kind may have. */
  private static final int MOST_FINDINGS = 10_000;

  private final AllowList allowed;
  private final HookContext context;
  private final Set<Kind> alerting;
  private final Set<Kind> recorded;
  private final long learning;
  private final long forget;
  private final long leastGap;
  private final Map<Kind, Long> starts = new EnumMap<>(Kind.class);
  private final Map<Kind, Integer> findings = new EnumMap<>(Kind.class);
  private @Nullable RowOutput rows;

  FirstSeenReport(FirstSeenSettings settings, AllowList allowed, HookContext context) {
    this.allowed = allowed;
    this.context = context;
    this.alerting = settings.alerting();
    this.recorded = settings.recorded();
    this.learning = micros(settings.learning());
    this.forget = micros(settings.forget());
    this.leastGap =
        settings.reappearance().map(each -> Math.min(forget, micros(each))).orElse(forget);
  }

  private static long micros(Duration duration) {
    return duration.compareTo(Duration.ofDays(36_500)) > 0
        ? ChronoUnit.DAYS.getDuration().toNanos() / 1_000 * 36_500
        : duration.toNanos() / 1_000;
  }

  /** How long a value was not seen, at least, that is reported again. */
  long leastGap() {
    return leastGap;
  }

  /** Sets the time from which on a kind is learned; called before its values. */
  void start(Kind kind, long micros) {
    starts.put(kind, micros);
  }

  /** Writes the times at which a value was new, or came again. */
  void write(Kind kind, String value, List<Seen> episodes) throws IOException {
    if (!recorded.contains(kind)) {
      return;
    }
    var list = allowed.listOf(kind.seenKind(), value);
    long before = 0;
    for (var seen : episodes) {
      long start = starts.getOrDefault(kind, seen.first());
      boolean isLearning = seen.first() - start < learning;
      long absent = before == 0 ? 0 : seen.first() - before;
      row(kind, value, seen, start, isLearning, absent, list);
      if (!isLearning && alerting.contains(kind)) {
        report(finding(kind, value, seen, start, absent).allowedBy(list), kind);
      }
      before = seen.last();
    }
  }

  private void row(
      Kind kind,
      String value,
      Seen seen,
      long start,
      boolean isLearning,
      long absent,
      @Nullable String list)
      throws IOException {
    var opened = rows;
    if (opened == null) {
      opened = context.output("first_seen").rows(SCHEMA);
      rows = opened;
    }
    var row =
        opened
            .row()
            .timeMicros(seen.first())
            .string(kind.word())
            .string(value)
            .string(seen.host())
            .string(seen.uid())
            .timeMicros(start)
            .bool(isLearning)
            .timeMicros(seen.last());
    if (absent == 0) {
      row.unset();
    } else {
      row.intervalMicros(absent);
    }
    row.string(list).end();
  }

  private void report(Finding finding, Kind kind) throws IOException {
    int count = findings.merge(kind, 1, Integer::sum);
    if (count <= MOST_FINDINGS) {
      context.finding(finding);
    }
  }

  private Finding finding(Kind kind, String value, Seen seen, long start, long absent) {
    boolean isNew = absent == 0 || absent >= forget;
    var host = Objects.requireNonNullElse(seen.host(), "A host");
    var since = days(seen.first() - start);
    var sentence =
        isNew
            ? "%s for the first time in %s.".formatted(kind.sentence(host, value), since)
            : "%s again, after %s without it.".formatted(kind.sentence(host, value), days(absent));
    return Finding.of((isNew ? "new-" : "reappeared-") + kind.word(), Severity.LOW)
        .at(seen.first())
        .source(seen.host())
        .name(value)
        .uid(seen.uid())
        .log(kind.log())
        .sentence(sentence)
        .basis(
            "values of this kind were learned for " + since,
            absent == 0 ? "never seen before" : "not seen for " + days(absent));
  }

  private static String days(long micros) {
    long days = micros / (ChronoUnit.DAYS.getDuration().toNanos() / 1_000);
    return days == 1 ? "1 day" : days + " days";
  }

  /** Reports what was left out. */
  void complete() {
    findings.forEach(
        (kind, count) -> {
          if (count > MOST_FINDINGS) {
            context.warn(
                "%,d values of the kind %s are new; %,d of them are findings. All are in first_seen. A kind with so many says little: leave it out of the setting alerts."
                    .formatted(count, kind.word(), MOST_FINDINGS));
          }
        });
  }
}
