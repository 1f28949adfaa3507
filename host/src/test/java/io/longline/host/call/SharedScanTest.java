package io.longline.host.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.HookContext;
import io.longline.api.Interest;
import io.longline.api.LogDirectory;
import io.longline.api.ObservedLogs;
import io.longline.api.RecordHook;
import io.longline.api.RecordSink;
import io.longline.api.Site;
import io.longline.host.output.StagedOutputs;
import io.longline.host.plugins.CalledHook;
import io.longline.host.settings.SecretMask;
import io.longline.host.testing.RecordingEvents;
import io.longline.host.testing.SampleLogs;
import io.longline.host.testing.TestHooks;
import io.longline.zeek.ReadReport;
import io.longline.zeek.WantedField;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedScanTest {

  @TempDir Path folder;

  /** A hook that takes records and does nothing with them. */
  private record Idle(String name, Interest interest) implements RecordHook {

    @Override
    public RecordSink open(LogDirectory logs, HookContext context) {
      return record -> {};
    }
  }

  private static CalledHook hook(String name, Interest interest) {
    return TestHooks.called("p/" + name, 1, new Idle(name, interest));
  }

  @Test
  void onlyFieldsThatSomeHookWantsAreParsed() {
    var uid = hook("A", Interest.in("conn").fields("uid", "ts"));
    var bytes = hook("B", Interest.in("conn").fields("orig_bytes", "uid"));
    var all = hook("C", Interest.in("conn"));
    assertThat(names(uid, bytes)).containsExactly("uid", "ts", "orig_bytes");
    assertThat(names(uid, bytes, all)).as("all").isEmpty();
    assertThat(names(uid)).containsExactly("uid", "ts");
    var either = hook("D", Interest.in("conn").fields("uid").orNamed("uid", "conn_uids"));
    assertThat(names(either)).containsExactly("uid", "conn_uids");
  }

  private static List<String> names(CalledHook... hooks) {
    return ScanPlan.union(List.of(hooks), "conn").stream().map(WantedField::name).toList();
  }

  @Test
  void aFileIsOpenedOnceForAllHooks() throws Exception {
    var logs = SampleLogs.directory(folder, "logs");
    var hooks =
        IntStream.range(0, 4)
            .mapToObj(i -> hook("H" + i, Interest.in("conn").fields("uid")))
            .toList();
    var reports = new ArrayList<ReadReport>();
    var directory = ObservedLogs.of(LogDirectory.of(logs), (log, report) -> reports.add(report));
    var opener =
        new CallOpener(
            new CallEnvironment(
                () -> StagedOutputs.in(folder.resolve("staging")),
                null,
                Clock.systemUTC(),
                System::nanoTime,
                () -> false,
                new SecretMask(List.of())),
            new RecordingEvents().reports());
    var open = OpenAssignment.atExit();
    var scan =
        new SharedScan(
            ScanPlan.of(hooks),
            open,
            new SpareThreads(1, Thread::new),
            1,
            new RecordingEvents().reports(),
            reports::add);
    var calls = new ArrayList<OpenCall>();
    for (var hook : hooks) {
      var call = opener.open(open, new Call(hook, Site.HOOK, logs, 1, null), null);
      call.make(context -> scan.add(call, ((RecordHook) hook.object()).open(directory, context)));
      calls.add(call);
    }
    assertThat(scan.run(directory)).isTrue();
    calls.forEach(call -> assertThat(call.end().hasSucceeded()).isTrue());
    // Each reader reports when it is closed.
    assertThat(reports)
        .singleElement()
        .satisfies(report -> assertThat(report.file()).endsWith("conn.log"));
  }
}
