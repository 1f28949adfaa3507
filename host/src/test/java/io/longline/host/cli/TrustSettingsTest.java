package io.longline.host.cli;

import static io.longline.host.testing.PluginJars.goodHook;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings in the section that also has the sections of plugins. */
class TrustSettingsTest {

  @TempDir Path home;

  private CliHarness cli;
  private Path file;

  @BeforeEach
  void prepare() throws IOException {
    cli = new CliHarness(home);
    file = home.resolve("longline.toml");
    jar("good");
  }

  private void jar(String id) throws IOException {
    new PluginJars(Files.createDirectories(home.resolve("plugins-dir")))
        .jar(id + ".jar")
        .plugin(id, "1.0.0")
        .source(goodHook("Good"))
        .index("test.plugin.Good")
        .build();
  }

  private int with(String text, String... args) throws IOException {
    Files.writeString(file, text);
    cli.variable("LONGLINE_CONFIG", file.toString());
    return cli.run(args);
  }

  @Test
  void theFileSaysItBesideTheSectionsOfPlugins() throws IOException {
    SigningKey.withId(0xA7).writeTo(home.resolve("keys"), "site.pub");
    var text =
        """
        [plugins]
        trust = "signed"
        keys = "keys"
        index = ["site"]

        [plugins.good]
        max-attempts = 2
        """;
    assertThat(with(text, "plugins")).isEqualTo(1);
    assertThat(cli.out()).contains("NOT_SIGNED", "plugins.trust is signed");
    assertThat(with(text, "config")).as(cli.err()).isZero();
    assertThat(cli.out().replaceAll(" +", " "))
        .contains("plugins.trust signed", "plugins.keys " + home.resolve("keys"))
        .contains("plugins.index site ");
    assertThat(cli.err()).doesNotContain("no plugin trust", "no plugin keys");
    assertThat(with(text, "plugins", "search")).isEqualTo(3);
    assertThat(cli.err()).contains("There is no index in " + home.resolve("site") + ":");
  }

  @Test
  void variablesAndSetSayItToo() {
    cli.variable("LONGLINE_PLUGINS_TRUST", "pinned");
    assertThat(cli.run("plugins")).isEqualTo(1);
    assertThat(cli.out()).contains("NOT_PINNED");
    assertThat(cli.err()).isEmpty();
    assertThat(cli.run("plugins", "--set", "plugins.trust=any")).as(cli.err()).isZero();
    assertThat(cli.run("config", "--set", "plugins.trust=any")).as(cli.err()).isZero();
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void mistakesAreReportedWithTheirLine() throws IOException {
    assertThat(with("[plugins.trust]\nenabled = true\n", "plugins")).isEqualTo(2);
    assertThat(cli.err())
        .contains(file + ":2: plugins.trust is a setting of the host, and no plugin has this id");
    assertThat(with("[plugins]\ntrsut = \"any\"\n", "plugins")).isEqualTo(2);
    assertThat(cli.err()).contains("trsut is not a section", "Did you mean plugins.trust?");
    assertThat(with("[plugins]\ntrust = \"all\"\n", "plugins")).isEqualTo(2);
    assertThat(cli.err()).contains("write one of any, pinned, signed");
    assertThat(with("[plugins]\nindex = \"site\"\n", "plugins", "search")).isEqualTo(2);
    assertThat(cli.err()).contains("write a list of folders and https addresses");
  }

  /** Else its section would be a setting. */
  @Test
  void noPluginHasTheNameOfASetting() throws IOException {
    jar("Trust");
    assertThat(cli.run("plugins")).isEqualTo(1);
    assertThat(cli.out())
        .contains("BAD_MANIFEST", "\"Trust\" cannot be used: plugins.trust is a setting");
  }
}
