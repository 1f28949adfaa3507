package io.longline.host.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.Finding;
import io.longline.api.internal.FindingRows;
import io.longline.host.configuration.ConfigurationFile;
import io.longline.host.configuration.HostSettings;
import io.longline.host.settings.SettingSources;
import io.longline.host.testing.PluginJars;
import io.longline.zeek.LogReader;
import io.longline.zeek.LogRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What hooks find, in the log of findings, with real jars. */
class FindingsTest {

  private static final String FINDER =
      """
      package test.plugin;
      import io.longline.api.*;
      import io.longline.zeek.*;
      import java.time.ZoneOffset;
      import java.util.*;
      public class Finder implements RecordHook, WindowHook {
        public record Own(@Setting(defaultValue = "") String feed) {}
        private static final LogFields CONN = LogFields.of("conn");
        private static final TimeField TS = CONN.time("ts");
        private static final StringField PROTO = CONN.string("proto");
        public Class<? extends Record> settings() { return Own.class; }
        public Interest interest() { return Interest.in(CONN); }
        public Interest interest(Record settings) {
          var feed = ((Own) settings).feed();
          if (feed.equals("bad")) throw new IllegalArgumentException("There is no feed bad.");
          return feed.isEmpty() ? Interest.none("No feed is named: set feed.") : Interest.in(CONN);
        }
        public List<Windows> windows() { return List.of(Windows.days(ZoneOffset.UTC)); }
        public RecordSink open(LogDirectory logs, HookContext context) {
          var part = context.part();
          return record -> {
            part.put(TS.micros(record), PROTO.get(record), new byte[0]);
            context.finding(Finding.of("row", Finding.Severity.HIGH).at(TS.micros(record))
                .score(0.5).source("10.0.0.1").uid("C1").log("conn")
                .sentence("A row\\twith <b>" + PROTO.get(record) + "</b>.").basis("one", "two"));
          };
        }
        public void close(Window window, WindowFacts facts, HookContext context) throws Exception {
          while (facts.nextKey()) {
            context.finding(Finding.of("day", Finding.Severity.LOW).name(facts.key())
                .allowedBy("own list")
                .chart(Finding.Chart.ofNumbers("Intervals", "s", 0, 1.5, 1, 2, 3)));
          }
        }
      }
      """;

  @TempDir Path folder;

  private Path output;
  private Path logs;

  @BeforeEach
  void prepare() throws Exception {
    output = folder.resolve("out");
    logs = Files.createDirectories(folder.resolve("logs"));
    Files.writeString(
        logs.resolve("conn.log"),
        "#separator \\x09\n#path\tconn\n#fields\tts\tproto\n#types\ttime\tstring\n1714384800.000000\ttcp\n");
    new PluginJars(Files.createDirectories(folder.resolve("plugins")))
        .jar("finder.jar")
        .plugin("finder", "1.0.0")
        .source(FINDER)
        .index("test.plugin.Finder")
        .build();
  }

  private HostSettings.Builder settings(String feed) throws Exception {
    var file = folder.resolve("longline.toml");
    Files.writeString(file, "[plugins.finder.settings]\nfeed = \"" + feed + "\"\n");
    return HostSettings.builder(folder.resolve("plugins"), output)
        .sources(SettingSources.fileAlone(ConfigurationFile.read(file), Map.of()));
  }

  private HostSummary run(HostSettings.Builder settings) throws Exception {
    var host = HookHost.start(settings.build());
    try (host) {
      host.submit(logs);
    }
    return host.summary();
  }

  private static List<List<String>> rows(Path file) throws Exception {
    var rows = new ArrayList<List<String>>();
    try (var reader = LogReader.open(file)) {
      for (LogRecord row = reader.next(); row != null; row = reader.next()) {
        var cells = new ArrayList<String>();
        for (int i = 0; i < reader.schema().fields().size(); i++) {
          cells.add(String.valueOf(row.text(i)));
        }
        rows.add(cells);
      }
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areInOneLogThatAllHooksShare(boolean isIsolated) throws Exception {
    var summary = run(settings("a").isolated(isIsolated ? Set.of("finder") : Set.of()));
    assertThat(summary.isSpotless()).as(summary.toString()).isTrue();
    assertThat(rows(output.resolve("findings.log")))
        .containsExactly(
            List.of(
                "1714384800.000000",
                "-",
                "finder",
                "Finder",
                "row",
                "high",
                "0.5",
                "10.0.0.1",
                "-",
                "-",
                "C1",
                "conn",
                logs.toRealPath().toString(),
                "A row\\x09with <b>tcp</b>.",
                "one,two",
                "-",
                "(empty)"));
    assertThat(rows(output.resolve("findings/finder/Finder/2024-04-29.log")))
        .containsExactly(
            List.of(
                "1714348800.000000",
                "2024-04-29",
                "finder",
                "Finder",
                "day",
                "low",
                "-",
                "-",
                "-",
                "tcp",
                "-",
                "-",
                "-",
                "-",
                "(empty)",
                "own list",
                "Intervals; s; 0.0; 1.5; 1 2 3"));
    assertThat(FindingRows.chart("Intervals; s; 0.0; 1.5; 1 2 3"))
        .isEqualTo(Finding.Chart.ofNumbers("Intervals", "s", 0, 1.5, 1, 2, 3));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void mayBeJson(boolean isIsolated) throws Exception {
    run(settings("a").isolated(isIsolated ? Set.of("finder") : Set.of()).findingsJson(true));
    assertThat(Files.readAllLines(output.resolve("findings.log")))
        .singleElement()
        .asString()
        .startsWith("{\"ts\":1714384800.0,\"plugin\":\"finder\",")
        .contains("\"basis\":[\"one\",\"two\"]");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHookThatHasNothingToDoIsNotCalledAndOwedNothing(boolean isIsolated) throws Exception {
    new PluginJars(folder.resolve("plugins"))
        .jar("other.jar")
        .plugin("other", "1.0.0")
        .source(PluginJars.goodHook("Other"))
        .index("test.plugin.Other")
        .build();
    Set<String> isolated = isIsolated ? Set.of("finder") : Set.of();
    var summary = run(settings("").isolated(isolated));
    assertThat(summary.calls().hooks()).containsExactly("other/Other");
    assertThat(summary.calls().idle())
        .containsExactly(Map.entry("finder/Finder", "No feed is named: set feed."));
    assertThat(summary.directories().waiting()).isZero();
    assertThat(output.resolve("findings.log")).doesNotExist();

    // With a feed it is like a hook that was just installed.
    assertThat(run(settings("a").isolated(isolated)).calls().succeeded())
        .containsKey("finder/Finder")
        .doesNotContainKey("other/Other");
    assertThat(output.resolve("findings.log")).exists();
  }

  @Test
  void aHostWithoutAnythingToDoDoesNotStart() {
    assertThatThrownBy(() -> run(settings("")))
        .isInstanceOf(HostRefusedException.class)
        .hasMessage("No hook has anything to do. finder/Finder: No feed is named: set feed.");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void settingsThatAHookCannotUseKeepTheHostFromStarting(boolean isIsolated) {
    assertThatThrownBy(
            () -> run(settings("bad").isolated(isIsolated ? Set.of("finder") : Set.of())))
        .isInstanceOf(HostRefusedException.class)
        .hasMessageContaining(
            "plugins.finder: finder/Finder cannot use these settings: There is no feed bad.");
  }
}
