package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher with the bundled plugins, as a user starts it. */
class LauncherTest {

  @TempDir Path folder;

  private String output() {
    return folder.resolve("out").toString();
  }

  @Test
  void runsTheSampleLogs() throws Exception {
    try (var program =
        Program.start("run", "--output", output(), Checkout.sampleLogs().toString())) {
      var lines = program.rest();
      assertThat(program.exitCode()).as(program.err()).isZero();
      assertThat(program.err()).isEmpty();
      assertThat(lines).contains("directories  4 processed");
      assertThat(lines).anyMatch(line -> line.matches("calls +\\d+ succeeded, 0 failed"));
    }
    assertThat(Checkout.dailyRows(folder.resolve("out"), "http")).hasSize(64);
    assertThat(Checkout.dailyRows(folder.resolve("out"), "info"))
        .hasSizeGreaterThan(10)
        .anyMatch(line -> line.contains("extract_files/text/html"));
    assertThat(folder.resolve("out/traffic-summary/2024-04-29.log"))
        .content()
        .contains("Traffic of 2024-04-29 (UTC)");
    assertThat(folder.resolve("out/traffic-summary/run.log"))
        .content()
        .contains("Traffic of the whole run");
  }

  @Test
  void listsThePlugins() throws Exception {
    try (var program = Program.start("plugins", "--plugins", Checkout.plugins().toString())) {
      assertThat(program.rest())
          .filteredOn(line -> line.contains(" loaded "))
          .extracting(line -> line.substring(0, line.indexOf(' ')))
          .containsExactly(
              "beacons.jar",
              "dns-anomalies.jar",
              "extracted-files.jar",
              "first-seen.jar",
              "http-connections.jar",
              "indicators.jar",
              "sigma.jar",
              "traffic-summary.jar");
      assertThat(program.exitCode()).isZero();
    }
  }

  /** Standard output as a shell makes it: full, closed, and a pipe that nobody reads. */
  @Test
  void outputThatCannotBeWrittenIsAnError() throws Exception {
    var rows = folder.resolve("rows.log");
    Files.writeString(
        rows, "#fields\ta\n#types\tstring\n" + "x".repeat(99).concat("\n").repeat(20_000));
    assertThat(shell("\"$0\" cut --file \"$1\" > /dev/full", rows)).isEqualTo(1);
    assertThat(shell("\"$0\" cut --file \"$1\" >&-", rows)).isEqualTo(1);
    assertThat(shell("\"$0\" config > /dev/full", rows)).isEqualTo(1);
    assertThat(
            shell(
                "(cat \"$1\"; yes) | \"$0\" cut | head -1 > /dev/null; (exit ${PIPESTATUS[1]})",
                rows))
        .isEqualTo(141);
  }

