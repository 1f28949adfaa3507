package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plugin of docs/writing-a-plugin.md, built outside this build against plugin-api from the
 * local Maven repository, and run.
 */
@Tag("slow")
class ThirdPartyPluginTest {

  private static final Pattern FILE =
      Pattern.compile("^`([\\w./-]+)`:\n\n```\\w*\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void isBuiltFromTheDocumentationAloneAndRuns() throws Exception {
    var checkout = Checkout.copyTo(folder.resolve("checkout"));
    maven(checkout, "install", "-DskipTests", "-pl", "plugin-api", "-am");
    var project = writeFilesOfTheDocs();
    maven(project, "package");
    var plugins = Files.createDirectories(folder.resolve("plugins"));
    Files.copy(
        project.resolve("target/dns-queries-1.0.0.jar"), plugins.resolve("dns-queries-1.0.0.jar"));

    try (var program = Program.start("plugins", "--plugins", plugins.toString())) {
      assertThat(String.join("\n", program.rest())).contains("dns-queries/DnsQueries (HOOK)");
      assertThat(program.exitCode()).isZero();
    }
    var output = folder.resolve("out");
    try (var program =
        Program.start(
            "run",
            "--plugins",
            plugins.toString(),
            "--output",
            output.toString(),
            Checkout.sampleLogs().toString())) {
      var text = String.join("\n", program.rest());
      assertThat(program.exitCode()).as(program.err()).isZero();
      assertThat(text).contains("calls        4 succeeded, 0 failed");
    }
    assertThat(Checkout.dailyRows(output, "dns_queries"))
        .hasSizeGreaterThan(40)
        .allMatch(row -> row.matches("\\d+\\.\\d{6}\t[0-9a-f.:]+\t[^\t]+\t\\d+"));
  }

  private Path writeFilesOfTheDocs() throws IOException {
    var project = folder.resolve("dns-queries");
    var docs = Files.readString(Checkout.root().resolve("docs/writing-a-plugin.md"));
    var files = FILE.matcher(docs);
    int count = 0;
    while (files.find()) {
      var file = project.resolve(files.group(1));
      Files.createDirectories(file.getParent());
      Files.writeString(file, files.group(2));
      count++;
    }
    assertThat(count).isEqualTo(3);
    return project;
  }

  private static void maven(Path project, String... goals) throws Exception {
    var command = new ArrayList<>(List.of("mvn", "-q", "-B"));
    command.addAll(List.of(goals));
    var process =
        new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
