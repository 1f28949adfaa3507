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

/** Writes {{purpose}}. */
public final class {{class}} implements RecordHook{{#exit}}, ExitHook{{/exit}} {

  // What is read of each {{log}}.log. What is optional may be missing in a log.
  private static final LogFields {{fields}} = LogFields.of("{{log}}");
  {{handles}}

  // What is written: the columns of the daily log {{output}}.
  private static final LogSchema ROWS =
      LogSchema.builder("{{output}}")
          {{schema}}
          .build();

{{#exit}}
  private long written;

{{/exit}}
  @Override
  public Interest interest() {
    return Interest.in({{fields}});
  }

{{^exit}}
  @Override
  public RecordSink open(LogDirectory logs, HookContext context) throws Exception {
    var rows = context.output("{{output}}").daily().rows(ROWS);
    return record ->
        rows.row()
            {{row}}
            .end();
  }
{{/exit}}
{{#exit}}
  @Override
  public RecordSink open(LogDirectory logs, HookContext context) throws Exception {
    var rows = context.output("{{output}}").daily().rows(ROWS);
    return new RecordSink() {
      private long count;

      @Override
      public void accept(LogRecord record) throws Exception {
        rows.row()
            {{row}}
            .end();
        count++;
      }

      // Added here and not before: a call that fails is made again.
      @Override
      public void finish() {
        written += count;
      }
    };
  }

  /** Called once, when the host closes. */
  @Override
  public void exit(HookContext context) throws Exception {
    context.output("{{output}}_total").lines().line("rows: " + written);
  }
{{/exit}}
}
