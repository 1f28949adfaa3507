package io.longline.host.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.configuration.ConfigurationPage;
import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings file, its precedence and its refusals, with a third-party plugin. */
class ConfigurationTest {

  /** A third-party hook that writes its settings to an output. */
  private static final String ASKS =
      """
      package test.plugin;
      import io.longline.api.*;
      import java.nio.file.Path;
      import java.time.Duration;
      import java.util.*;
      public class Asks implements LogHook {
        public enum Depth { SHALLOW, VERY_DEEP }
        public record Settings(
            @Setting(description = "Where to ask.", defaultValue = "https://a.example", pattern = "https?://.*") String url,
            @Setting(description = "How often.", defaultValue = "3", min = "1", max = "9") int times,
            @Setting(defaultValue = "10s", max = "5m") Duration patience,
            @Setting(defaultValue = "0.5", min = "0", max = "1") double share,
            @Setting(defaultValue = "shallow") Depth depth,
            @Setting(defaultValue = "a,b") List<String> lists,
            Optional<Path> cache,
            @Setting(description = "The key of the account.") Secret apiKey) {
          public Settings {
            if (times > 5 && depth == Depth.SHALLOW) {
              throw new IllegalArgumentException("times above 5 need depth = \\"very-deep\\".");
            }
          }
        }
        public Class<? extends Record> settings() { return Settings.class; }
        public int maxConcurrency() { return 2; }
        public void process(LogDirectory logs, HookContext context) throws Exception {
          var settings = context.settings(Settings.class);
          context.output("asked").lines().line(
              settings.url() + " " + settings.times() + " " + settings.patience() + " " + settings.share() + " "
                  + settings.depth() + " " + settings.lists() + " " + settings.cache().isPresent() + " "
                  + settings.apiKey() + " " + settings.apiKey().reveal().length());
          if (logs.name().startsWith("fail")) {
            context.warn("with " + settings.apiKey().reveal());
            context.logger().error("logged " + settings.apiKey().reveal());
            throw new IllegalStateException("refused the key " + settings.apiKey().reveal());
          }
        }
      }
      """;

  private static final String KEY = "kX9-very-secret";

  @TempDir Path home;

  private CliHarness cli;
  private Path file;
  private String logs;
  private String output;

  @BeforeEach
  void prepare() throws IOException {
    var jars = new PluginJars(Files.createDirectories(home.resolve("plugins-dir")));
    jars.jar("asks.jar").plugin("asks", "1.0.0").source(ASKS).index("test.plugin.Asks").build();
    file = home.resolve("longline.toml");
    logs = Files.createDirectories(home.resolve("logs")).toString();
    output = home.resolve("out").toString();
    SampleLogs.directory(Path.of(logs), "a");
    cli = new CliHarness(home).variable("ASKS_KEY", KEY);
  }

  private void write(String... lines) throws IOException {
    Files.write(file, Arrays.asList(lines));
  }

  private void writeOwn(String... lines) throws IOException {
    var all = new ArrayList<>(Arrays.asList("[plugins.asks.settings]"));
    all.addAll(Arrays.asList(lines));
    if (all.stream().noneMatch(line -> line.startsWith("api-key"))) {
      all.add("api-key = { env = \"ASKS_KEY\" }");
    }
    Files.write(file, all);
  }

  private int run(String... more) {
    var args =
        new ArrayList<>(Arrays.asList("run", "--config", file.toString(), "--output", output));
    args.addAll(Arrays.asList(more));
    args.add(logs);
    return cli.run(args.toArray(String[]::new));
  }

  /** The value and the source that {@code config} prints for a setting. */
  private String shown(String key, String... more) {
    var args = new ArrayList<>(Arrays.asList("config", "--config", file.toString()));
    args.addAll(Arrays.asList(more));
    cli.run(args.toArray(String[]::new));
    return cli.out()
        .lines()
        .filter(line -> line.startsWith(key + " "))
        .map(line -> line.substring(key.length()).strip().replaceAll(" {2,}", " | "))
        .findFirst()
        .orElse("nothing; " + cli.err());
  }

