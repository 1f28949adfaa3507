package {{package}};

import io.longline.api.Combiner;
import io.longline.api.HookContext;
import io.longline.api.Interest;
import io.longline.api.LogDirectory;
import io.longline.api.RecordHook;
import io.longline.api.RecordSink;
import io.longline.api.Window;
import io.longline.api.WindowFacts;
import io.longline.api.WindowHook;
import io.longline.api.Windows;
{{zeekImports}}
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** Writes {{purpose}}. */
public final class {{class}} implements RecordHook, WindowHook {

  // What is read of each {{log}}.log. What is optional may be missing in a log.
  private static final LogFields {{fields}} = LogFields.of("{{log}}");
  {{handles}}

  // What is written: the columns of {{output}}/YYYY-MM-DD.log, a file for each day of the records.
  private static final LogSchema ROWS =
      LogSchema.builder("{{output}}")
          .field("{{key}}", "{{keyType}}")
          .field("count", "count")
          .build();

  /** The value of a fact. */
  record Count(long number) {
    Count plus(Count other) {
      return new Count(number + other.number);
    }
  }

  private static final Count NONE = new Count(0);
  private static final Count ONE = new Count(1);

  @Override
  public Interest interest() {
    return Interest.in({{fields}});
  }

  /** Days that wait one hour for records that come late; later ones open their day again. */
  @Override
  public List<Windows> windows() {
    return List.of(Windows.days(ZoneOffset.UTC).allowedLateness(Duration.ofHours(1)));
  }

  /** Makes one fact of all those of a {{key}} that a directory has for a day. */
  @Override
  public Combiner combiner() {
    return Combiner.of(Count.class, Count::plus);
  }

  @Override
  public RecordSink open(LogDirectory logs, HookContext context) {
    var part = context.part();
    return record -> {
      var {{key}} = {{keyField}}.get(record);
{{#condition}}
      // Where it is unset, Zeek could not find out: such a record does not count.
      if ({{key}} != null && !{{condition}}.get(record, true)) {
{{/condition}}
{{^condition}}
      if ({{key}} != null) {
{{/condition}}
        part.put(TIME.micros(record), {{key}}, ONE);
      }
    };
  }

  /** Called when a day is over; again, if records of that day come later. */
  @Override
  public void close(Window window, WindowFacts facts, HookContext context) throws Exception {
    var rows = context.output("{{output}}").rows(ROWS);
    while (facts.nextKey()) {
      var sum = NONE;
      while (facts.next()) {
        sum = sum.plus(facts.value(Count.class));
      }
      rows.row().string(facts.key()).count(sum.number()).end();
    }
  }
}