  private static int shell(String script, Path file) throws Exception {
    var process =
        new ProcessBuilder(
                "bash",
                "-c",
                script,
                Checkout.root().resolve("longline").toString(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(script).isTrue();
    return process.exitValue();
  }

  @Test
  void anotherGarbageCollectorCanBeChosen() throws Exception {
    try (var program = Program.start(Map.of("LONGLINE_JAVA_OPTS", "-XX:+UseG1GC"), "--version")) {
      assertThat(program.rest()).singleElement().asString().startsWith("longline ");
      assertThat(program.exitCode()).as(program.err()).isZero();
      assertThat(program.err()).isEmpty();
    }
  }

  /** The class archive belongs to the place where it was made. */
  @Test
  void anUnsuitableClassArchiveIsIgnoredSilently() throws Exception {
    var copy = Files.createDirectories(folder.resolve("copy/host/target"));
    for (var name :
        List.of(
            "longline.jar",
            "longline.jsa",
            "longline.aot",
            "process.jsa",
            "process.aot",
            "longline.release")) {
      var built = Checkout.root().resolve("host/target").resolve(name);
      if (Files.exists(built)) {
        Files.copy(built, copy.resolve(name));
      }
    }
    var builder =
        new ProcessBuilder(
            Checkout.root().resolve("dist/src/bin/longline").toString(), "--version");
    builder.environment().put("LONGLINE_CHECKOUT", folder.resolve("copy").toString());
    var process = builder.redirectErrorStream(true).start();
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .startsWith("longline ")
        .hasLineCount(1);
    assertThat(process.waitFor()).isZero();
  }

  /** Java could not name files outside ASCII in a locale that is not installed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "LANG=C",
        "LC_ALL=POSIX",
        "LANG=xx_YY.UTF-8",
        "LC_CTYPE=xx_YY.UTF-8",
        "LC_ALL=xx_YY",
        "LC_ALL=xx_YY.ISO-8859-1",
        "LC_ALL=C.UTF-8",
        "LANG=C.UTF-8"
      })
  void javaHasALocaleWithUtf8(String variable) throws Exception {
    var copy = Files.createDirectories(folder.resolve("copy/bin")).resolve("longline");
    Files.copy(
        Checkout.root().resolve("dist/src/bin/longline"), copy, StandardCopyOption.COPY_ATTRIBUTES);
    Files.createFile(Files.createDirectories(folder.resolve("copy/lib")).resolve("longline.jar"));
    var java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nlocale charmap\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    var builder = new ProcessBuilder(copy.toString(), "--version");
    var environment = builder.environment();
    List.of("LC_ALL", "LC_CTYPE", "LANG", "utf8").forEach(environment::remove);
    environment.put("JAVA_HOME", folder.resolve("jdk").toString());
    if (!variable.isEmpty()) {
      environment.put(
          variable.substring(0, variable.indexOf('=')),
          variable.substring(variable.indexOf('=') + 1));
    }
    var process = builder.redirectErrorStream(true).start();
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEqualTo("UTF-8\n");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void worksThroughASymbolicLinkAndFromAnotherFolder() throws Exception {
    var link = Files.createSymbolicLink(folder.resolve("ll"), Checkout.root().resolve("longline"));
    var process =
        new ProcessBuilder(link.toString(), "plugins")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .contains("http-connections");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void keepsExitCodes() throws Exception {
    try (var program = Program.start("run", "--nonsense")) {
      assertThat(program.exitCode()).isEqualTo(2);
    }
    try (var program =
        Program.start("run", "--output", output(), folder.resolve("gone").toString())) {
      assertThat(program.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void theFailingHookIsHarmless() throws Exception {
    var plugins = copyOfPlugins();
    Files.copy(
        Checkout.root().resolve("example-plugins/failing-hook/target/failing-hook.jar"),
        plugins.resolve("failing-hook.jar"));
    try (var program =
        Program.start(
            "run",
            "--retry-delay",
            "10ms",
            "--plugins",
            plugins.toString(),
            "--output",
            output(),
            Checkout.sampleLogs().toString())) {
      var text = String.join("\n", program.rest());
      assertThat(program.exitCode()).isEqualTo(1);
      assertThat(text)
          .containsPattern("calls +\\d+ succeeded, 12 failed")
          .contains("dead letters 4")
          .contains("exit calls   1 succeeded, 1 failed")
          .contains("12 x failing-hook/FailingHook HOOK: java.lang.IllegalStateException")
          .contains("1 x failing-hook/FailingHook EXIT: java.lang.AssertionError");
      assertThat(program.err())
          .contains("at io.longline.plugins.failing.FailingHook.process")
          .doesNotContain("Calls");
    }
    assertThat(folder.resolve("out/never.log")).doesNotExist();
    assertThat(Checkout.dailyRows(folder.resolve("out"), "http")).hasSize(64);
  }

  private Path copyOfPlugins() throws IOException {
    var plugins = Files.createDirectories(folder.resolve("plugins"));
    try (var jars = Files.newDirectoryStream(Checkout.plugins(), "*.jar")) {
      for (var jar : jars) {
        Files.copy(jar, plugins.resolve(jar.getFileName()));
      }
    }
    return plugins;
  }

  @Test
  void aFailureHasOneTraceHoweverOftenItIsTried() throws Exception {
    new PluginJars(folder.resolve("plugins"))
        .jar("fails.jar")
        .plugin("fails", "1.0.0")
        .source(
            PluginJars.logHook(
                "Fails", "throw new java.io.IOException(\"no \" + context.attempt());"))
        .index("test.plugin.Fails")
        .build();
    SampleLogs.directory(folder, "logs/a");
    var args = List.of("run", "--retry-delay", "1ms", "--plugins", folder + "/plugins");
    var all = new ArrayList<>(args);
    all.addAll(List.of("--output", output(), folder + "/logs"));
    try (var program = Program.start(all.toArray(String[]::new))) {
      program.rest();
      assertThat(program.exitCode()).as(program.err()).isEqualTo(1);
      assertThat(program.err()).containsOnlyOnce("    at test.plugin.Fails.process(");
      assertThat(program.err())
          .contains("(attempt 1): java.io.IOException: no 1\n")
          .contains(": attempt 2 failed in the same way: java.io.IOException: no 2 ")
          .contains(": attempt 3 failed in the same way: java.io.IOException: no 3 ");
    }
    assertThat(Checkout.jsonLines(Path.of(output(), "warnings.jsonl")))
        .hasSize(3)
        .allMatch(line -> line.get("stack").asText().contains("    at test.plugin.Fails.process("));
  }

  @Test
  void anOlderVersionOfAPluginIsNamedAtTheStart() throws Exception {
    for (var version : List.of("1.9.0", "1.10.0")) {
      new PluginJars(folder.resolve("plugins"))
          .jar("twice-" + version + ".jar")
          .plugin("twice", version)
          .source(PluginJars.goodHook("Twice"))
          .index("test.plugin.Twice")
          .build();
    }
    SampleLogs.directory(folder, "logs/a");
    try (var program =
        Program.start(
            "run", "--plugins", folder + "/plugins", "--output", output(), folder + "/logs")) {
      program.rest();
      assertThat(program.exitCode()).as(program.err()).isZero();
      assertThat(program.err())
          .contains(
              "twice-1.9.0.jar: Version 1.9.0 of twice is passed over, since twice-1.10.0.jar has version 1.10.0.");
    }
  }

  @Test
  void outputPrintedByHooksGoesToTheLogUnderTheirIds() throws Exception {
    checkPrintedOutput();
  }

  @Test
  void outputPrintedInAPluginProcessGoesToTheLogUnderTheHooksIds() throws Exception {
    checkPrintedOutput("--isolate", "all");
  }

  private void checkPrintedOutput(String... more) throws Exception {
    new PluginJars(folder.resolve("plugins"))
        .jar("prints.jar")
        .plugin("prints", "1.0.0")
        .source(
            PluginJars.logHook(
                "Prints",
                "System.out.println(\"to out\"); System.err.println(\"to err\"); var t = new Thread(() -> System.out.print(\"of a thread\\n\")); t.start(); t.join(); context.logger().info(\"to the logger\");"))
        .index("test.plugin.Prints")
        .build();
    SampleLogs.directory(folder, "logs/a");
    var args = new ArrayList<>(List.of("run", "--json", "--plugins", folder + "/plugins"));
    args.addAll(List.of("--output", output(), folder + "/logs"));
    args.addAll(List.of(more));
    try (var program =
        Program.start(Map.of("LONGLINE_JAVA_OPTS", "-Xmx128m"), args.toArray(String[]::new))) {
      var lines = program.rest();
      assertThat(program.exitCode()).as(program.err()).isZero();
      assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("{"));
      assertThat(program.err())
          .contains("INFO hook.prints.Prints - to out\n")
          .contains("INFO hook.prints.Prints - to err\n")
          .contains("INFO hook.prints.Prints - of a thread\n")
          .contains("INFO hook.prints.Prints - to the logger\n");
    }
  }
}
