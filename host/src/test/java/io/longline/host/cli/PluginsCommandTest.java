package io.longline.host.cli;

import static io.longline.host.testing.PluginJars.goodHook;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsCommandTest {

  @TempDir Path home;

  private CliHarness cli;

  @BeforeEach
  void prepare() throws IOException {
    new PluginJars(home.resolve("plugins-dir"))
        .jar("good.jar")
        .plugin("good", "1.2.3")
        .source(goodHook("Good"))
        .index("test.plugin.Good")
        .build();
    cli = new CliHarness(home);
  }

  @Test
  void listsFileIdVersionStateAndHooks() {
    assertThat(cli.run("plugins")).isZero();
    assertThat(cli.out().lines())
        .containsExactly(
            "FILE      ID    VERSION  STATE   HOOKS",
            "good.jar  good  1.2.3    loaded  good/Good (HOOK)");
  }

  @Test
  void saysWhatIsWrongAndWhatToDo() throws IOException {
    Files.write(home.resolve("plugins-dir/empty.jar"), new byte[0]);
    assertThat(cli.run("plugins")).isEqualTo(1);
    assertThat(cli.out())
        .contains("empty.jar  empty.jar  -        failed  -")
        .contains("empty.jar: NOT_A_JAR")
        .contains("The file is no readable jar: it is empty.")
        .contains("Copy the jar here again, or remove the file.");
  }

  @Test
  void printsAnObjectALineForScripts() throws IOException {
    Files.write(home.resolve("plugins-dir/empty.jar"), new byte[0]);
    assertThat(cli.run("plugins", "--json")).isEqualTo(1);
    var lines = cli.jsonLines();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).get("problems").get(0).get("code").asText()).isEqualTo("NOT_A_JAR");
    assertThat(lines.get(1).get("hooks").get(0).get("id").asText()).isEqualTo("good/Good");
    assertThat(lines.get(1).get("hooks").get(0).get("sites").get(0).asText()).isEqualTo("HOOK");
  }

  @Test
  void anEmptyFolderIsSaid() throws IOException {
    Files.delete(home.resolve("plugins-dir/good.jar"));
    assertThat(cli.run("plugins")).isZero();
    assertThat(cli.out()).contains("There is no plugin in");
  }

  @Test
  void aMissingFolderExitsWith3() {
    assertThat(cli.run("plugins", "--plugins", home + "/gone")).isEqualTo(3);
    assertThat(cli.err()).contains("There is no plugins folder");
  }
}