  @Test
  void flagsOverrideVariablesWhichOverrideTheFileWhichOverridesDefaults() throws IOException {
    write("# nothing yet", "[plugins.asks.settings]", "api-key = { env = \"ASKS_KEY\" }");
    assertThat(shown("max-attempts")).isEqualTo("3 | default");
    assertThat(shown("plugins.asks.max-attempts")).isEqualTo("3 | default (max-attempts)");
    assertThat(shown("plugins.asks.max-attempts", "--max-attempts", "7"))
        .isEqualTo("7 | default (max-attempts)");
    assertThat(shown("plugins.asks.timeout")).isEqualTo("10m | default (hook-timeout)");
    assertThat(shown("plugins.asks.max-concurrency"))
        .isEqualTo("2 | default (what the hook allows)");
    assertThat(shown("workers"))
        .isEqualTo(
            Runtime.getRuntime().availableProcessors() + " | default (the number of processors)");
    assertThat(shown("plugins-dir"))
        .isEqualTo(
            home.resolve("plugins-dir")
                + " | default (plugins in the installation, plugins-dir in a checkout)");
    assertThat(shown("hooks")).isEqualTo("- | default (all)");
    assertThat(shown("state", "--state", home + "/s")).isEqualTo(home + "/s | --state");
    write(
        "max-attempts = 4",
        "[plugins.asks.settings]",
        "times = 2",
        "api-key = { env = \"ASKS_KEY\" }");
    assertThat(shown("max-attempts")).isEqualTo("4 | " + file + ":1");
    assertThat(shown("plugins.asks.settings.times")).isEqualTo("2 | " + file + ":3");
    cli.variable("LONGLINE_MAX_ATTEMPTS", "5");
    cli.variable("LONGLINE_PLUGINS_ASKS_SETTINGS_TIMES", "4");
    assertThat(shown("max-attempts")).isEqualTo("5 | LONGLINE_MAX_ATTEMPTS");
    assertThat(shown("max-attempts", "--max-attempts", "6")).isEqualTo("6 | --max-attempts");
    assertThat(shown("max-attempts", "--set", "max-attempts=7"))
        .isEqualTo("7 | --set max-attempts");
    assertThat(run("--set", "plugins.asks.settings.times=5")).as(cli.err()).isZero();
    assertThat(home.resolve("out/asked.log"))
        .content()
        .startsWith("https://a.example 5 PT10S 0.5 SHALLOW [a, b] false (secret) ");
  }

  @Test
  void hostSettingsOfTheFileApply() throws IOException {
    write(
        "output = \"from-file\"",
        "workers = 1",
        "hooks = [\"asks\"]",
        "[plugins.asks]",
        "output-folder = \"mine\"",
        "max-concurrency = 1",
        "[plugins.asks.settings]",
        "cache = \"x\"",
        "api-key = { env = \"ASKS_KEY\" }");
    assertThat(cli.run("run", "--config", file.toString(), logs)).as(cli.err()).isZero();
    assertThat(home.resolve("from-file/mine/asked.log")).content().contains(" true (secret)");
    assertThat(home.resolve("from-file/asked.log")).doesNotExist();
  }

  @Test
  void theUsualPlacesAreSearched() throws IOException {
    writeOwn();
    Files.createDirectories(home.resolve("xdg/longline"));
    Files.writeString(home.resolve("xdg/longline/longline.toml"), "workers = 3\n");
    cli.variable("XDG_CONFIG_HOME", home.resolve("xdg").toString());
    assertThat(cli.run("config", "--json")).as("shown all the same").isEqualTo(2);
    assertThat(cli.out()).contains("\"setting\":\"workers\"");
    assertThat(cli.err()).contains("api-key is missing");
    cli.variable("LONGLINE_CONFIG", file.toString());
    assertThat(cli.run("config", "--json")).as(cli.err()).isZero();
    assertThat(cli.out()).contains("\"setting\":\"workers\"").doesNotContain("xdg");
  }

