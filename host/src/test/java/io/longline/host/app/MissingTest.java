package io.longline.host.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.longline.api.HookWarning;
import io.longline.api.testing.SmallLog;
import io.longline.host.configuration.HostSettings;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.testing.PluginJars;
import io.longline.host.testing.RecordingEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs and fields that a hook asks for and that are not there, and columns that it misreads. */
class MissingTest {

  @TempDir Path folder;

  private final RecordingEvents events = new RecordingEvents();
  private Path plugins;
  private Path logs;
  private Path output;

  @BeforeEach
  void prepare() throws IOException {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    logs = Files.createDirectories(folder.resolve("logs"));
    output = folder.resolve("out");
  }

  /** The plugins that run in processes of their own. */
  private static Set<String> isolated(boolean isIsolated) {
    return isIsolated ? Set.of("asks") : Set.of();
  }

  private static String recordHook(String interest, String body) {
    return """
        package test.plugin;
        import io.longline.api.*;
        public class Asks implements RecordHook {
          public Interest interest() { return %s; }
          public RecordSink open(LogDirectory logs, HookContext context) { return record -> { %s }; }
        }
        """
        .formatted(interest, body);
  }

  private void plugin(String source) throws IOException {
    new PluginJars(plugins)
        .jar("asks-1.0.0.jar")
        .plugin("asks", "1.0.0")
        .source(source)
        .index("test.plugin.Asks")
        .build();
  }

  private void conn(String directory, int rows, String format) throws IOException {
    var log = format.equals("tsv") ? SmallLog.tsv("conn") : SmallLog.json("conn");
    log.field("uid", "string").field("id.orig_h", "addr");
    for (int i = 0; i < rows; i++) {
      log.row("C" + i, "10.0.0.1");
    }
    log.writeTo(Files.createDirectories(logs.resolve(directory)));
  }

