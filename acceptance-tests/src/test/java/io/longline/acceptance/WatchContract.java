package io.longline.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon as a real process, and the commands that communicate with it through the ledger, on
 * any database.
 */
abstract class WatchContract {

  private static final long LIMIT_SECONDS = 60;

  @TempDir Path folder;

  private Path plugins;
  private Path root;
  private Path seen;
  private Map<String, String> environment;

  /** The environment in which all commands use the same new ledger. */
  abstract Map<String, String> ledger() throws Exception;

  @BeforeEach
  void prepare() throws Exception {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    root = Files.createDirectories(folder.resolve("root"));
    seen = folder.resolve("out/seen.log");
    environment = ledger();
    plugin("good", "Good", PluginJars.goodHook("Good"));
  }

  private void plugin(String id, String className, String source) throws IOException {
    new PluginJars(plugins)
        .jar(id + ".jar")
        .plugin(id, "1.0.0")
        .source(source)
        .index("test.plugin." + className)
        .build();
  }

  private Program watch(String... more) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                "watch",
                "--plugins",
                plugins.toString(),
                "--output",
                folder.resolve("out").toString(),
                "--interval",
                "200ms",
                "--retry-delay",
                "1ms"));
    command.addAll(List.of(more));
    return Program.start(environment, command.toArray(String[]::new));
  }

  List<String> run(int code, String... args) throws Exception {
    try (var program = Program.start(environment, args)) {
      var lines = program.rest();
      assertThat(program.exitCode()).as(program.err()).isEqualTo(code);
      return lines;
    }
  }

  void awaitSeen(String... names) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!Files.exists(seen) || !Files.readAllLines(seen).containsAll(List.of(names))) {
      assertThat(System.nanoTime()).as("waiting for %s", List.of(names)).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Test
  void takesCompleteAndEnqueuedDirectoriesAndEndsOnASignal() throws Exception {
    try (var host = watch("--ready", "marker:done", root.toString())) {
      var a = SampleLogs.directory(root, "a");
      var elsewhere = SampleLogs.directory(folder, "elsewhere");
      assertThat(run(0, "enqueue", elsewhere.toString()))
          .containsExactly("1 directory enqueued, 0 already known");
      awaitSeen("elsewhere");
      assertThat(run(0, "enqueue", elsewhere.toString()))
          .containsExactly("0 directories enqueued, 1 already known");
      assertThat(run(0, "status", a.toString()))
          .singleElement()
          .asString()
          .contains("no file done");
      Files.createFile(a.resolve("done"));
      awaitSeen("a");
      assertThat(run(0, "status").get(0)).startsWith("batches   2 done");
      var status = Checkout.json(run(0, "status", "--json").get(0));
      assertThat(status.get("hooks").get(0).get("runs").get("succeeded").asInt()).isEqualTo(2);
      assertThat(status.get("hosts")).hasSize(1);
      host.signal("USR1");
      assertThat(host.rest()).anyMatch(line -> line.equals("directories  2 processed"));
      assertThat(host.exitCode()).isZero();
    }
    assertThat(Files.readAllLines(seen)).containsExactly("elsewhere", "a");
    assertThat(Checkout.json(run(0, "status", "--json").get(0)).get("hosts")).isEmpty();
  }

  @Test
  void aPluginIsInstalledReplacedAndRemovedWhileItRuns() throws Exception {
    var elsewhere = new PluginJars(folder);
    var jar =
        elsewhere
            .jar("late.jar")
            .plugin("late", "1.0.0")
            .source(
                PluginJars.logHook(
                    "Late", "context.output(\"seen\").lines().line(\"late \" + logs.name());"))
            .index("test.plugin.Late")
            .build();
    var folderOption = List.of("--plugins", plugins.toString());
    try (var host = watch()) {
      host.awaitErr("longline: watching");
      run(0, "plugins", "install", folderOption.get(0), folderOption.get(1), jar.toString());
      host.awaitErr("longline: late 1.0.0 was added");
      run(0, "enqueue", SampleLogs.directory(root, "a").toString());
      awaitSeen("a", "late a");
      Files.writeString(plugins.resolve("late-1.0.0.jar"), "half a jar");
      host.awaitErr("NOT_A_JAR");
      assertThat(host.err()).contains("late 1.0.0 continues to run.");
      run(0, "enqueue", SampleLogs.directory(root, "b").toString());
      awaitSeen("b", "late b");
      Files.delete(plugins.resolve("late-1.0.0.jar"));
      host.awaitErr("longline: late 1.0.0 was removed");
      host.signal("USR1");
      assertThat(host.rest()).contains("directories  2 processed");
      assertThat(host.exitCode()).as(host.err()).isZero();
    }
  }

  @Test
  void deadLettersAreShownAndReplayedWhenTheCauseIsFixed() throws Exception {
    var fixed = folder.resolve("fixed");
    plugin(
        "bad",
        "Bad",
        PluginJars.logHook(
            "Bad",
            "if (!java.nio.file.Files.exists(java.nio.file.Path.of(\""
                + fixed
                + "\"))) throw new IllegalStateException(\"not fixed\"); context.output(\"bad\").lines().line(logs.name());"));
    var a = SampleLogs.directory(folder, "a");
    try (var host = watch("--max-attempts", "2")) {
      run(0, "enqueue", a.toString());
      awaitSeen("a");
      host.awaitErr("it is a dead letter");
      assertThat(run(0, "dead", "list")).hasSize(2).last().asString().contains("bad/Bad");
      assertThat(run(0, "dead", "show")).anyMatch(line -> line.contains("at test.plugin.Bad"));
      assertThat(run(0, "dead", "list", "--hook", "bad")).hasSize(2);
      assertThat(run(2, "dead", "list", "--hook", "nope")).isEmpty();
      assertThat(run(0, "warnings", "--hook", "bad")).hasSize(2);
      assertThat(run(0, "warnings", "--hook", "good")).isEmpty();
      Files.createFile(fixed);
      assertThat(run(0, "dead", "replay")).containsExactly("1 will be tried again");
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      while (!Files.exists(folder.resolve("out/bad.log"))) {
        assertThat(System.nanoTime()).isLessThan(end);
        TimeUnit.MILLISECONDS.sleep(20);
      }
      host.signal("TERM");
      host.rest();
      assertThat(host.exitCode()).isEqualTo(143);
    }
    assertThat(run(0, "dead", "list")).containsExactly("There are no dead letters.");
    assertThat(run(2, "dead", "drop")).containsExactly("0 dropped");
  }

  @Test
  void aHookInstalledLaterIsCalledForEarlierDirectories() throws Exception {
    var a = SampleLogs.directory(folder, "a");
    try (var host = watch()) {
      run(0, "enqueue", a.toString());
      awaitSeen("a");
      host.signal("USR1");
      host.rest();
      assertThat(host.exitCode()).isZero();
    }
    plugin(
        "late",
        "Late",
        PluginJars.logHook("Late", "context.output(\"late\").lines().line(logs.name());"));
    try (var host = watch()) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      while (!run(0, "status").toString().contains("late/Late")) {
        assertThat(System.nanoTime()).isLessThan(end);
      }
      assertThat(run(2, "replay", "--hook", "no/Hook")).isEmpty();
      assertThat(run(2, "warnings", "--hook", "nope")).isEmpty();
      assertThat(run(1, "replay", "--hook", "late", folder.resolve("never").toString()))
          .containsExactly("0 calls are owed now");
      assertThat(run(0, "replay", "--hook", "late")).containsExactly("1 call is owed now");
      host.signal("USR1");
      host.rest();
      assertThat(host.exitCode()).isZero();
    }
    assertThat(folder.resolve("out/late.log")).hasContent("a");
    assertThat(Files.readAllLines(seen)).containsExactly("a");
  }

  @Test
  void anEnqueuedDirectoryIsStartedWithinASecond() throws Exception {
    var waited = new ArrayList<Long>();
    try (var host = watch()) {
      host.awaitErr("longline: watching");
      for (int i = 0; i < 5; i++) {
        var directory = SampleLogs.directory(folder, "trace-" + i);
        run(0, "enqueue", directory.toString());
        long start = System.nanoTime();
        awaitSeen("trace-" + i);
        waited.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      }
      waited.sort(null);
      assertThat(waited.get(2)).as("of %s milliseconds, the median", waited).isLessThan(1_000);
    }
  }

  @Test
  void aCallThatTakesLongIsShownWithItsAge() throws Exception {
    var go = folder.resolve("go");
    plugin(
        "slow",
        "Slow",
        PluginJars.logHook(
            "Slow",
            "while (!java.nio.file.Files.exists(java.nio.file.Path.of(\""
                + go
                + "\"))) Thread.sleep(20);"));
    var a = SampleLogs.directory(folder, "a");
    try (var host = watch()) {
      run(0, "enqueue", a.toString());
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      var age = -1L;
      while (age < 0) {
        assertThat(System.nanoTime()).isLessThan(end);
        for (var call : Checkout.json(run(0, "status", "--json").get(0)).at("/hosts/0/running")) {
          assertThat(call.get("hook").asText()).isEqualTo("slow/Slow");
          assertThat(call.get("directory").asText()).isEqualTo(a.toString());
          age = call.get("age_millis").asLong();
        }
      }
      assertThat(age).isGreaterThanOrEqualTo(1_000);
      assertThat(
              Checkout.json(run(0, "status", "--json").get(0))
                  .at("/hosts/0/running/0/age_millis")
                  .asLong())
          .as("the age increases")
          .isGreaterThan(age);
      assertThat(run(0, "status")).anyMatch(line -> line.contains("slow/Slow on " + a + ", for "));
      Files.createFile(go);
      host.signal("USR1");
      host.rest();
      assertThat(host.exitCode()).isZero();
    }
  }

  @Test
  void zeekReportsItsRotatedFiles() throws Exception {
    var spool = SampleLogs.directory(folder, "spool");
    var file = Files.move(spool.resolve("conn.log"), spool.resolve("conn-26-11-24_10.00.00.log"));
    try (var host = watch()) {
      run(
          0,
          "rotated",
          file.toString(),
          "conn",
          "26-11-24_10.00.00",
          "26-11-24_11.00.00",
          "1",
          "ascii");
      awaitSeen("spool");
      host.signal("USR1");
      host.rest();
      assertThat(host.exitCode()).isZero();
    }
  }

  @Test
  void directoriesEnqueuedBeforeAnyHostWaitForOne() throws Exception {
    var a = SampleLogs.directory(folder, "a");
    run(0, "enqueue", a.toString());
    assertThat(run(0, "status", a.toString()))
        .singleElement()
        .asString()
        .contains("waits for a host");
    assertThat(run(0, "status")).contains("No host runs on this ledger.");
    try (var host = watch()) {
      awaitSeen("a");
      Files.writeString(a.resolve("conn.log"), "#\n", java.nio.file.StandardOpenOption.APPEND);
      run(0, "enqueue", a.toString());
      run(0, "enqueue", a.toString());
      assertThat(run(0, "warnings")).singleElement().asString().contains("CHANGED_FILES");
      assertThat(run(0, "forget", a.toString())).hasSize(1);
      run(0, "enqueue", a.toString());
      host.signal("USR1");
      host.rest();
      assertThat(host.exitCode()).isZero();
    }
    assertThat(Files.readAllLines(seen)).containsExactly("a", "a");
  }
}
