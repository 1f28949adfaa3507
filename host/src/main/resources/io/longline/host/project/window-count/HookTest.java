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

  private static SmallLog log() {
    return SmallLog.tsv("{{log}}")
        {{logFields}};
  }

  @Test
  void countsByDayOfTheRecords() throws Exception {
    logs.add(
        log()
            {{cells}});
    var tester = HookTester.of(new {{class}}());

    tester.process(logs.path()).closeWindows();

    assertEquals(List.of("{{example}}\t2"), tester.written("{{output}}/2024-04-29"));
    assertEquals(List.of("{{example}}\t1"), tester.written("{{output}}/2024-04-30"));
  }

  @Test
  void recordsThatComeLateOpenTheirDayAgain() throws Exception {
    var tester = HookTester.of(new {{class}}());
    logs.add(log(){{cell}});
    tester.process(logs.path()).closeWindows();

    // Another directory: its log takes the place of the first one.
    logs.add(log(){{cell}});
    tester.process(logs.path()).closeWindows();

    assertEquals(List.of("{{example}}\t2"), tester.written("{{output}}/2024-04-29"));
  }
}
