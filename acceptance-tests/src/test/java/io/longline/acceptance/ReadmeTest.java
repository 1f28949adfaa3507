package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hook in the README, as it stands there, in a jar with a services file. */
class ReadmeTest {

  private static final Pattern HOOK = Pattern.compile("```java\n(package .*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  private static void tool(String name, String... arguments) throws Exception {
    var command = new java.util.ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", name).toString());
    command.addAll(java.util.List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  /** The detections have something to find in the sample logs, each of them. */
  @Test
  void theFirstCommandEndsWithFindingsAndNamesTheReport() throws Exception {
    var readme = Files.readString(Checkout.root().resolve("README.md"));
    var command = Pattern.compile("(?m)^\\./longline (run .*)$").matcher(readme);
    assertThat(command.find()).isTrue();
    var words = new ArrayList<>(List.of(command.group(1).split(" ")));
    var output = folder.resolve("out");
    words.addAll(List.of("--output", output.toString()));
    var inCheckout = List.of("env", "-C", Checkout.root().toString());
    try (var program = Program.start(inCheckout, Map.of(), words.toArray(String[]::new))) {
      assertThat(program.rest())
          .contains(
              "findings     1 critical, 5 high, 4 medium: 10 different in 51 rows",
              "report       " + output.resolve("report.html"));
      assertThat(program.exitCode()).as(program.err()).isZero();
    }
    assertThat(readme).contains("1 critical, 5 high, 4 medium: 10 different in 51 rows");
    assertThat(Files.readString(output.resolve("report.html")))
        .contains(
            "sync.weather-widget.example", "file-share.example", "dropper.free-codecs.example")
        .contains("generated-domains", "long-connection", "Program Downloaded Without a Browser");
  }

  /** Installing, first findings, first plugin: as somebody pastes them, one after the other. */
  @Test
  void theCommandsOfTheReadmeWorkAsTheyStand() throws Exception {
    var blocks = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    var commands =
        blocks
            .matcher(Files.readString(Checkout.root().resolve("README.md")))
            .results()
            .flatMap(block -> block.group(1).lines())
            .toList();
    assertThat(commands).hasSize(9);
    var archive = Distribution.file("longline-*SNAPSHOT.tar.gz");
    var work = Files.createDirectories(folder.resolve("a folder"));
    Files.copy(archive, work.resolve(archive.getFileName()));
    assertThat(Installation.withoutProgram(folder.resolve("home")).runOffline(work, commands))
        .contains("longline 0.1.0\n")
        .contains("findings     1 critical, 5 high, 4 medium: 10 different in 51 rows")
        .contains("generated-domains")
        .contains("dns-queries");
  }

  @Test
  void theHookOfTheReadmeWorks() throws Exception {
    var found = HOOK.matcher(Files.readString(Checkout.root().resolve("README.md")));
    assertThat(found.find()).isTrue();
    assertThat(found.group(1).lines().filter(line -> !line.isBlank()).count()).isLessThan(16);
    var source = Files.writeString(folder.resolve("Queries.java"), found.group(1));
    var classes = folder.resolve("classes");
    var services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve("io.longline.api.RecordHook"), "org.example.Queries\n");
    tool(
        "javac",
        "-proc:none",
        "-cp",
        Checkout.pluginClassPath(),
        "-d",
        classes.toString(),
        source.toString());
    var plugins = Files.createDirectories(folder.resolve("plugins"));
    tool(
        "jar",
        "-cf",
        plugins.resolve("queries-1.0.0.jar").toString(),
        "-C",
        classes.toString(),
        ".");
    try (var program =
        Program.start(
            "run",
            "--plugins",
            plugins.toString(),
            "--output",
            folder.resolve("out").toString(),
            Checkout.sampleLogs().toString())) {
      assertThat(program.rest()).contains("calls        4 succeeded, 0 failed");
      assertThat(program.exitCode()).as(program.err()).isZero();
    }
    assertThat(Files.readAllLines(folder.resolve("out/queries.log")))
        .hasSizeGreaterThan(20)
        .allMatch(line -> line.matches("\\S+ \\S+"));
  }
}
