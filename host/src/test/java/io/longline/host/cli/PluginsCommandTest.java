package io.longline.host.cli;

import static io.longline.host.testing.PluginJars.goodHook;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  void printsProblemsAndRemedies() throws IOException {
    Files.write(home.resolve("plugins-dir/empty.jar"), new byte[0]);
    assertThat(cli.run("plugins")).isEqualTo(1);
    assertThat(cli.out())
        .contains("empty.jar  empty.jar  -        failed  -")
        .contains("empty.jar: NOT_A_JAR")
        .contains("The file is not a readable jar: it is empty.")
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
  void reportsAnEmptyFolder() throws IOException {
    Files.delete(home.resolve("plugins-dir/good.jar"));
    assertThat(cli.run("plugins")).isZero();
    assertThat(cli.out()).contains("There is no plugin in");
  }

  @Test
  void aMissingFolderExitsWith3() {
    assertThat(cli.run("plugins", "--plugins", home + "/gone")).isEqualTo(3);
    assertThat(cli.err()).contains("There is no plugins folder");
  }

  private Path elsewhere(String name, String source, String className) throws IOException {
    return new PluginJars(Files.createDirectories(home.resolve("elsewhere")))
        .jar(name)
        .plugin("good", "2.0.0")
        .source(source)
        .index("test.plugin." + className)
        .build();
  }

  @Test
  void verifyRunsNothing() throws IOException {
    var jar =
        elsewhere(
            "runs.jar",
            goodHook("Runs")
                .replace(
                    "public class Runs implements LogHook {",
                    "public class Runs implements LogHook { static { if (true) throw new Error(\"it runs\"); }"),
            "Runs");
    assertThat(cli.run("plugins", "verify", jar.toString())).as(cli.err()).isZero();
    assertThat(cli.out()).contains("good 2.0.0: good");
  }

  @Test
  void verifyReportsProblemsBeforehand() throws IOException {
    var bad =
        new PluginJars(Files.createDirectories(home.resolve("elsewhere")))
            .jar("bad.jar")
            .plugin("bad", "1.0.0")
            .manifest("Plugin-Requires", ">=99.0.0")
            .source(
                "package test.plugin; import io.longline.api.*; public class Exits implements LogHook { public void process(LogDirectory logs, HookContext context) { System.exit(1); } }")
            .source("package test.plugin; public class Plain { }")
            .services("LogHook", "test.plugin.Plain", "test.plugin.Gone")
            .build();
    assertThat(cli.run("plugins", "verify", "--json", bad.toString())).isEqualTo(1);
    assertThat(cli.jsonLines().get(0).get("findings").findValuesAsText("code"))
        .containsExactlyInAnyOrder(
            "REQUIRES_OTHER_API", "NOT_A_HOOK", "CLASS_MISSING", "HOOK_NOT_DECLARED", "CALLS_EXIT");
    var future =
        new PluginJars(home.resolve("elsewhere"))
            .jar("future.jar")
            .plugin("future", "1.0.0")
            .source(goodHook("Future"))
            .index("test.plugin.Future")
            .buildForJava(99);
    assertThat(cli.run("plugins", "verify", future.toString())).isEqualTo(1);
    assertThat(cli.out()).contains("JAVA_TOO_OLD: test.plugin.Future was compiled for Java 99");
    var text = Files.writeString(home.resolve("text.jar"), "no jar");
    assertThat(cli.run("plugins", "verify", text.toString(), bad.toString())).isEqualTo(1);
    assertThat(cli.out()).contains("NOT_A_JAR", "CALLS_EXIT (a note)");
  }

  @Test
  void installVerifiesAndKeepsWhatItReplaces() throws IOException {
    var folder = home.resolve("plugins-dir");
    var old = Files.readAllBytes(folder.resolve("good.jar"));
    var bad = Files.writeString(home.resolve("bad.jar"), "no jar");
    assertThat(cli.run("plugins", "install", bad.toString())).isEqualTo(1);
    assertThat(folder).isDirectoryNotContaining("glob:**bad*");

    var jar = elsewhere("newer-2.jar", goodHook("Newer"), "Newer");
    assertThat(cli.run("plugins", "install", jar.toString())).as(cli.err()).isZero();
    assertThat(cli.out()).contains("Installed " + folder.resolve("good-2.0.0.jar"));
    assertThat(folder.resolve("good-2.0.0.jar")).hasSameBinaryContentAs(jar);
    assertThat(folder.resolve("good.jar")).doesNotExist();
    assertThat(folder.resolve("good.jar.previous")).hasBinaryContent(old);
    assertThat(cli.run("plugins")).isZero();
    assertThat(cli.out()).contains("good-2.0.0.jar  good  2.0.0");

    new PluginJars(folder)
        .jar("third-1.0.0.jar")
        .plugin("other", "1.0.0")
        .source(goodHook("Other"))
        .index("test.plugin.Other")
        .build();
    var third =
        new PluginJars(home.resolve("elsewhere"))
            .jar("third.jar")
            .plugin("third", "1.0.0")
            .source(goodHook("Third"))
            .index("test.plugin.Third")
            .build();
    assertThat(cli.run("plugins", "install", third.toString())).isEqualTo(3);
    assertThat(cli.err()).contains("third-1.0.0.jar exists and contains another plugin");

    assertThat(cli.run("plugins", "remove", "good")).isZero();
    assertThat(folder.resolve("good-2.0.0.jar")).doesNotExist();
    assertThat(folder.resolve("good-2.0.0.jar.previous")).hasSameBinaryContentAs(jar);
    assertThat(cli.run("plugins", "remove", "good")).isEqualTo(2);
  }

  @Test
  void aDowngradeIsInstalledAndReported() throws IOException {
    var folder = home.resolve("plugins-dir");
    var newer = elsewhere("newer.jar", goodHook("Newer"), "Newer");
    assertThat(cli.run("plugins", "install", newer.toString())).isZero();
    assertThat(cli.out()).doesNotContain("downgrade");
    var older = folder.resolve("good.jar.previous");
    var jar = Files.copy(older, home.resolve("elsewhere/older.jar"));
    assertThat(cli.run("plugins", "install", jar.toString())).isZero();
    assertThat(cli.out())
        .contains(
            "This is a downgrade: version 1.2.3 of good takes the place of 2.0.0, which is newer.");
    assertThat(folder.resolve("good-1.2.3.jar")).hasSameBinaryContentAs(jar);
    assertThat(folder.resolve("good-2.0.0.jar")).doesNotExist();
    assertThat(cli.run("plugins", "install", "--json", newer.toString())).isZero();
    var upgrade = cli.jsonLines().get(0);
    assertThat(upgrade.get("downgrade").asBoolean()).isFalse();
    assertThat(upgrade.get("installed").asText()).isEqualTo(folder + "/good-2.0.0.jar");
    assertThat(cli.run("plugins", "install", "--json", jar.toString())).isZero();
    var downgrade = cli.jsonLines().get(0);
    assertThat(downgrade.get("downgrade").asBoolean()).isTrue();
    assertThat(downgrade.get("version").asText()).isEqualTo("1.2.3");
    assertThat(downgrade.get("replaced").get(0).get("version").asText()).isEqualTo("2.0.0");
  }

  @Test
  void theOldJarIsRemovedAfterTheNewOneIsThere() throws IOException {
    var folder = home.resolve("plugins-dir");
    var inTheWay = Files.createDirectories(folder.resolve("good.jar.previous/in-the-way"));
    var jar = elsewhere("newer.jar", goodHook("Newer"), "Newer");
    assertThat(cli.run("plugins", "install", jar.toString())).isEqualTo(3);
    assertThat(folder.resolve("good.jar")).exists();
    assertThat(folder.resolve("good-2.0.0.jar")).exists();
    assertThat(cli.run("plugins")).as("the newer one is loaded").isZero();
    assertThat(cli.out())
        .containsPattern("good-2.0.0.jar +good +2.0.0 +loaded")
        .containsPattern("good.jar +good +1.2.3 +passed over")
        .contains("PASSED_OVER")
        .contains("Version 1.2.3 of good is passed over, since good-2.0.0.jar has version 2.0.0.");
    assertThat(cli.run("plugins", "good")).isZero();
    assertThat(cli.out()).startsWith("good 2.0.0 (" + folder.resolve("good-2.0.0.jar"));
    Files.delete(inTheWay);
    assertThat(cli.run("plugins", "install", jar.toString())).isZero();
    assertThat(folder.resolve("good.jar")).doesNotExist();
  }

  @Test
  void aJarWithoutAVersionIsNotInstalled() throws IOException {
    var bare =
        new PluginJars(home.resolve("elsewhere")).jar("good.jar").manifest("Plugin-Id", "good");
    var jar = bare.source(goodHook("Good")).index("test.plugin.Good").build();
    for (var force : List.of(false, true)) {
      var args = new ArrayList<>(List.of("plugins", "install", jar.toString()));
      if (force) {
        args.add("--force");
      }
      assertThat(cli.run(args.toArray(String[]::new))).isEqualTo(1);
      assertThat(cli.out()).contains("NO_VERSION", "Plugin-Version: 1.0.0", "good-1.0.0.jar");
    }
    assertThat(cli.run("plugins", "verify", jar.toString())).isEqualTo(1);
    assertThat(cli.run("plugins", "install", "--json", jar.toString())).isEqualTo(1);
    assertThat(cli.jsonLines().get(0).get("installed").isNull()).isTrue();
    assertThat(cli.run("plugins")).isZero();
    assertThat(cli.out()).contains("good.jar  good  1.2.3");
  }

  @Test
  void installingReplacesABrokenJarOfTheSameNameButNotAnotherPlugin() throws IOException {
    var jar = elsewhere("new.jar", goodHook("Good"), "Good");
    var target = home.resolve("plugins-dir/good-2.0.0.jar");
    Files.writeString(target, "cut off");
    assertThat(cli.run("plugins", "install", jar.toString())).as(cli.err()).isZero();
    assertThat(cli.out()).contains("is kept as " + target + ".previous");
    assertThat(target).hasSameBinaryContentAs(jar);
    assertThat(Path.of(target + ".previous")).hasContent("cut off");

    new PluginJars(target.getParent())
        .jar("good-2.0.0.jar")
        .plugin("other", "1")
        .source(goodHook("Good"))
        .index("test.plugin.Good")
        .build();
    assertThat(cli.run("plugins", "install", jar.toString())).isEqualTo(3);
    assertThat(cli.err()).contains("contains another plugin, other; rename or remove that file");
  }

  @Test
  void oneReplacedJarOfAPluginIsKept() throws IOException {
    var folder = home.resolve("plugins-dir");
    Files.writeString(folder.resolve("other-1.0.0.jar.previous"), "not ours");
    for (var version : List.of("2.0.0", "3.0.0", "4.0.0")) {
      var jar =
          new PluginJars(Files.createDirectories(home.resolve("elsewhere")))
              .jar("new.jar")
              .plugin("good", version)
              .source(goodHook("Good"))
              .index("test.plugin.Good")
              .build();
      assertThat(cli.run("plugins", "install", jar.toString())).as(cli.err()).isZero();
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "good-4.0.0.jar",
              "good-3.0.0.jar.previous",
              "other-1.0.0.jar.previous",
              "plugins.lock",
              ".plugins.lock.guard");
    }
  }

  @Test
  void idsThatDifferByCaseAreOne() throws IOException {
    new PluginJars(home.resolve("plugins-dir"))
        .jar("Good-2.jar")
        .plugin("Good", "2.0.0")
        .source(goodHook("Good"))
        .index("test.plugin.Good")
        .build();
    assertThat(cli.run("plugins")).isZero();
    assertThat(cli.out().replaceAll(" +", " "))
        .contains("Good-2.jar Good 2.0.0 loaded", "good.jar good 1.2.3 passed over")
        .contains("Version 1.2.3 of good is passed over, since Good-2.jar has version 2.0.0.");
    var jar = elsewhere("new.jar", goodHook("Good"), "Good");
    assertThat(cli.run("plugins", "install", jar.toString())).as(cli.err()).isZero();
    assertThat(home.resolve("plugins-dir/Good-2.jar")).doesNotExist();
  }

  @Test
  void hiddenFilesAreNoPlugins() throws IOException {
    Files.write(home.resolve("plugins-dir/.hidden.jar"), new byte[0]);
    Files.write(home.resolve("plugins-dir/._good.jar"), new byte[100]);
    assertThat(cli.run("plugins")).isZero();
    assertThat(cli.out()).doesNotContain("hidden", "._");
  }
}