  @Test
  void unknownKeysAreRefusedWithTheNearestKnownOne() throws IOException {
    write("max-attemts = 4", "[watch]", "redy = \"close\"", "[plugins.asks]", "enable = true");
    assertThat(run()).isEqualTo(2);
    assertThat(cli.err())
        .contains(file + ":1: there is no setting max-attemts. Did you mean max-attempts?")
        .contains(file + ":3: there is no setting watch.redy. Did you mean watch.ready?")
        .contains(
            file + ":5: there is no setting enable that every plugin has. Did you mean enabled?");
    writeOwn("tims = 3");
    assertThat(run()).isEqualTo(2);
    assertThat(cli.err())
        .contains(file + ":2: the plugin asks has no setting tims. Did you mean times?");
    writeOwn();
    assertThat(run("--set", "plugins.asks.settings.tims=3")).isEqualTo(2);
    assertThat(cli.err()).contains("--set plugins.asks.settings.tims: there is no such setting");
    assertThat(run("--set", "wrkers=3")).isEqualTo(2);
    assertThat(cli.err()).contains("--set wrkers: there is no such setting");
  }

  @Test
  void wrongValuesAreRefusedWithTheValidOnes() throws IOException {
    write(
        "workers = \"four\"",
        "max-attempts = 0",
        "retry-delay = 5",
        "strict = \"yes\"",
        "hooks = \"asks\"",
        "ledger = \"mysql://u:hidden@h/d\"");
    assertThat(run()).isEqualTo(2);
    assertThat(cli.err())
        .contains(
            file + ":1: workers is \"four\"; write a whole number from 1 to 10000, without quotes.")
        .contains(file + ":2: max-attempts is \"0\"; write a whole number from 1 to 1000000.")
        .contains(file + ":3: retry-delay is \"5\"; write a number with ms, s, m, h or d")
        .contains(file + ":4: strict is \"yes\"; write true or false, without quotes.")
        .contains(file + ":5: hooks is \"asks\"; write a list")
        .contains("write jdbc:postgresql://HOST/DATABASE")
        .doesNotContain("hidden");
    assertThat(cli.run("run", "--workers", "0", logs)).isEqualTo(2);
    assertThat(cli.err()).contains("--workers is \"0\"; write a whole number from 1");
    cli.variable("LONGLINE_WORKERS", "x");
    assertThat(cli.run("run", logs)).isEqualTo(2);
    assertThat(cli.err()).contains("LONGLINE_WORKERS is \"x\"; write a whole number from 1");
  }

  @Test
  void thePluginsOwnSettingsAreCheckedBeforeAnyWork() throws IOException {
    writeOwn(
        "url = \"ftp://x\"",
        "times = 10",
        "patience = \"6m\"",
        "share = 1.5",
        "depth = \"deep\"",
        "lists = [1]",
        "api-key = \"" + KEY + "\"");
    assertThat(run()).isEqualTo(2);
    assertThat(cli.err())
        .contains(":2: url is \"ftp://x\"; write a string that matches https?://.*.")
        .contains(":3: times is \"10\"; write a whole number from 1 to 9.")
        .contains(
            ":4: patience is \"6m\"; write a number with ms, s, m, h or d, such as 30s from 0s to 5m.")
        .contains(":5: share is \"1.5\"; write a number from 0.0 to 1.0.")
        .contains(":6: depth is \"deep\"; write one of shallow, very-deep.")
        .contains(":7: lists is \"1\"; write a list")
        .contains(":8: api-key is a secret; write where the secret is, { env = \"NAME\" }")
        .doesNotContain(KEY);
    writeOwn("times = 7");
    assertThat(run()).isEqualTo(2);
    assertThat(cli.err())
        .contains("refused by the plugin: times above 5 need depth = \"very-deep\".");
    write("");
    assertThat(run()).isEqualTo(2);
    assertThat(cli.err()).contains("The setting api-key is missing; write it in [plugins.asks");
    assertThat(home.resolve("out")).doesNotExist();
  }

