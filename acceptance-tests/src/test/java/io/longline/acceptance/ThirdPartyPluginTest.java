package io.longline.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plugin of docs/writing-a-plugin.md, built outside this build against plugin-api from a local
 * Maven repository, and run.
 */
@Tag("slow")
class ThirdPartyPluginTest {

  @TempDir Path folder;

  @Test
  void isBuiltFromTheDocumentationAloneAndRuns() throws Exception {
    var checkout = Checkout.copyTo(folder.resolve("checkout"));
    var project = folder.resolve("dns-queries");
    assertThat(DocumentedFiles.write("docs/writing-a-plugin.md", project)).hasSize(3);
    try (var repository = MavenRepository.in(folder.resolve("repository"))) {
      repository.maven(checkout, "install", "-DskipTests", "-pl", "plugin-api", "-am");
      repository.maven(project, "package");
    }
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
}
