package io.longline.acceptance;

import io.longline.host.testing.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plugins of the tests whose hooks have windows. */
final class WindowPlugins {

  private WindowPlugins() {}

  /**
   * A hook with windows of 24 hours every hour, which keeps each connection; its output {@code
   * hours} is that of {@link WindowReference#hours}.
   */
  static void hours(Path plugins) throws IOException {
    new PluginJars(plugins)
        .jar("hours.jar")
        .plugin("hours", "1.0.0")
        .source(
            """
            package test.plugin;
            import static java.nio.charset.StandardCharsets.UTF_8;
            import io.longline.api.*;
            import io.longline.zeek.*;
            import java.time.Duration;
            import java.util.List;
            import java.util.zip.CRC32;
            public class Hours implements RecordHook, WindowHook {
              static final LogFields CONN = LogFields.of("conn");
              static final TimeField TS = CONN.time("ts");
              static final StringField UID = CONN.string("uid");
              static final StringField ORIGINATOR = CONN.string("id.orig_h");
              public int maxConcurrency() { return UNLIMITED; }
              public Interest interest() { return Interest.in(CONN).inAnyOrder(); }
              public List<Windows> windows() {
                return List.of(Windows.sliding(Duration.ofHours(24), Duration.ofHours(1)));
              }
              public RecordSink open(LogDirectory logs, HookContext context) {
                var part = context.part();
                return record ->
                    part.put(TS.micros(record), ORIGINATOR.get(record), UID.get(record).getBytes(UTF_8));
              }
              public void close(Window window, WindowFacts facts, HookContext context) throws Exception {
                var lines = context.output("hours").lines();
                while (facts.nextKey()) {
                  long connections = 0;
                  var checksum = new CRC32();
                  while (facts.next()) {
                    connections++;
                    checksum.update((facts.time() + new String(facts.value(), UTF_8)).getBytes(UTF_8));
                  }
                  lines.line(facts.key() + " " + connections + " " + checksum.getValue());
                }
              }
            }
            """)
        .index("test.plugin.Hours")
        .build();
  }

  /**
   * A hook whose calls fail now and then after they have put facts or written rows, and always on
   * directories whose number ends with 7. Its output {@code uids} has each uid of a window, as
   * often as it was put.
   */
  static void flaky(Path plugins) throws IOException {
    new PluginJars(plugins)
        .jar("flaky.jar")
        .plugin("flaky", "1.0.0")
        .source(
            """
            package test.plugin;
            import io.longline.api.*;
            import io.longline.zeek.*;
            import java.time.ZoneOffset;
            import java.util.List;
            import java.util.concurrent.ThreadLocalRandom;
            public class Flaky implements RecordHook, WindowHook {
              static final LogFields CONN = LogFields.of("conn");
              static final TimeField TS = CONN.time("ts");
              static final StringField UID = CONN.string("uid");
              public int maxConcurrency() { return UNLIMITED; }
              public Interest interest() { return Interest.in(CONN).inAnyOrder(); }
              public List<Windows> windows() {
                return List.of(Windows.days(ZoneOffset.UTC), Windows.wholeRun());
              }
              public RecordSink open(LogDirectory logs, HookContext context) {
                var part = context.part();
                return new RecordSink() {
                  public void accept(LogRecord record) throws Exception {
                    part.put(TS.micros(record), UID.get(record), new byte[0]);
                  }
                  public void finish() throws Exception {
                    if (logs.name().matches("capture_[0-9]*7-.*")) {
                      throw new PermanentFailureException("always");
                    }
                    failSometimes();
                  }
                };
              }
              static void failSometimes() {
                if (ThreadLocalRandom.current().nextInt(6) == 0) {
                  throw new IllegalStateException("now and then");
                }
              }
              public void close(Window window, WindowFacts facts, HookContext context) throws Exception {
                var lines = context.output("uids").lines();
                while (facts.nextKey()) {
                  while (facts.next()) {
                    lines.line(facts.key());
                  }
                }
                failSometimes();
              }
            }
            """)
        .index("test.plugin.Flaky")
        .build();
  }

  /** A hook with 100 facts of 400 bytes for each row, and as many rows in its windows. */
  static void large(Path plugins) throws IOException {
    new PluginJars(plugins)
        .jar("large.jar")
        .plugin("large", "1.0.0")
        .source(
            """
            package test.plugin;
            import io.longline.api.*;
            import io.longline.zeek.*;
            import java.time.ZoneOffset;
            import java.util.List;
            public class Large implements RecordHook, WindowHook {
              static final LogFields CONN = LogFields.of("conn");
              static final TimeField TS = CONN.time("ts");
              public Interest interest() { return Interest.in(CONN); }
              public List<Windows> windows() {
                return List.of(Windows.days(ZoneOffset.UTC), Windows.wholeRun());
              }
              public RecordSink open(LogDirectory logs, HookContext context) {
                var part = context.part();
                return record -> {
                  for (int i = 0; i < 100; i++) {
                    part.put(TS.micros(record), logs.name() + " " + i, "x".repeat(400).getBytes());
                  }
                };
              }
              public void close(Window window, WindowFacts facts, HookContext context) throws Exception {
                var lines = context.output("large").lines();
                while (facts.nextKey()) {
                  while (facts.next()) {
                    lines.line(facts.key() + new String(facts.value()));
                  }
                }
              }
            }
            """)
        .index("test.plugin.Large")
        .build();
  }

  /** The bundled plugin. */
  static void trafficSummary(Path plugins) throws IOException {
    var jar = "traffic-summary.jar";
    Files.copy(Checkout.plugins().resolve(jar), plugins.resolve(jar));
  }
}
