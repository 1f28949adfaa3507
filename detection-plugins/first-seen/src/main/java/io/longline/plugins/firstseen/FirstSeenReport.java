package io.longline.plugins.firstseen;

import io.longline.api.HookContext;
import io.longline.api.RowOutput;
import io.longline.detections.AllowList;
import io.longline.zeek.LogSchema;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final AllowList allowed;
  private final HookContext context;
  private final Set<Kind> alerting;
  private final Set<Kind> recorded;
  private final long learning;
  private final long forget;
  private final long leastGap;
  private final Map<Kind, Long> starts = new EnumMap<>(Kind.class);
  private final LatestNews news = new LatestNews();
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
    return (duration.compareTo(LONGEST) > 0 ? LONGEST : duration).toMillis() * 1_000;
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
        boolean isNew = absent == 0 || absent >= forget;
        news.add(new News(kind, value, seen, start, absent, isNew, list));
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

  /** Writes the findings. */
  void complete() throws IOException {
    news.writeTo(context);
  }
}
