package {{package}};

{{#exit}}
import io.longline.api.ExitHook;
{{/exit}}
import io.longline.api.HookContext;
import io.longline.api.Interest;
import io.longline.api.LogDirectory;
import io.longline.api.RecordHook;
import io.longline.api.RecordSink;
{{zeekImports}}

/** Writes how many records each {{log}}.log has. */
public final class {{class}} implements RecordHook{{#exit}}, ExitHook{{/exit}} {

  // What is read of each {{log}}.log; add the fields that you need.
  private static final LogFields FIELDS = LogFields.of("{{log}}");
  private static final TimeField TIME = FIELDS.time("ts");

  // What is written: the columns of the daily log {{output}}.
  private static final LogSchema ROWS =
      LogSchema.builder("{{output}}").field("ts", "time").field("records", "count").build();
{{#exit}}

  private long total;
{{/exit}}

  @Override
  public Interest interest() {
    return Interest.in(FIELDS);
  }

  @Override
  public RecordSink open(LogDirectory logs, HookContext context) throws Exception {
    var rows = context.output("{{output}}").daily().rows(ROWS);
    return new RecordSink() {
      private long first = Long.MAX_VALUE;
      private long count;

      @Override
      public void accept(LogRecord record) {
        first = Math.min(first, TIME.micros(record));
        count++;
      }

      @Override
      public void finish() throws Exception {
        if (count > 0) {
          rows.row().timeMicros(first).count(count).end();
        }
{{#exit}}
        // Added here and not before: a call that fails is made again.
        total += count;
{{/exit}}
      }
    };
  }
{{#exit}}

  /** Called once, when the host closes. */
  @Override
  public void exit(HookContext context) throws Exception {
    context.output("{{output}}_total").lines().line("records: " + total);
  }
{{/exit}}
}
