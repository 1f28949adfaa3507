package io.longline.host.cli;

import static io.longline.host.testing.PluginJars.logHook;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

  @TempDir Path home;

  private CliHarness cli;
  private Path plugins;

  @BeforeEach
  void prepare() throws IOException {
    plugins = Files.createDirectories(home.resolve("plugins-dir"));
    new PluginJars(plugins)
        .jar("good.jar")
        .plugin("good", "1.0.0")
        .source(logHook("Good", ""))
        .index("test.plugin.Good")
        .build();
    cli = new CliHarness(home);
  }

  private int doctor(String... more) {
    var args = new ArrayList<>(List.of("doctor"));
    args.addAll(List.of("--state=" + home.resolve("state"), "--output=" + home.resolve("out")));
    args.addAll(Arrays.asList(more));
    return cli.run(args.toArray(String[]::new));
  }

  @Test
  void makesNothing() throws IOException {
    int code = doctor();
    assertThat(code).as(cli.out()).isIn(ExitCode.OK, ExitCode.PROBLEMS);
    assertThat(cli.out()).contains("1 jar is good").contains("a host makes it at its start");
    try (var files = Files.list(home)) {
      assertThat(files).containsExactly(plugins);
    }
  }

  @Test
  void saysWhatIsWrongAndWhatToDo() throws IOException {
    Files.writeString(plugins.resolve("bad\u001b[31m.jar"), "no jar");
    assertThat(doctor()).as(cli.out()).isEqualTo(ExitCode.PROBLEMS);
    assertThat(cli.out()).contains("NOT_A_JAR").doesNotContain("\u001b");
    Files.createFile(home.resolve("out"));
    assertThat(doctor()).isEqualTo(ExitCode.REFUSED);
    assertThat(cli.out())
        .contains("fault    folder: output ")
        .contains(home.resolve("out") + " is not a folder\n")
        .contains("Name another in the setting output (--output).\n");
  }

  @Test
  void printsJson() throws IOException {
    doctor("--json", "--plugins=" + home.resolve("none"));
    assertThat(cli.jsonLines())
        .filteredOn(line -> line.get("level").textValue().equals("fault"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.get("check").textValue()).isEqualTo("folder: plugins");
              assertThat(line.get("remedy").textValue()).contains("--plugins");
            });
  }

  @Test
  void wrongSettingsAreAFaultAndDoNotKeepOtherChecksFromBeingMade() throws IOException {
    var file = home.resolve("longline.toml");
    Files.writeString(file, "workers = \"many\"\noutput = \"" + home.resolve("o") + "\"\n");
    assertThat(cli.run("doctor", "--config", file.toString())).isEqualTo(ExitCode.REFUSED);
    assertThat(cli.out()).contains("fault    settings ").contains("workers is \"many\"");
    assertThat(cli.out()).contains("folder: output");
    Files.writeString(file, "workers = [\n");
    assertThat(cli.run("doctor", "--config", file.toString())).isEqualTo(ExitCode.REFUSED);
    assertThat(cli.out()).contains("fault    settings ").contains("ok       java ");
    assertThat(cli.err()).isEmpty();
  }
}
