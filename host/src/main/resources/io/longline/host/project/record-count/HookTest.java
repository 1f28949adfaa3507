package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.longline.api.testing.HookTester;
import io.longline.api.testing.LogsFolder;
import io.longline.api.testing.SmallLog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class {{class}}Test {

  @RegisterExtension final LogsFolder logs = new LogsFolder();

  @Test
  void countsTheRecords() throws Exception {
    logs.add(
        SmallLog.tsv("{{log}}")
            .field("ts", "time")
            .row("2024-04-29T20:00:00Z")
            .row("2024-04-29T20:00:01Z"));
    var tester = HookTester.of(new {{class}}());

    tester.process(logs.path());

    assertEquals(List.of("1714420800.000000\t2"), tester.written("{{output}}"));
{{#exit}}

    tester.exit();

    assertEquals(List.of("records: 2"), tester.written("{{output}}_total"));
{{/exit}}
  }
}
