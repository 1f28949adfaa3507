package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
 * A settings file with real processes, and a plugin as a third party builds it: javac and jar, with
 * nothing of this project but the jar of plugin-api.
 */
class SettingsFileTest {

  private static final long LIMIT_SECONDS = 60;
  private static final String KEY = "sesame-4711-open";

  private static final String HOOK =
      """
      package org.example;
      import io.longline.api.*;
      import java.time.Duration;
      public final class Asks implements LogHook {
        public record Asked(
            @Setting(description = "How long to wait.", defaultValue = "10s") Duration patience,
            @Setting(description = "The account's key.") Secret apiKey) {}
        @Override public Class<? extends Record> settings() { return Asked.class; }
        @Override public void process(LogDirectory logs, HookContext context) throws Exception {
          var asked = context.settings(Asked.class);
          context.output("asked").lines().line(logs.name() + " " + asked);
          if (logs.name().endsWith("bad")) {
            System.out.println("printed " + asked.apiKey().reveal());
            context.logger().error("logged", new IllegalStateException("in " + asked.apiKey().reveal()));
            throw new IllegalStateException("no account for " + asked.apiKey().reveal());
          }
        }
      }
      """;

  @TempDir Path folder;

  private Path plugins;
  private Path file;
  private Map<String, String> environment;

  @BeforeEach
  void prepare() throws Exception {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    file = folder.resolve("longline.toml");
    environment =
        Map.of(
            "XDG_STATE_HOME", folder.resolve("state").toString(),
            "LONGLINE_CONFIG", file.toString(),
            "ASKS_KEY", KEY);
    var source = Files.createDirectories(folder.resolve("src/org/example")).resolve("Asks.java");
    Files.writeString(source, HOOK);
    var classes = Files.createDirectories(folder.resolve("classes/META-INF/services")).getParent();
    Files.writeString(classes.resolve("services/io.longline.api.LogHook"), "org.example.Asks\n");
    var bin = Path.of(System.getProperty("java.home"), "bin");
    tool(
        bin.resolve("javac").toString(),
        "-cp",
        Checkout.pluginClassPath(),
        "-d",
        classes.getParent().toString(),
        source.toString());
    tool(
        bin.resolve("jar").toString(),
        "-cf",
        plugins.resolve("asks-1.0.0.jar").toString(),
        "-C",
        classes.getParent().toString(),
        ".");
  }

  private static void tool(String... command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private Program start(String... args) throws IOException {
    return Program.start(environment, args);
  }

  @Test
  void foldersToWatchAndTheirNamesComeFromTheFile() throws Exception {
    var spool = Files.createDirectories(folder.resolve("spool"));
    Files.writeString(
        file,
        """
        plugins-dir = "plugins"
        output = "out"
        [watch]
        interval = "200ms"
        [[watch.roots]]
        path = "spool"
        ready = "marker:done"
        names = "trace-*"
        [plugins.asks]
        output-folder = "from-asks"
        [plugins.asks.settings]
        api-key = { env = "ASKS_KEY" }
        """);
    Files.createFile(SampleLogs.directory(spool, "other-1").resolve("done"));
    Files.createFile(SampleLogs.directory(spool, "trace-1").resolve("done"));
    SampleLogs.directory(spool, "trace-2");
    var seen = folder.resolve("out/from-asks/asked.log");
    try (var host = start("watch")) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      while (!Files.exists(seen) || Files.size(seen) == 0) {
        assertThat(System.nanoTime()).as(host.err()).isLessThan(end);
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertThat(host.err()).contains("spool (marker:done)");
      host.signal("USR1");
      host.rest();
      assertThat(host.exitCode()).isZero();
    }
    assertThat(seen).content().isEqualTo("trace-1 Asked[patience=PT10S, apiKey=(secret)]\n");
  }

  @Test
  void aSecretAppearsNowhereInOutputOrFiles() throws Exception {
    Files.writeString(
        file, "[plugins.asks.settings]\napi-key = { env = \"ASKS_KEY\" }\npatience = \"2s\"\n");
    var logs = Files.createDirectories(folder.resolve("logs"));
    SampleLogs.directory(logs, "good");
    SampleLogs.directory(logs, "bad");
    var out = folder.resolve("out").toString();
    var printed = new ArrayList<String>();
    for (var command :
        List.of(
            List.of("run", "-v", "--json", "--max-attempts", "1", "--output", out, logs.toString()),
            List.of("warnings", "--state", out + "/.longline"),
            List.of("dead", "show", "--state", out + "/.longline"),
            List.of("config"),
            List.of("plugins", "asks"))) {
      var args = new ArrayList<>(command);
      if (!command.contains("--state")) {
        args.addAll(List.of("--plugins", plugins.toString()));
      }
      try (var program = start(args.toArray(String[]::new))) {
        printed.addAll(program.rest());
        assertThat(program.exitCode()).as(program.err()).isLessThan(2);
        program.err().lines().forEach(printed::add);
      }
    }
    assertThat(printed)
        .anyMatch(line -> line.contains("printed (secret)"))
        .anyMatch(line -> line.contains("in (secret)"))
        .anyMatch(line -> line.contains("no account for (secret)"))
        .anyMatch(line -> line.matches("plugins.asks.settings.api-key +\\(secret\\) .*"))
        .noneMatch(line -> line.contains(KEY));
    try (var files = Files.walk(Path.of(out))) {
      for (var each : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(each), ISO_8859_1))
            .as(each.toString())
            .doesNotContain(KEY);
      }
    }
  }

  @Test
  void aWrongFileIsRefusedBeforeAnythingStarts() throws Exception {
    Files.writeString(file, "[plugins.asks.settings]\npatience = \"soon\"\n");
    try (var program =
        start(
            "run",
            "--plugins",
            plugins.toString(),
            "--output",
            folder.resolve("out").toString(),
            folder.toString())) {
      assertThat(program.rest()).isEmpty();
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.err().lines())
          .contains(
              "longline: "
                  + file
                  + ":2: patience is \"soon\"; write a number with ms, s, m, h or d, such as 30s.",
              "longline: The setting api-key is missing; write it in [plugins.asks.settings]: where the secret is, { env = \"NAME\" } or { file = \"PATH\" }.");
    }
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aLedgerIsPrunedWhileItsDirectoriesStayKnown() throws Exception {
    Files.writeString(file, "[plugins.asks.settings]\napi-key = { env = \"ASKS_KEY\" }\n");
    var logs = Files.createDirectories(folder.resolve("logs"));
    SampleLogs.directory(logs, "a");
    var out = folder.resolve("out").toString();
    var run =
        new String[] {"run", "--plugins", plugins.toString(), "--output", out, logs.toString()};
    try (var program = start(run)) {
      program.rest();
      assertThat(program.exitCode()).as(program.err()).isZero();
    }
    try (var program = start("prune", "--state", out + "/.longline", "--keep", "1h")) {
      assertThat(program.rest())
          .containsExactly(
              "removed 0 batches whose directory is gone, the calls of 0 whose directory still exists, and 0 warnings");
      assertThat(program.exitCode()).isZero();
    }
    try (var program = start("prune", "--state", out + "/.longline")) {
      program.rest();
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.err()).contains("Say how much is kept with --keep");
    }
    try (var program = start(run)) {
      assertThat(program.rest()).anyMatch(line -> line.contains("already done"));
      assertThat(program.exitCode()).isZero();
    }
  }
}
