package io.longline.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hook that ends the process it runs in. */
class HostKillingHookTest {

  private static final int ATTEMPTS = 2;

  @TempDir Path folder;

  @Test
  void itBecomesADeadLetterAndNoOtherHookIsCharged() throws Exception {
    var plugins = Files.createDirectories(folder.resolve("plugins"));
    new PluginJars(plugins)
        .jar("kills.jar")
        .plugin("kills", "1.0.0")
        .source(PluginJars.logHook("Kills", "Runtime.getRuntime().halt(9);"))
        .index("test.plugin.Kills")
        .build();
    new PluginJars(plugins)
        .jar("good.jar")
        .plugin("good", "1.0.0")
        .source(
            PluginJars.logHook(
                "Good",
                "context.output(\"good\").lines().line(logs.name() + \" \" + context.attempt());"))
        .index("test.plugin.Good")
        .build();
    var logs = Files.createDirectories(folder.resolve("logs"));
    for (var name : List.of("a", "b", "c")) {
      SampleLogs.directory(logs, name);
    }
    var output = folder.resolve("out");
    int deaths = 0;
    int code = 9;
    while (code == 9 && deaths <= 20) {
      try (var program =
          Program.start(
              "run",
              "--max-attempts",
              Integer.toString(ATTEMPTS),
              "--retry-delay",
              "1ms",
              "--plugins",
              plugins.toString(),
              "--output",
              output.toString(),
              logs.toString())) {
        program.rest();
        code = program.exitCode();
        deaths += code == 9 ? 1 : 0;
      }
    }
    assertThat(code).isEqualTo(1);
    // The first death is charged to no hook, since the running hook was not recorded. Directories
    // that are accepted after it are not suspect yet, so each may cause a first death of its own.
    assertThat(deaths).isBetween(3 * ATTEMPTS + 1, 3 * ATTEMPTS + 3);
    assertThat(Files.readAllLines(output.resolve("good.log")))
        .containsExactlyInAnyOrder("a 1", "b 1", "c 1");
    try (var dead =
        Program.start(
            "dead", "list", "--json", "--state", output.resolve(".longline").toString())) {
      var lines = dead.rest();
      assertThat(dead.exitCode()).isZero();
      assertThat(lines).hasSize(3);
      var letter = Checkout.json(lines.get(0));
      assertThat(letter.get("hook").asText()).isEqualTo("kills/Kills");
      assertThat(letter.get("attempts").asInt()).isEqualTo(ATTEMPTS);
      assertThat(letter.get("error").asText()).contains("The host died while this hook ran");
    }
  }
}
