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
  void writesARowForEachRecord() throws Exception {
    logs.add(
        SmallLog.tsv("{{log}}")
            {{logFields}}
            .row({{cells}}));
    var tester = HookTester.of(new {{class}}());

    tester.process(logs.path());

    assertEquals(
        List.of("{{expected}}"),
        tester.written("{{output}}"));
{{#exit}}

    tester.exit();

    assertEquals(List.of("rows: 1"), tester.written("{{output}}_total"));
{{/exit}}
  }
}
