package io.longline.host.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.configuration.HostSettings;
import io.longline.host.testing.PluginJars;
import io.longline.host.testing.RecordingEvents;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many sinks of a hook are open at the same time. */
class OpenSinksTest {

  private static final int DIRECTORIES = 40;

  /** The shortest hook that keeps something: it counts into a field, without any lock. */
  private static final String COUNTS =
      """
      package test.plugin;
      import io.longline.api.*;
      public class Counts implements RecordHook, ExitHook {
        private int rows;
        private int open;
        private int most;
        %s
        public Interest interest() { return Interest.in("conn"); }
        public RecordSink open(LogDirectory logs, HookContext context) {
          open++;
          most = Math.max(most, open);
          return new RecordSink() {
            public void accept(io.longline.zeek.LogRecord record) {
              int before = rows;
              Thread.yield();
              rows = before + 1;
            }
            public void close() { open--; }
          };
        }
        public void exit(HookContext context) throws Exception {
          context.output("counts").lines().line(rows + " rows, " + most + " open");
        }
      }
      """;

  private static final String QUICK =
      """
      package test.plugin;
      import io.longline.api.*;
      public class Quick implements RecordHook {
        public int maxConcurrency() { return UNLIMITED; }
        public Interest interest() { return Interest.in("conn"); }
        public RecordSink open(LogDirectory logs, HookContext context) { return record -> {}; }
      }
      """;

  @TempDir Path folder;

  private final RecordingEvents events = new RecordingEvents();
  private Path plugins;
  private Path logs;

  @BeforeEach
  void prepare() throws IOException {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    logs = Files.createDirectories(folder.resolve("logs"));
    for (int i = 0; i < DIRECTORIES; i++) {
      SampleLogs.directory(logs, "d" + i);
    }
  }

  private void plugin(String id, String className, String source) throws IOException {
    new PluginJars(plugins)
        .jar(id + "-1.0.0.jar")
        .plugin(id, "1.0.0")
        .source(source)
        .index("test.plugin." + className)
        .build();
  }

  private HostSummary run(Set<String> isolated) throws Exception {
    var host =
        HookHost.start(
            HostSettings.builder(plugins, folder.resolve("out"))
                .workers(4)
                .isolated(isolated)
                .listeners(List.of(events))
                .build());
    host.submit(logs);
    host.close();
    return host.summary();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHookThatCountsIntoAFieldLosesNoCount(boolean isIsolated) throws Exception {
    plugin("counts", "Counts", COUNTS.formatted(""));
    plugin("quick", "Quick", QUICK);
    var summary = run(isIsolated ? Set.of("counts", "quick") : Set.of());
    assertThat(summary.calls().allSucceeded()).isEqualTo(2 * DIRECTORIES);
    assertThat(folder.resolve("out/counts.log")).hasContent(DIRECTORIES + " rows, 1 open");
  }

  /** The sink of one hook waits until the other hook has seen every batch. */
  @Test
  void aHookAtItsLimitHoldsUpNoOther() throws Exception {
    plugin(
        "waits",
        "Waits",
        """
        package test.plugin;
        import io.longline.api.*;
        import java.nio.file.*;
        public class Waits implements RecordHook {
          public Interest interest() { return Interest.in("conn"); }
          public RecordSink open(LogDirectory logs, HookContext context) throws Exception {
            while (!Files.exists(Path.of("%s"))) {
              if (context.isCancelled()) throw new IllegalStateException("held up");
              Thread.onSpinWait();
            }
            return record -> {};
          }
        }
        """
            .formatted(folder.resolve("all-seen")));
    plugin(
        "sees",
        "Sees",
        """
        package test.plugin;
        import io.longline.api.*;
        import java.nio.file.*;
        import java.util.concurrent.atomic.AtomicInteger;
        public class Sees implements RecordHook {
          private final AtomicInteger left = new AtomicInteger(%d);
          public int maxConcurrency() { return UNLIMITED; }
          public Interest interest() { return Interest.in("conn"); }
          public RecordSink open(LogDirectory logs, HookContext context) throws Exception {
            // The first batch may share its scan with the one that waits.
            if (left.decrementAndGet() == 1) Files.createFile(Path.of("%s"));
            return record -> {};
          }
        }
        """
            .formatted(DIRECTORIES, folder.resolve("all-seen")));
    var summary = run(Set.of());
    assertThat(summary.calls().allSucceeded()).isEqualTo(2 * DIRECTORIES);
    assertThat(events.warnings()).isEmpty();
  }
}
