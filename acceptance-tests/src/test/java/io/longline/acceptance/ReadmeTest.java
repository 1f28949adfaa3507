package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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