  private HostSummary run(boolean isIsolated) throws Exception {
    var host =
        HookHost.start(
            HostSettings.builder(plugins, output)
                .workers(2)
                .isolated(isolated(isIsolated))
                .retries(new RetryPolicy(3, Duration.ZERO))
                .listeners(List.of(events))
                .build());
    host.submit(logs);
    host.close();
    return host.summary();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMissingFieldIsReportedOnceWithTheNearestName(boolean isIsolated) throws Exception {
    plugin(recordHook("Interest.in(\"conn\").fields(\"uid\", \"id.orig_hh\")", ""));
    conn("a", 2, "tsv");
    conn("b", 1, "json");
    conn("c", 1, "tsv");
    var summary = run(isIsolated);
    assertThat(events.warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.kind()).isEqualTo(HookWarning.Kind.MISSING_FIELD);
              assertThat(warning.hook()).isEqualTo("asks/Asks");
              assertThat(warning.logDirectory()).isNotNull();
              assertThat(warning.message())
                  .isEqualTo("The log conn has no field id.orig_hh. Did you mean id.orig_h?");
              assertThat(warning.nextStep()).contains("declare it there as optional");
            });
    assertThat(summary.calls().missing()).hasSize(1);
    assertThat(summary.calls().allSucceeded()).isEqualTo(3);
    assertThat(summary.isClean()).isTrue();
    assertThat(summary.isSpotless()).isFalse();
    assertThat(output.resolve("warnings.jsonl"))
        .content()
        .contains("\"kind\":\"MISSING_FIELD\"")
        .contains("id.orig_hh");
  }

  @Test
  void aFieldThatSomeFileOfTheLogHasIsNotMissing() throws Exception {
    plugin(recordHook("Interest.in(\"conn\").fields(\"uid\", \"extra\")", ""));
    conn("a", 2, "tsv");
    SmallLog.tsv("conn")
        .field("uid", "string")
        .field("extra", "string")
        .row("C1", "x")
        .writeTo(logs.resolve("a"), "conn.2026-04-30-00-00-00.log");
    assertThat(run(false).isSpotless()).isTrue();
  }

  @Test
  void optionalFieldsAndOtherNamesAreNotMissing() throws Exception {
    plugin(
        recordHook(
            "Interest.in(\"conn\").fields(\"conn_uids\").orNamed(\"conn_uids\", \"uid\").optionalFields(\"vlan\")",
            "if (record.string(0) == null || record.string(1) != null) throw new IllegalStateException();"));
    conn("a", 2, "tsv");
    conn("b", 2, "json");
    var summary = run(false);
    assertThat(summary.isSpotless()).as("%s", summary).isTrue();
  }

  @Test
  void aFieldThatAHookReadsItselfIsReportedToo() throws Exception {
    plugin(
        """
        package test.plugin;
        import io.longline.api.*;
        public class Asks implements LogHook {
          public void process(LogDirectory logs, HookContext context) throws Exception {
            for (var log : logs.logs("conn")) {
              try (var reader = log.open("uidd")) { reader.forEach(record -> {}); }
            }
          }
        }
        """);
    conn("a", 1, "tsv");
    conn("b", 1, "tsv");
    run(false);
    assertThat(events.warnings())
        .extracting(HookWarning::message)
        .containsExactly("The log conn has no field uidd. Did you mean uid?");
  }

  @Test
  void aFieldThatAHookScansInParallelIsReportedToo() throws Exception {
    plugin(
        """
        package test.plugin;
        import io.longline.api.*;
        import io.longline.zeek.ParallelScan;
        public class Asks implements LogHook {
          public void process(LogDirectory logs, HookContext context) throws Exception {
            for (var log : logs.logs("conn")) {
              ParallelScan.of(log).fields("uidd").scan(() -> "", (none, record) -> {}, (a, b) -> a);
            }
          }
        }
        """);
    conn("a", 1, "tsv");
    run(false);
    assertThat(events.warnings())
        .extracting(HookWarning::message)
        .containsExactly("The log conn has no field uidd. Did you mean uid?");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLogThatNoDirectoryHadIsReportedAtTheEnd(boolean isIsolated) throws Exception {
    plugin(recordHook("Interest.in(\"conn.log\").andIn(\"conn\").andIn(\"dns\").ifPresent()", ""));
    conn("a", 1, "tsv");
    conn("b", 1, "tsv");
    var summary = run(isIsolated);
    assertThat(events.warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.kind()).isEqualTo(HookWarning.Kind.MISSING_LOG);
              assertThat(warning.logDirectory()).isNull();
              assertThat(warning.message())
                  .isEqualTo("No directory so far has the log conn.log. Did you mean conn?");
            });
    assertThat(summary.calls().missing())
        .singleElement()
        .extracting(HostSummary.Missing::nextStep)
        .asString()
        .contains("ifPresent()");
  }

  @Test
  void aStreamOfManyLogsHasTheLogsWhoseRowsItHas() throws Exception {
    plugin(
        recordHook(
            "Interest.in(\"conn\").fields(\"uid\").andIn(\"dns\").fields(\"query\").andIn(\"dnss\").fields(\"query\")",
            ""));
    var directory = Files.createDirectories(logs.resolve("a"));
    Files.writeString(
        directory.resolve("corelight.log"),
        "{\"_path\":\"conn\",\"uid\":\"C1\"}\n{\"_path\":\"dns\",\"query\":\"q\"}\n");
    run(false);
    assertThat(events.warnings())
        .extracting(HookWarning::kind, HookWarning::message)
        .containsExactly(
            tuple(HookWarning.Kind.MISSING_LOG, "No directory so far has the log dnss."));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHookWhoseEveryRowIsBadFailsForGoodAndTheLogIsNotBlamed(boolean isIsolated)
      throws Exception {
    plugin(recordHook("Interest.in(\"conn\").fields(\"uid\")", "record.integer(0);"));
    conn("a", 10, "tsv");
    var summary = run(isIsolated);
    assertThat(events.warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.kind()).isEqualTo(HookWarning.Kind.FAILED);
              assertThat(warning.message())
                  .contains("Every row that asks/Asks was given, 10 in all, was bad for it")
                  .contains("the column uid with the type string")
                  .contains("Expected a whole number, found \"C0\"");
            });
    assertThat(summary.calls().deadLetters()).isEqualTo(1);
    assertThat(summary.troubles().damagedLogs()).isEmpty();
  }

  @Test
  void aHookThatReadsItselfAndWhoseEveryRowIsBadFailsForGood() throws Exception {
    plugin(
        """
        package test.plugin;
        import io.longline.api.*;
        public class Asks implements LogHook {
          public void process(LogDirectory logs, HookContext context) throws Exception {
            for (var log : logs.logs("conn")) {
              try (var reader = log.open("uid")) { reader.forEach(record -> record.integer(0)); }
            }
          }
        }
        """);
    conn("a", 12, "tsv");
    var summary = run(false);
    assertThat(summary.calls().failures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.message())
                    .contains("Every row that asks/Asks read, 12 in all, was bad for it")
                    .contains("the column uid with the type string"));
    assertThat(summary.calls().deadLetters()).isEqualTo(1);
    assertThat(summary.troubles().damagedLogs()).isEmpty();
  }

  /** Rows that are bad for several hooks, before any of them has read a good one. */
  @Test
  void aBadLineCountsOnceHoweverManyHooksFindIt() throws Exception {
    for (var name : List.of("A", "B", "C")) {
      new PluginJars(plugins)
          .jar(name + "-1.0.0.jar")
          .source(
              recordHook(
                      "Interest.in(\"conn\").fields(\"uid\")",
                      "if (!record.string(0).equals(\"C5\")) record.integer(0);")
                  .replace("class Asks", "class " + name))
          .index("test.plugin." + name)
          .build();
    }
    conn("a", 6, "tsv");
    assertThat(run(false).troubles().badLines()).isEqualTo(5);
  }

  /** The bad cell of one hook is no excuse for the row that another has not ended. */
  @Test
  void aRowThatIsNotEndedFailsBesideHooksThatFindBadCells() throws Exception {
    new PluginJars(plugins)
        .jar("bad-1.0.0.jar")
        .source(
            recordHook(
                    "Interest.in(\"conn\").fields(\"uid\")",
                    "if (!record.string(0).equals(\"C1\")) record.integer(0);")
                .replace("class Asks", "class Bad"))
        .index("test.plugin.Bad")
        .build();
    plugin(
        """
        package test.plugin;
        import io.longline.api.*;
        import io.longline.zeek.*;
        public class Asks implements RecordHook {
          static final LogSchema SCHEMA = LogSchema.builder("t").field("uid", "string").build();
          public Interest interest() { return Interest.in("conn").fields("uid"); }
          public RecordSink open(LogDirectory logs, HookContext context) throws Exception {
            var rows = context.output("t").rows(SCHEMA);
            return record -> { if (record.string(0).equals("C0")) rows.row().string("x"); };
          }
        }
        """);
    conn("a", 5, "tsv");
    var summary = run(false);
    assertThat(summary.calls().failed()).containsKey("asks/Asks");
    assertThat(summary.calls().failures())
        .extracting(HostSummary.FailureKind::message)
        .anyMatch(message -> message.contains("A row of t was begun and not ended"));
  }

  @Test
  void whatAHookReadsWhileItOpensItsSinkIsReportedToo() throws Exception {
    plugin(
        """
        package test.plugin;
        import io.longline.api.*;
        public class Asks implements RecordHook {
          public Interest interest() { return Interest.in("conn").fields("uid"); }
          public RecordSink open(LogDirectory logs, HookContext context) throws Exception {
            for (var log : logs.logs("conn")) {
              try (var reader = log.open("uidd")) { reader.forEach(record -> {}); }
            }
            return record -> {};
          }
        }
        """);
    conn("a", 1, "tsv");
    run(false);
    assertThat(events.warnings())
        .extracting(HookWarning::message)
        .containsExactly("The log conn has no field uidd. Did you mean uid?");
  }

  @Test
  void fewBadRowsAndBadRowsBesideGoodOnesAreBadLinesOfTheLog() throws Exception {
    plugin(
        recordHook(
            "Interest.in(\"conn\").fields(\"uid\")",
            "if (!record.string(0).equals(\"C11\")) record.integer(0);"));
    conn("few", 9, "tsv");
    conn("many", 12, "tsv");
    var summary = run(false);
    assertThat(summary.calls().allSucceeded()).isEqualTo(2);
    assertThat(summary.troubles().badLines()).isEqualTo(9 + 11);
  }
}