  @Test
  void secretsComeFromTheEnvironmentOrAFileAndAreNeverShown() throws IOException {
    SampleLogs.directory(Path.of(logs), "fail");
    Files.writeString(home.resolve("key"), KEY + "\n");
    writeOwn("api-key = { file = \"key\" }");
    assertThat(run("--max-attempts", "1", "--json")).isEqualTo(1);
    assertThat(cli.out()).contains("refused the key (secret)").doesNotContain(KEY);
    assertThat(cli.err()).doesNotContain(KEY);
    assertThat(home.resolve("out/asked.log")).content().contains("(secret) " + KEY.length());
    try (var files = Files.walk(home.resolve("out"))) {
      for (var each : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(each), ISO_8859_1))
            .as(each.toString())
            .doesNotContain(KEY);
      }
    }
    assertThat(home.resolve("out/warnings.jsonl"))
        .content()
        .contains("with (secret)")
        .contains("refused the key (secret)");
    writeOwn();
    assertThat(shown("plugins.asks.settings.api-key")).isEqualTo("(secret) | " + file + ":2");
    assertThat(cli.run("plugins", "asks", "--config", file.toString())).isZero();
    assertThat(cli.out()).contains("(secret)").contains("Where to ask.").doesNotContain(KEY);
    assertThat(run("--set", "plugins.asks.settings.api-key=" + KEY)).isEqualTo(2);
    assertThat(cli.err()).contains("everybody on this machine can see it").doesNotContain(KEY);
    writeOwn("api-key = { env = \"NOT_SET\" }");
    assertThat(run()).isEqualTo(2);
    assertThat(cli.err()).contains("the environment variable NOT_SET is not set");
    writeOwn("api-key = { file = \"gone\" }");
    assertThat(run()).isEqualTo(2);
    assertThat(cli.err()).contains("the file gone does not exist");
    writeOwn("api-key = { env = \"ASKS_KEY\", file = \"key\" }", "depth = { vault = \"x\" }");
    assertThat(run()).isEqualTo(2);
    assertThat(cli.err())
        .contains("api-key is a secret; write where it is, with one of the two")
        .doesNotContain("missing");
    writeOwn("api-key = { env = \"pasted-into-the-wrong-place!\" }");
    assertThat(run()).isEqualTo(2);
    assertThat(cli.err())
        .contains("the environment variable that it names is not set")
        .doesNotContain("pasted");
    Files.writeString(home.resolve("key"), "ab");
    writeOwn("api-key = { file = \"key\" }");
    assertThat(run()).isEqualTo(2);
    assertThat(cli.err()).contains("fewer than 4 characters");
  }

  @Test
  void aSecretIsNotShownInAnyFormWhenTheRecordRefusesIt() throws IOException {
    var jars = new PluginJars(home.resolve("plugins-dir"));
    jars.jar("refuses.jar")
        .plugin("refuses", "1.0.0")
        .source(
            """
            package test.plugin;
            import io.longline.api.*;
            public class Refuses implements LogHook {
              public record Settings(@Setting(defaultValue = "true") boolean strict, Secret apiKey) {
                public Settings {
                  if (strict) throw new IllegalArgumentException("not of ours: " + apiKey.reveal());
                }
              }
              public Class<? extends Record> settings() { return Settings.class; }
              public void process(LogDirectory logs, HookContext context) {
                var key = context.settings(Settings.class).apiKey().reveal();
                throw new IllegalStateException(
                    "x".repeat(3_990)
                        + java.net.URLEncoder.encode(key, java.nio.charset.StandardCharsets.UTF_8)
                        + java.util.Base64.getEncoder().encodeToString(key.getBytes()));
              }
            }
            """)
        .index("test.plugin.Refuses")
        .build();
    var key = "a/b+c very secret";
    cli.variable("REFUSED_KEY", key);
    var own = "api-key = { env = \"ASKS_KEY\" }";
    var refused = "api-key = { env = \"REFUSED_KEY\" }";
    write("[plugins.asks.settings]", own, "[plugins.refuses.settings]", refused);
    assertThat(run()).isEqualTo(2);
    assertThat(cli.err()).contains("refused by the plugin: not of ours: (secret)");
    assertThat(cli.run("config", "check", file.toString())).isEqualTo(1);
    assertThat(cli.err()).doesNotContain(key);
    write("[plugins.asks.settings]", own, "[plugins.refuses.settings]", "strict = false", refused);
    assertThat(run("--max-attempts", "1")).isEqualTo(1);
    assertThat(cli.out() + cli.err() + Files.readString(home.resolve("out/warnings.jsonl")))
        .doesNotContain("very")
        .doesNotContain("a%2Fb")
        .doesNotContain("YS9iK2");
  }

  @Test
  void settingsOfAPluginThatIsNotCalledMayBeMissing() throws IOException {
    var jars = new PluginJars(home.resolve("plugins-dir"));
    jars.jar("good.jar")
        .plugin("good", "1.0.0")
        .source(PluginJars.goodHook("Good"))
        .index("test.plugin.Good")
        .build();
    write("[plugins.asks]", "enabled = false");
    assertThat(run()).as(cli.err()).isZero();
    write("");
    assertThat(run("--without", "asks")).as(cli.err()).isZero();
    assertThat(run("--hooks", "")).isEqualTo(2);
    assertThat(cli.err()).contains("is a shell variable unset?\n");
    assertThat(cli.run("run", "--set", "lease=zz", logs)).isEqualTo(2);
    assertThat(cli.err()).contains("--set lease is \"zz\"");
  }

  @Test
  void aDisabledPluginsExitHookDoesNotRunAndItsBatchesWait() throws IOException {
    writeOwn();
    var state = home.resolve("out/.longline").toString();
    assertThat(run()).isZero();
    assertThat(cli.run("plugins", "disable", "--state", state, "asks")).isZero();
    SampleLogs.directory(Path.of(logs), "b");
    assertThat(run()).as(cli.err()).isZero();
    assertThat(cli.run("status", "--state", state, logs + "/b")).isZero();
    assertThat(cli.out()).contains("waits for a host that has a hook");
    assertThat(cli.run("plugins", "enable", "--state", state, "asks")).isZero();
    assertThat(run()).as(cli.err()).isZero();
    assertThat(Files.readAllLines(home.resolve("out/asked.log"))).hasSize(2);
  }

  @Test
  void checkValidatesAFile() throws IOException {
    writeOwn();
    assertThat(cli.run("config", "check", file.toString())).as(cli.err()).isZero();
    assertThat(cli.out()).contains("has no problems");
    write(
        "workers = 0", "[[watch.roots]]", "ready = \"closed\"", "[plugins.ask]", "enabled = true");
    assertThat(cli.run("config", "check", file.toString())).isEqualTo(1);
    assertThat(cli.err())
        .contains(":1: workers is \"0\"")
        .contains(":3: ready is \"closed\"; write quiet:60s, close, or marker:NAME")
        .contains("this table [[watch.roots]] has no path")
        .contains("api-key is missing")
        .doesNotContain("there is no plugin asks");
    write(
        "[plugins.ask]",
        "enabled = true",
        "[plugins.asks.settings]",
        "api-key = { env = \"ASKS_KEY\" }");
    assertThat(cli.run("config", "check", file.toString())).isEqualTo(1);
    assertThat(cli.err())
        .contains(
            file + ":1: there is no plugin ask; its section has no effect. Did you mean asks?");
    write(
        "extracted = \"nowhere\"",
        "hooks = [\"nobody\"]",
        "[plugins.asks]",
        "isolation = \"proces\"",
        "times = 3",
        "[plugins.asks.settings]",
        "api-key = { env = \"LONGLINE_OWN_KEY\" }",
        "[[watch.roots]]",
        "path = \"nowhere\"");
    assertThat(cli.run("config", "check", file.toString())).isEqualTo(1);
    assertThat(cli.err())
        .contains("A setting that a plugin declares itself goes into [plugins.ID.settings]");
    Files.writeString(file, "\uFEFF" + Files.readString(file).replace("times = 3", ""));
    assertThat(cli.run("config", "check", file.toString())).isEqualTo(1);
    assertThat(cli.err())
        .contains(":1: there is no folder " + home.resolve("nowhere"))
        .contains("hooks: there is no hook or plugin nobody")
        .contains("isolation is \"proces\"")
        .contains(":9: there is no folder " + home.resolve("nowhere"))
        .contains("the environment variable LONGLINE_OWN_KEY is not set here");
    write("[watch]", "output = \"x\"", "roots = [\"a\"]");
    assertThat(cli.run("config", "check", file.toString())).isEqualTo(1);
    assertThat(cli.err())
        .contains("watch.output. It goes above the first [section].")
        .contains("write a table [[watch.roots]] for each");
    Files.write(file, "output = \"\u00e9\"".getBytes(ISO_8859_1));
    assertThat(cli.run("config", "check", file.toString())).isEqualTo(1);
    assertThat(cli.err()).contains("is not in UTF-8");
    write("workers = ", "x");
    assertThat(cli.run("config", "check", file.toString())).isEqualTo(1);
    assertThat(cli.err()).contains(file + ":1: ");
    assertThat(cli.run("config", "check", home.resolve("gone.toml").toString())).isEqualTo(1);
    assertThat(cli.err()).contains("There is no settings file");
  }

  @Test
  void callsOfAPluginThatIsNotEnabledWait() throws IOException {
    var jars = new PluginJars(home.resolve("plugins-dir"));
    jars.jar("good.jar")
        .plugin("good", "1.0.0")
        .source(PluginJars.goodHook("Good"))
        .index("test.plugin.Good")
        .build();
    write(
        "[plugins.asks]",
        "enabled = false",
        "[plugins.asks.settings]",
        "api-key = { env = \"ASKS_KEY\" }");
    assertThat(run()).as(cli.err()).isZero();
    assertThat(home.resolve("out/asked.log")).doesNotExist();
    assertThat(home.resolve("out/seen.log")).hasContent("a");
    writeOwn();
    assertThat(run()).as(cli.err()).isZero();
    assertThat(home.resolve("out/asked.log")).exists();
    assertThat(home.resolve("out/seen.log")).hasContent("a");
  }

  @Test
  void disablingKeepsOwedCalls() throws IOException {
    writeOwn();
    var state = home.resolve("out/.longline").toString();
    assertThat(run()).isZero();
    assertThat(cli.run("plugins", "disable", "--state", state, "nobody")).isEqualTo(2);
    assertThat(cli.err()).contains("There are: asks.");
    SampleLogs.directory(Path.of(logs), "b");
    assertThat(cli.run("enqueue", "--state", state, logs)).isZero();
    assertThat(cli.run("plugins", "disable", "--state", state, "asks")).isZero();
    SampleLogs.directory(Path.of(logs), "c");
    assertThat(run()).as(cli.err()).isZero();
    assertThat(Files.readAllLines(home.resolve("out/asked.log"))).as("only a").hasSize(1);
    assertThat(cli.run("status", "--state", state)).isZero();
    assertThat(cli.out()).contains("disabled").contains("2 waiting for hooks that no host calls");
    assertThat(cli.run("plugins", "enable", "--state", state, "asks")).isZero();
    assertThat(run()).as(cli.err()).isZero();
    assertThat(Files.readAllLines(home.resolve("out/asked.log")))
        .as("b was owed before; run owes c too, since the hook is new to it")
        .hasSize(3);
  }

  @Test
  void invalidSettingDeclarationsKeepTheHookFromLoading() throws IOException {
    var jars = new PluginJars(home.resolve("plugins-dir"));
    jars.jar("odd.jar")
        .plugin("odd", "1.0.0")
        .source(
            """
            package test.plugin;
            import io.longline.api.*;
            public class Odd implements LogHook {
              public record Settings(@Setting(defaultValue = "x") int number) {}
              public Class<? extends Record> settings() { return Settings.class; }
              public void process(LogDirectory logs, HookContext context) {}
            }
            """)
        .index("test.plugin.Odd")
        .build();
    assertThat(cli.run("plugins")).isEqualTo(1);
    assertThat(cli.out())
        .contains("BAD_SETTINGS")
        .contains("The component number is wrong: its default does not fit");
  }

  @Test
  void theDocumentationPageMatchesTheDeclarations() throws IOException {
    var page = Path.of("../docs/configuration.md");
    assertThat(page)
        .as("generate it again with: ./longline config --markdown > docs/configuration.md")
        .hasContent(ConfigurationPage.text());
  }

  @Test
  void mistakesInVariablesAndPathsAreReported() throws IOException {
    writeOwn();
    cli.variable("LONGLINE_WORKRS", "9");
    cli.variable("LONGLINE_PLUGINS_ASKS_SETTINGS_TIMS", "4");
    assertThat(cli.run("config", "--config", file.toString())).isZero();
    assertThat(cli.err())
        .contains("LONGLINE_WORKRS is not a setting. Did you mean LONGLINE_WORKERS?")
        .contains("Did you mean LONGLINE_PLUGINS_ASKS_SETTINGS_TIMES?");
    write("extracted = \"~/out\"");
    assertThat(run()).isEqualTo(2);
    assertThat(cli.err())
        .contains(":1: extracted is \"~/out\"; write the whole path, since only shells know ~");
  }

  @Test
  void aPasswordOnTheCommandLineIsWarnedOf() {
    var url = "jdbc:postgresql://127.0.0.1:1/d?user=u&password=hunter2";
    cli.run("status", "--ledger", url);
    assertThat(cli.err())
        .contains("--ledger has a password, which every user of this machine can see")
        .contains("--ledger-password-file")
        .doesNotContain("hunter2");
    cli.variable("LONGLINE_LEDGER", url).run("status");
    assertThat(cli.err()).doesNotContain("on the command line").doesNotContain("hunter2");
  }

  @Test
  void theProcessOfAPluginGetsNoVariablesThatItDoesNotNeed() throws Exception {
    var jars = new PluginJars(home.resolve("plugins-dir"));
    Files.delete(home.resolve("plugins-dir/asks.jar"));
    jars.jar("env.jar")
        .plugin("env", "1.0.0")
        .source(
            """
            package test.plugin;
            import io.longline.api.*;
            public class Env implements LogHook {
              public void process(LogDirectory logs, HookContext context) throws Exception {
                for (var name : System.getenv().keySet()) {
                  context.output("names").lines().line(name);
                }
              }
            }
            """)
        .index("test.plugin.Env")
        .build();
    write("isolate = [\"env\"]");
    assertThat(run()).as(cli.err()).isZero();
    var names = Files.readAllLines(home.resolve("out/names.log"));
    assertThat(names).contains("PATH");
    assertThat(names).allMatch(name -> name.matches("[A-Z_]+"));
    var others =
        System.getenv().keySet().stream()
            .filter(name -> name.matches("(MAVEN|GIT|CI|CLAUDE|SSH|SUDO|DEBIAN|QT)_?.*"))
            .toList();
    assertThat(names).doesNotContainAnyElementsOf(others.isEmpty() ? List.of("none") : others);
  }
}
