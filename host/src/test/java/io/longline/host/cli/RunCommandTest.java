package io.longline.host.cli;

import static io.longline.host.testing.PluginJars.goodHook;
import static io.longline.host.testing.PluginJars.logHook;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command {@code run} in this JVM: exit codes and printed output. */
class RunCommandTest {

  @TempDir Path home;

  private PluginJars jars;
  private CliHarness cli;
  private String logs;
  private String output;

  @BeforeEach
  void prepare() throws IOException {
    jars = new PluginJars(Files.createDirectories(home.resolve("plugins-dir")));
    plugin("good", "Good", goodHook("Good"));
    logs = Files.createDirectories(home.resolve("logs")).toString();
    output = home.resolve("out").toString();
    cli = new CliHarness(home);
  }

  private void plugin(String id, String className, String source) throws IOException {
    jars.jar(id + ".jar")
        .plugin(id, "1.0.0")
        .source(source)
        .index("test.plugin." + className)
        .build();
  }

  private void directory(String name) throws IOException {
    SampleLogs.directory(Path.of(logs), name);
  }

  @Test
  void exits0WhenEveryCallSucceeded() throws IOException {
    directory("a");
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(cli.out())
        .contains("directories  1 processed")
        .contains("calls        1 succeeded, 0 failed")
        .contains("good/Good")
        .contains("seen.log")
        .contains(output);
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void exits1WhenTheThreadThatReadsThePathsEndsWithAnError() throws IOException {
    directory("a");
    cli.input(
        new InputStream() {
          @Override
          public int read() {
            throw new StackOverflowError("of the paths");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            throw new StackOverflowError("of the paths");
          }
        });
    assertThat(cli.run("run", "--output", output, logs, "-")).isEqualTo(1);
    assertThat(cli.out())
        .contains(
            "ended early  The thread intake of the host has ended: java.lang.StackOverflowError: of the paths.");
  }

  @Test
  void exits1WhenAHookFailed() throws IOException {
    plugin("bad", "Bad", logHook("Bad", "throw new IllegalStateException(\"broken\");"));
    directory("a");
    directory("b");
    assertThat(cli.run("run", "--max-attempts", "1", "--output", output, logs)).isEqualTo(1);
    assertThat(cli.out())
        .contains("calls        2 succeeded, 2 failed")
        .contains("dead letters 2: see longline dead list --state " + output + "/.longline")
        .contains("2 x bad/Bad HOOK: java.lang.IllegalStateException: broken")
        .contains("at test.plugin.Bad.process")
        .contains("warnings.jsonl");
  }

  @Test
  void aDamagedLogIsInTheLedgerToo() throws IOException {
    plugin(
        "reads",
        "Reads",
        logHook(
            "Reads",
            "for (var f : logs.logs(\"conn\")) try (var r = f.open()) { r.forEach(x -> {}); }"));
    SampleLogs.damagedDirectory(Path.of(logs), "a");
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(cli.run("warnings", "--hook", "reads", "--state", output + "/.longline")).isZero();
    assertThat(cli.jsonLines())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.path("kind").asText()).isEqualTo("DAMAGED_LOG");
              assertThat(warning.path("file").asText()).endsWith("/a/conn.log");
              assertThat(warning.path("hooks").get(0).asText()).isEqualTo("reads/Reads");
            });
  }

  @Test
  void showsWhatAHookMissesInTheSummaryAndInTheStatus() throws IOException {
    plugin(
        "asks",
        "Asks",
        """
        package test.plugin;
        import io.longline.api.*;
        public class Asks implements RecordHook {
          public Interest interest() { return Interest.in("conn").fields("id.orig_hh").andIn("dnss"); }
          public RecordSink open(LogDirectory logs, HookContext context) { return record -> {}; }
        }
        """);
    directory("a");
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(cli.out())
        .contains("warnings     2 (0 failures, 0 remarks, 2 missing in the logs)")
        .contains(
            "asks/Asks misses something: The log conn has no field id.orig_hh. Did you mean id.orig_h?")
        .contains("asks/Asks misses something: No directory so far has the log dnss.");
    assertThat(cli.run("run", "--json", "--output", home.resolve("json").toString(), logs))
        .isZero();
    assertThat(cli.jsonLines())
        .last()
        .satisfies(summary -> assertThat(summary.path("missing")).hasSize(2));
    var state = output + "/.longline";
    assertThat(cli.run("status", "--state", state)).isZero();
    assertThat(cli.out()).contains("asks/Asks misses something: The log conn has no field");
    assertThat(cli.run("status", "--json", "--state", state)).isZero();
    assertThat(cli.jsonLines().get(0).path("hooks").path(0).path("missing")).hasSize(2);
  }

  /** Such as those of a Zeek that adds the interface to the paths of logs. */
  @Test
  void logsThatNoHookAsksForAreCounted() throws IOException {
    Files.delete(home.resolve("plugins-dir/good.jar"));
    rowsPlugin();
    directory("a");
    var odd = "#path\thttp_eth0\n#fields\tuid\n#types\tstring\nC1\n";
    Files.writeString(Path.of(logs, "a", "http_eth0.log"), odd);
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(cli.out()).contains("unread       1 log that no hook asks for: http_eth0");
    var other = home.resolve("json").toString();
    assertThat(cli.run("run", "--json", "--output", other, logs)).isZero();
    assertThat(cli.jsonLines())
        .last()
        .satisfies(
            summary -> assertThat(summary.path("unread_logs").path("http_eth0").asInt()).isOne());
  }

  /** A line of the output for each row: its uid. */
  private void rowsPlugin() throws IOException {
    plugin(
        "rows",
        "Rows",
        """
        package test.plugin;
        import io.longline.api.*;
        public class Rows implements RecordHook {
          public Interest interest() { return Interest.in("conn").fields("uid"); }
          public RecordSink open(LogDirectory logs, HookContext context) throws Exception {
            var out = context.output("rows").lines();
            return record -> out.line(record.text(0));
          }
        }
        """);
  }

  private void pack(Path log, boolean keeps) throws IOException {
    var packed = log.resolveSibling(log.getFileName() + ".gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(log, out);
    }
    if (!keeps) {
      Files.delete(log);
    }
  }

  @Test
  void aLogThatIsCompressedOrRenamedLaterIsNotProcessedAgain() throws IOException {
    rowsPlugin();
    directory("a");
    var log = Path.of(logs, "a", "conn.log");
    pack(log, true);
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(cli.out())
        .contains("Logs that were recognized")
        .contains("conn.log.gz: It is the same log as conn.log, and is not processed again.");
    var rotated = Files.move(log, log.resolveSibling("conn-26-11-20_10.00.00.log"));
    assertThat(cli.run("run", "--json", "--output", output, logs)).isZero();
    assertThat(cli.jsonLines())
        .last()
        .satisfies(
            summary ->
                assertThat(summary.path("recognized_logs").path(rotated.toString()).asText())
                    .startsWith("It is the same log as conn.log"));
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(cli.out()).as("once").doesNotContain("recognized");
    assertThat(home.resolve("out/rows.log")).hasContent("C1");
    assertThat(cli.run("status", "--state", output + "/.longline", logs + "/a")).isZero();
    assertThat(cli.out()).contains("conn.log.gz is the same log as conn.log.");
  }

  /** The batch has the log under its old name, and reads it under the new one. */
  @Test
  void aLogThatIsCompressedBeforeItIsProcessedIsReadUnderItsNewName() throws IOException {
    rowsPlugin();
    directory("a");
    var state = home.resolve("state").toString();
    assertThat(cli.run("enqueue", "--state", state, logs)).isZero();
    pack(Path.of(logs, "a", "conn.log"), false);
    assertThat(cli.run("run", "--state", state, "--output", output, logs)).isZero();
    assertThat(home.resolve("out/rows.log")).hasContent("C1");
  }

  @Test
  void aNameThatComesBackWithOtherContentIsProcessed() throws IOException {
    rowsPlugin();
    directory("a");
    var log = Path.of(logs, "a", "conn.log");
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    var text = Files.readString(log);
    Files.delete(log);
    Files.writeString(log, text.replace("C1", "D1") + "1714420801.0\tD2\t10.0.0.1\n");
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(cli.out()).contains("1 processed").contains("so it is a new log");
    assertThat(home.resolve("out/rows.log")).hasContent("C1\nD1\nD2");
  }

  @Test
  void anUnfinishedUploadIsPassedOverUnlessItsNameIsAdded() throws IOException {
    directory("a");
    Files.writeString(
        Path.of(logs, "a", "http.log.filepart"), "#path\thttp\n#fields\tuid\n#types\tstring\nC1\n");
    var state = output + "/.longline";
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(cli.run("status", "--state", state, logs + "/a")).isZero();
    assertThat(cli.out()).contains("Passed over").contains("  http.log.filepart");
    assertThat(cli.run("status", "--json", "--state", state, logs + "/a")).isZero();
    assertThat(cli.jsonLines())
        .last()
        .satisfies(
            line -> {
              assertThat(line.path("type").asText()).isEqualTo("passed_over");
              assertThat(line.path("files").path(0).asText()).isEqualTo("http.log.filepart");
            });
    assertThat(cli.run("run", "--log-names", "*.filepart", "--output", output, logs)).isZero();
    assertThat(cli.out()).contains("1 processed");
    assertThat(cli.run("status", "--log-names", "*.filepart", "--state", state, logs + "/a"))
        .isZero();
    assertThat(cli.out()).doesNotContain("Passed over");
  }

  @Test
  void whatALogNamesItselfReachesNoTerminal() throws IOException {
    plugin(
        "asks",
        "Asks",
        """
        package test.plugin;
        import io.longline.api.*;
        public class Asks implements RecordHook {
          public Interest interest() { return Interest.in("conn").fields("uidx").andIn("zzzzzz"); }
          public RecordSink open(LogDirectory logs, HookContext context) { return record -> {}; }
        }
        """);
    directory("a");
    Files.writeString(
        Path.of(logs, "a", "conn.log"),
        "#path\tco\u001b[31mnn\n#fields\tuid\u001b[2J\n#types\tstring\nC1\n");
    Files.writeString(
        Path.of(logs, "a", "dns.log"), "#path\tconn\n#fields\tuid\u0007\n#types\tstring\nC1\n");
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(cli.out())
        .contains("misses something")
        .doesNotContain("\u001b")
        .doesNotContain("\u0007");
    assertThat(cli.run("status", "--state", output + "/.longline")).isZero();
    assertThat(cli.out())
        .contains("misses something")
        .doesNotContain("\u001b")
        .doesNotContain("\u0007");
  }

  @Test
  void exits1WhenAPluginDidNotLoad() throws IOException {
    Files.writeString(home.resolve("plugins-dir/broken.jar"), "x");
    directory("a");
    assertThat(cli.run("run", "--output", output, logs)).isEqualTo(1);
    assertThat(cli.out()).contains("Plugin problems").contains("broken.jar");
  }

  @Test
  void anOlderVersionThatIsPassedOverStopsNothing() throws IOException {
    jars.jar("good-0.9.jar")
        .plugin("good", "0.9")
        .source(goodHook("Old"))
        .index("test.plugin.Old")
        .build();
    directory("a");
    assertThat(cli.run("run", "--strict", "--output", output, logs)).isZero();
    assertThat(cli.out())
        .doesNotContain("Plugin problems")
        .contains("Jars that were passed over")
        .contains(
            "good-0.9.jar: Version 0.9 of good is passed over, since good.jar has version 1.0.0.");
    assertThat(home.resolve("out/seen.log")).hasContent("a");
  }

  @Test
  void exits1WhenAPathCouldNotBeUsed() throws IOException {
    directory("a");
    assertThat(cli.run("run", "--output", output, logs, logs + "/gone")).isEqualTo(1);
    assertThat(cli.out())
        .contains("Paths that could not be used")
        .containsOnlyOnce("gone: There is no such");
    assertThat(cli.err()).doesNotContain("gone");
  }

  @Test
  void aFolderWithoutLogsIsListedOnce() throws IOException {
    directory("a");
    var empty = Files.createDirectories(home.resolve("empty"));
    assertThat(cli.run("run", "--output", output, logs, empty.toString())).isEqualTo(1);
    assertThat(cli.out()).containsOnlyOnce(empty.toString());
    assertThat(cli.err()).doesNotContain(empty.toString());
  }

  @Test
  void reportsWrongPathsOnceBeforeAnythingIsMade() throws IOException {
    var capture = home.resolve("a capture.pcap");
    Files.write(capture, new byte[] {(byte) 0xD4, (byte) 0xC3, (byte) 0xB2, (byte) 0xA1, 2, 0});
    assertThat(cli.run("run", "--output", output, logs + "/gone", capture.toString(), logs + "/*"))
        .isEqualTo(2);
    assertThat(cli.err().lines())
        .hasSize(3)
        .anyMatch(line -> line.endsWith("/gone: There is no such file or folder."))
        .anyMatch(
            line -> line.contains("a packet capture") && line.endsWith("zeek -r '" + capture + "'"))
        .anyMatch(line -> line.endsWith("/*: Nothing matches this pattern."));
    assertThat(cli.out()).isEmpty();
    assertThat(home.resolve("out")).doesNotExist();
  }

  @Test
  void saysWhatToDoWithAFolderOfCaptures() throws IOException {
    Files.write(Path.of(logs, "x.pcapng"), new byte[] {0x0A, 0x0D, 0x0D, 0x0A, 0, 0, 0, 0});
    assertThat(cli.run("run", "--output", output, logs)).isEqualTo(2);
    assertThat(cli.out())
        .contains("It holds no Zeek log, but a packet capture.")
        .contains("zeek -r ");
  }

  @Test
  void takesFilesAsTheLogsOfTheirDirectories() throws IOException {
    plugin(
        "names",
        "Names",
        logHook("Names", "context.output(\"names\").lines().line(logs.logs().size() + \"\");"));
    var log = "#fields\ta\n#types\tstring\nx\n";
    for (var name : new String[] {"a/conn.log", "a/dns.log", "a/http.log", "b c/odd.name"}) {
      Files.createDirectories(Path.of(logs, name).getParent());
      Files.writeString(Path.of(logs, name), log);
    }
    assertThat(
            cli.run(
                "run",
                "--output",
                output,
                logs + "/a/conn.log",
                logs + "/b c/odd.name",
                logs + "/a/dns.log"))
        .as(cli.out() + cli.err())
        .isZero();
    assertThat(cli.out()).contains("directories  2 processed");
    assertThat(Files.readAllLines(home.resolve("out/names.log")))
        .containsExactlyInAnyOrder("2", "1");
    assertThat(cli.run("run", "--output", output, logs + "/a/*")).isZero();
    assertThat(Files.readAllLines(home.resolve("out/names.log"))).contains("1").hasSize(3);
    assertThat(
            cli.input(logs + "/a/conn.log\n" + logs + "/b c\n").run("run", "--output", output, "-"))
        .isEqualTo(1);
    assertThat(cli.out()).contains("already done: 1");
  }

  @Test
  void expandsPatterns() throws IOException {
    directory("a1");
    directory("a2");
    directory("b1");
    assertThat(cli.run("run", "--output", output, logs + "/a[12]")).isZero();
    assertThat(cli.out()).contains("directories  2 processed");
    assertThat(cli.run("run", "--output", output, home + "/**/conn.log", logs + "/{b1,x}"))
        .isZero();
    assertThat(cli.out()).contains("directories  1 processed, already done: 2");
  }

  @Test
  void exits2WhenThereIsNothingToDo() {
    assertThat(cli.run("run", "--output", output, logs)).isEqualTo(2);
    assertThat(cli.err()).contains("nothing to do: no log directory was found");
    assertThat(cli.out()).contains("It is empty.");
  }

  @Test
  void exits2WhenThereIsNoHook() throws IOException {
    directory("a");
    var empty = Files.createDirectories(home.resolve("no-plugins")).toString();
    assertThat(cli.run("run", "--plugins", empty, "--output", output, logs)).isEqualTo(2);
    assertThat(cli.err()).contains("There is no hook in " + empty);
  }

  @Test
  void exits2OnWrongUsage() throws IOException {
    directory("a");
    assertThat(cli.run("run")).isEqualTo(2);
    assertThat(cli.err()).contains("Name a log directory");
    assertThat(cli.run("run", "--nonsense", logs)).isEqualTo(2);
    assertThat(cli.err()).contains("--nonsense");
    assertThat(cli.run("run", "--workers", "0", "--output", output, logs)).isEqualTo(2);
    assertThat(cli.run("run", "--hooks", "nope", "--output", output, logs)).isEqualTo(2);
    assertThat(cli.err()).contains("There is no hook or plugin nope. There are: good, good/Good.");
    assertThat(cli.run()).isEqualTo(2);
    assertThat(cli.run("nonsense")).isEqualTo(2);
    assertThat(home.resolve("out")).doesNotExist();
  }

  @Test
  void theSameCommandTwiceAddsNothing() throws IOException {
    directory("a");
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(cli.out()).contains("0 processed, already done: 1");
    directory("b");
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(Files.readAllLines(home.resolve("out/seen.log"))).containsExactly("a", "b");
    assertThat(cli.err()).doesNotContain("twice");
    assertThat(cli.run("run", "--again", "--output", output, logs)).isZero();
    assertThat(cli.err()).contains("will be in " + output + " twice");
    assertThat(Files.readAllLines(home.resolve("out/seen.log")))
        .containsExactlyInAnyOrder("a", "b", "a", "b");
    var hint = cli.err().lines().filter(line -> line.contains("twice")).findFirst().orElseThrow();
    var pasted = hint.substring(hint.indexOf("longline run ") + 9).split(" ");
    assertThat(cli.run(pasted)).as(cli.err()).isZero();
    assertThat(cli.err()).doesNotContain("twice");
    assertThat(Files.readAllLines(home.resolve("out-again/seen.log")))
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void replayingSaysWhatWillBeThereTwice() throws IOException {
    directory("a");
    var state = output + "/.longline";
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(cli.run("replay", "--state", state, "--hook", "good")).isEqualTo(2);
    assertThat(cli.err()).doesNotContain("twice");
    assertThat(cli.run("replay", "--again", "--state", state, "--hook", "good")).isZero();
    assertThat(cli.err())
        .contains(
            "1 of these calls succeeded before", "twice", "longline replay --again --hook good");
  }

  @Test
  void aPluginThatIsDisabledIsShown() throws IOException {
    directory("a");
    var state = output + "/.longline";
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(cli.run("plugins", "disable", "--state", state, "good")).isZero();
    assertThat(cli.run("plugins", "--state", state)).isZero();
    assertThat(cli.out()).contains("loaded, disabled");
    assertThat(cli.run("plugins", "--json", "--state", state)).isZero();
    assertThat(cli.jsonLines().get(0).get("disabled").asBoolean()).isTrue();
    assertThat(cli.run("config", "--state", state)).isZero();
    assertThat(cli.err()).contains("The plugin good is disabled in the ledger");
    assertThat(cli.run("plugins", "--json")).isZero();
    assertThat(cli.jsonLines().get(0).get("disabled").asBoolean()).isFalse();
  }

  @Test
  void processesNewFilesOfADirectoryAndNotTheOldOnes() throws IOException {
    plugin(
        "names",
        "Names",
        logHook(
            "Names",
            "for (var f : logs.logs()) context.output(\"names\").lines().line(f.file().getFileName().toString());"));
    directory("a");
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    Files.writeString(
        Path.of(logs, "a", "dns.log"), "#path\tdns\n#fields\tuid\n#types\tstring\nC1\n");
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(Files.readAllLines(home.resolve("out/names.log")))
        .containsExactly("conn.log", "dns.log");
    Files.writeString(Path.of(logs, "a", "dns.log"), "#close\n", StandardOpenOption.APPEND);
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(cli.out())
        .contains("already done: 1")
        .contains("Files that changed after they were processed")
        .contains("dns.log");
  }

  @Test
  void aHookInstalledLaterIsCalledForDirectoriesNamedAgain() throws IOException {
    directory("a");
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    plugin("late", "Late", logHook("Late", "context.output(\"late\").lines().line(logs.name());"));
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(home.resolve("out/late.log")).hasContent("a");
    assertThat(home.resolve("out/seen.log")).hasContent("a");
  }

  @Test
  void callsOfExcludedHooksStayOwed() throws IOException {
    plugin("other", "Other", logHook("Other", "context.output(\"other\").lines().line(\"x\");"));
    directory("a");
    assertThat(cli.run("run", "--without", "other", "--output", output, logs)).isZero();
    assertThat(cli.out()).contains("1 waiting for hooks that are not called here");
    assertThat(home.resolve("out/other.log")).doesNotExist();
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(home.resolve("out/other.log")).hasContent("x");
    assertThat(home.resolve("out/seen.log")).hasContent("a");
  }

  @Test
  void retriesFailedCalls() throws IOException {
    plugin(
        "third",
        "Third",
        logHook(
            "Third",
            "if (context.attempt() < 3) throw new IllegalStateException(\"not yet\"); context.output(\"third\").lines().line(\"\" + context.attempt());"));
    directory("a");
    assertThat(cli.run("run", "--retry-delay", "1ms", "--output", output, logs)).isZero();
    assertThat(cli.out()).contains("calls        2 succeeded, 2 failed");
    assertThat(home.resolve("out/third.log")).hasContent("3");
  }

  @Test
  void anOpenThatReturnsNullIsAPermanentFailure() throws IOException {
    plugin(
        "lazy",
        "Lazy",
        "package test.plugin; import io.longline.api.*; public class Lazy implements RecordHook { public Interest interest() { return Interest.in(\"conn\").fields(\"uid\"); } public RecordSink open(LogDirectory logs, HookContext context) { return null; } }");
    directory("a");
    assertThat(cli.run("run", "--output", output, logs)).isEqualTo(1);
    assertThat(cli.out())
        .contains("calls        1 succeeded, 1 failed")
        .contains("dead letters 1")
        .contains("open() of test.plugin.Lazy returned null; it must return a RecordSink");
  }

  @Test
  void doesNotRetryPermanentFailures() throws IOException {
    plugin(
        "pointless",
        "Pointless",
        logHook("Pointless", "throw new PermanentFailureException(\"no such thing\");"));
    directory("a");
    assertThat(cli.run("run", "--output", output, logs)).isEqualTo(1);
    assertThat(cli.out()).contains("calls        1 succeeded, 1 failed").contains("dead letters 1");
    assertThat(home.resolve("out/warnings.jsonl")).content().contains("Trying again is pointless");
  }

  @Test
  void withoutALedgerTheOutputFolderMustBeEmpty() throws IOException {
    directory("a");
    assertThat(cli.run("run", "--state", "none", "--output", output, logs)).isZero();
    assertThat(home.resolve("out/.longline/ledger.db")).doesNotExist();
    assertThat(cli.run("run", "--state", "none", "--output", output, logs)).isEqualTo(3);
    assertThat(cli.err()).contains("has outputs of an earlier run");
  }

  @Test
  void exits3WhenTheOutputFolderIsNotLonglinesOwn() throws IOException {
    directory("a");
    Files.writeString(Files.createDirectories(Path.of(output)).resolve("mine.txt"), "x");
    assertThat(cli.run("run", "--output", output, logs)).isEqualTo(3);
    assertThat(cli.err()).contains("is not empty, and not Longline's");
    Files.delete(Path.of(output, "mine.txt"));
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    var state = home.resolve("another").toString();
    assertThat(cli.run("run", "--state", state, "--output", output, logs)).isEqualTo(3);
    assertThat(cli.err()).contains("belongs to another ledger");
  }

  @Test
  void exits3WithoutAPluginsFolder() throws IOException {
    directory("a");
    assertThat(cli.run("run", "--plugins", logs + "/gone", "--output", output, logs)).isEqualTo(3);
    assertThat(cli.err()).contains("There is no plugins folder");
  }

  @Test
  void strictExits3OnPluginProblemsAnd1OnBadLinesAndRemarks() throws IOException {
    directory("a");
    plugin("remarks", "Remarks", logHook("Remarks", "context.warn(\"hm\");"));
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(cli.run("run", "--again", "--strict", "--output", output, logs)).isEqualTo(1);
    plugin(
        "reads",
        "Reads",
        logHook(
            "Reads",
            "for (var f : logs.logs(\"conn\")) try (var r = f.open(\"uid\")) { r.forEach(x -> {}); }"));
    SampleLogs.damagedDirectory(Path.of(logs), "damaged");
    assertThat(cli.run("run", "--again", "--without", "remarks", "--output", output, logs))
        .isZero();
    assertThat(cli.out()).contains("1 bad line").contains("Damaged logs");
    assertThat(
            cli.run("run", "--again", "--strict", "--without", "remarks", "--output", output, logs))
        .isEqualTo(1);
    Files.writeString(home.resolve("plugins-dir/broken.jar"), "x");
    assertThat(cli.run("run", "--again", "--strict", "--output", output, logs)).isEqualTo(3);
  }

  @Test
  void printsJsonLinesForScripts() throws IOException {
    plugin("bad", "Bad", logHook("Bad", "throw new IllegalStateException(\"broken\");"));
    directory("a");
    assertThat(cli.run("run", "--json", "--max-attempts", "1", "--output", output, logs))
        .isEqualTo(1);
    var lines = cli.jsonLines();
    assertThat(lines).hasSize(3);
    assertThat(lines.subList(0, 2)).allMatch(line -> line.get("type").asText().equals("outcome"));
    var failed =
        lines.stream()
            .filter(line -> line.path("outcome").asText().equals("failed"))
            .findFirst()
            .orElseThrow();
    assertThat(failed.get("hook").asText()).isEqualTo("bad/Bad");
    assertThat(failed.get("directory").asText()).isEqualTo(logs + "/a");
    assertThat(failed.get("message").asText()).isEqualTo("broken");
    var summary = lines.get(2);
    assertThat(summary.get("type").asText()).isEqualTo("summary");
    assertThat(summary.get("directories").asInt()).isEqualTo(1);
    assertThat(summary.get("succeeded").get("good/Good").asInt()).isEqualTo(1);
    assertThat(summary.get("failures").get(0).get("count").asInt()).isEqualTo(1);
  }

  @Test
  void readsPathsFromStandardInput() throws IOException {
    directory("a");
    directory("b");
    cli.input(logs + "/a\n\n" + logs + "/b\n");
    assertThat(cli.run("run", "--output", output, "-")).isZero();
    assertThat(cli.out()).contains("directories  2 processed");
  }

  @Test
  void usesBroaptsVariablesAsFallbacks() throws IOException {
    directory("a");
    plugin(
        "where",
        "Where",
        logHook(
            "Where",
            "context.output(\"where\").lines().line(context.extractedFiles().folder().get().toString());"));
    var dump = Files.createDirectories(home.resolve("dump")).toString();
    cli.variable("BROAPT_LOGS_PATH", logs)
        .variable("BROAPT_DUMP_PATH", dump)
        .variable("BROAPT_HOOK_CPU", "1");
    assertThat(cli.run("run", "--output", output)).isZero();
    assertThat(home.resolve("out/where.log")).hasContent(dump);
    assertThat(cli.run("run", "--again", "--extracted", logs, "--output", output)).isZero();
    assertThat(Files.readAllLines(home.resolve("out/where.log"))).containsExactly(dump, logs);
    cli.variable("BROAPT_HOOK_CPU", "many");
    assertThat(cli.run("run", "--output", output)).isEqualTo(2);
    assertThat(cli.err()).contains("BROAPT_HOOK_CPU is \"many\"");
  }

  @Test
  void outputPrintedByHooksIsKeptOutOfTheResults() throws IOException {
    plugin("prints", "Prints", logHook("Prints", "System.out.println(\"printed by a hook\");"));
    directory("a");
    assertThat(cli.run("run", "--json", "--output", output, logs)).isZero();
    assertThat(cli.jsonLines()).hasSize(3);
  }

  /** Standard input stays open: only the signal ends the intake. */
  private InputStream inputThatSignals(String text, Runnable signal) {
    return new InputStream() {
      private int at;

      @Override
      public int read() {
        if (at < text.length()) {
          return text.charAt(at++);
        }
        signal.run();
        return -1;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        int first = read();
        if (first < 0) {
          return -1;
        }
        bytes[offset] = (byte) first;
        return 1;
      }
    };
  }

  @ParameterizedTest
  @EnumSource(
      value = SignalSource.Name.class,
      names = {"USR1", "USR2"})
  void userSignalsFinishTheQueueAndRunExitHooks(SignalSource.Name signal) throws IOException {
    plugin(
        "exit",
        "Exit",
        "package test.plugin; import io.longline.api.*; public class Exit implements ExitHook { public void exit(HookContext c) throws Exception { c.output(\"exit\").lines().line(\"ran\"); } }");
    directory("a");
    directory("b");
    cli.input(inputThatSignals(logs + "/a\n" + logs + "/b\n", () -> cli.raise(signal)));
    assertThat(cli.run("run", "--output", output, "-")).isZero();
    assertThat(cli.out()).contains("directories  2 processed");
    assertThat(home.resolve("out/exit.log")).hasContent("ran");
  }

  @ParameterizedTest
  @EnumSource(
      value = SignalSource.Name.class,
      names = {"INT", "TERM"})
  void terminatingSignalsExitWith128AndTheirNumber(SignalSource.Name signal) throws IOException {
    directory("a");
    cli.input(inputThatSignals(logs + "/a\n", () -> cli.raise(signal)));
    assertThat(cli.run("run", "--output", output, "-")).isEqualTo(128 + signal.number());
  }

  @Test
  void helpAndVersionExitWith0() {
    assertThat(cli.run("--help")).isZero();
    assertThat(cli.out()).contains("run").contains("plugins").contains("Exit codes");
    assertThat(cli.run("run", "--help")).isZero();
    assertThat(cli.out()).contains("--workers").contains("--extracted").contains("strict");
    assertThat(cli.run("--version")).isZero();
    assertThat(cli.out()).contains("longline 0.1.0");
  }

  @Test
  void showsProgressOnATerminalOnly() throws IOException {
    directory("a");
    directory("b");
    cli.terminal();
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(cli.err()).contains("directories").contains("2/2").endsWith("\r\u001b[K");
    assertThat(cli.out()).doesNotContain("2/2").contains("directories  2 processed");
  }

  @Test
  void exitHooksAreNotCancelledAfterASignal() throws IOException {
    plugin(
        "exit",
        "Exit",
        "package test.plugin; import io.longline.api.*; public class Exit implements ExitHook { public void exit(HookContext c) throws Exception { if (c.isCancelled()) throw new IllegalStateException(); c.output(\"exit\").lines().line(\"ran\"); } }");
    directory("a");
    cli.input(inputThatSignals(logs + "/a\n", () -> cli.raise(SignalSource.Name.TERM)));
    assertThat(cli.run("run", "--output", output, "-")).isEqualTo(143);
    assertThat(home.resolve("out/exit.log")).hasContent("ran");
  }

  @Test
  void doesNotProcessItsOwnOutputs() throws IOException {
    plugin(
        "writes",
        "Writes",
        logHook(
            "Writes",
            "context.output(\"conn\").rows(io.longline.zeek.LogSchema.builder(\"conn\").field(\"a\", \"string\").build()).row().string(\"x\").end();"));
    directory("a");
    var inside = logs + "/aa-out";
    assertThat(cli.run("run", "--output", inside, logs)).isZero();
    assertThat(cli.run("run", "--again", "--output", inside, logs)).isZero();
    assertThat(cli.out()).contains("directories  1 processed");
    assertThat(cli.run("run", "--output", output, inside)).isEqualTo(2);
    assertThat(cli.out()).contains("It is an output folder of Longline");
  }

  @Test
  void exits3IfTheFolderOfExtractedFilesIsMissing() throws IOException {
    directory("a");
    assertThat(cli.run("run", "--extracted", logs + "/gone", "--output", output, logs))
        .isEqualTo(3);
    assertThat(cli.err()).contains("Name it in the setting extracted (--extracted), or");
    assertThat(home.resolve("out")).doesNotExist();
  }

  @Test
  void anUnusualFileDoesNotStopOtherDirectories() throws IOException {
    directory("a");
    SampleLogs.directory(Path.of(logs), "b");
    Files.writeString(
        Path.of(logs, "b", "conn.log"), "#separator \\x09\n#path\n#fields\ta\n#types\tstring\n1\n");
    directory("c");
    assertThat(cli.run("run", "--output", output, logs)).isZero();
    assertThat(cli.out()).contains("directories  3 processed");
  }

  @Test
  void controlCharactersOfALogDoNotReachTheTerminal() throws IOException {
    plugin(
        "reads",
        "Reads",
        logHook(
            "Reads",
            "context.warn(\"odd\\n\\u001b[31m\"); for (var f : logs.logs(\"conn\")) try (var r = f.open(\"ts\")) { r.forEach(x -> x.timeMicros(0)); }"));
    directory("a\u001b[31m\nb");
    Files.writeString(
        Path.of(logs, "a\u001b[31m\nb", "conn.log"),
        "#path\tconn\n#fields\tts\n#types\ttime\n\u001b[31mEVIL\u001b]0;pwned\u0007\n");
    int code = cli.run("run", "--without", "good", "--output", output, logs);
    assertThat(code).as(cli.out() + cli.err()).isZero();
    assertThat(cli.out())
        .contains("\\x1b[31mEVIL")
        .doesNotContain("\u001b")
        .doesNotContain("\u0007");
  }

  @Test
  void anEmptyPathIsWrongUsage() {
    assertThat(cli.run("run", "--output", output, "")).isEqualTo(2);
    assertThat(cli.err()).contains("A path is empty");
    assertThat(cli.run("run", "--output", "", logs)).isEqualTo(2);
    assertThat(cli.run("nonsense")).isEqualTo(2);
    assertThat(cli.err())
        .isEqualTo("longline: There is no command nonsense.\nSee longline --help.\n");
  }
}
