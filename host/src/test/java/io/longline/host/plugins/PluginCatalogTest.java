package io.longline.host.plugins;

import static io.longline.host.testing.PluginJars.goodHook;
import static io.longline.host.testing.PluginJars.logHook;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.Hook;
import io.longline.api.HookContext;
import io.longline.api.LogDirectory;
import io.longline.api.LogHook;
import io.longline.api.Site;
import io.longline.host.plugins.PluginProblem.Code;
import io.longline.host.testing.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pf4j.ExtensionPoint;
import org.slf4j.Logger;

/**
 * What bad jars do: each case has a bad jar beside a good one, and the good one must load. The
 * cases are those that were seen to do harm to stock pf4j 3.15.0 (docs/plugin-problems.md).
 */
class PluginCatalogTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String GOOD_ID = "good/Good";

  @TempDir Path folder;

  private PluginJars jars;
  private PluginCatalog catalog;

  @BeforeEach
  void buildTheGoodOne() throws IOException {
    jars = new PluginJars(folder);
    jars.jar("good.jar")
        .plugin("good", "1.0.0")
        .source(goodHook("Good"))
        .index("test.plugin.Good")
        .build();
  }

  @AfterEach
  void close() {
    if (catalog != null) {
      catalog.close();
    }
  }

  private void load() throws IOException {
    catalog = PluginCatalog.load(folder, LIMIT);
  }

  private List<String> hookIds() {
    return catalog.hooks().stream().map(InstalledHook::id).toList();
  }

  /** Loads, and expects the good plugin to be there and one problem with the other. */
  private PluginProblem loadWithOneProblem(Code code) throws IOException {
    load();
    assertThat(hookIds()).contains(GOOD_ID);
    assertThat(catalog.problems()).extracting(PluginProblem::code).containsExactly(code);
    var problem = catalog.problems().get(0);
    assertThat(problem.sentence()).endsWith(".").doesNotContain("\n");
    assertThat(problem.remedy()).endsWith(".").doesNotContain("\n");
    return problem;
  }

  private InstalledPlugin plugin(String fileName) {
    return catalog.plugins().stream()
        .filter(plugin -> plugin.file().endsWith(fileName))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void loadsAHookOfTheIndex() throws IOException {
    load();
    assertThat(catalog.problems()).isEmpty();
    var hook = catalog.hooks().get(0);
    assertThat(hook.id()).isEqualTo(GOOD_ID);
    assertThat(hook.pluginVersion()).isEqualTo("1.0.0");
    assertThat(hook.sites()).containsExactly(Site.HOOK);
    assertThat(hook.maxConcurrency()).isEqualTo(1);
  }

  @Test
  void loadsAHookOfAServicesFile() throws IOException {
    jars.jar("served.jar")
        .plugin("served", "2.0")
        .source(goodHook("Served"))
        .services("LogHook", "# a comment", "test.plugin.Served  # and another")
        .build();
    load();
    assertThat(catalog.problems()).isEmpty();
    assertThat(hookIds()).containsExactly(GOOD_ID, "served/Served");
  }

  @Test
  void loadsAJarWithoutAManifestByItsFileName() throws IOException {
    jars.jar("plain-hook-1.2.3.jar")
        .source(goodHook("Plain"))
        .services("LogHook", "test.plugin.Plain")
        .build();
    load();
    assertThat(catalog.problems()).isEmpty();
    assertThat(hookIds()).contains("plain-hook/Plain");
    assertThat(plugin("plain-hook-1.2.3.jar").version()).isEqualTo("1.2.3");
  }

  @Test
  void makesAHookNamedByBothOnceAndWithAllItsSites() throws IOException {
    jars.jar("both.jar")
        .plugin("both", "1.0.0")
        .source(
            """
            package test.plugin;
            import io.longline.api.*;
            public class Both implements LogHook, ExitHook {
              public void process(LogDirectory logs, HookContext context) {}
              public void exit(HookContext context) {}
              public String name() { return "both-sites"; }
              public int maxConcurrency() { return 4; }
            }
            """)
        .index("test.plugin.Both")
        .services("LogHook", "test.plugin.Both")
        .services("ExitHook", "test.plugin.Both")
        .build();
    load();
    assertThat(catalog.problems()).isEmpty();
    assertThat(hookIds()).containsExactly("both/both-sites", GOOD_ID);
    assertThat(catalog.hooks().get(0).sites()).containsExactlyInAnyOrder(Site.HOOK, Site.EXIT);
    assertThat(catalog.hooks().get(0).maxConcurrency()).isEqualTo(4);
  }

  @Test
  void aTextFileNamedJarIsNoJar() throws IOException {
    Files.writeString(folder.resolve("text.jar"), "this is no jar");
    assertThat(loadWithOneProblem(Code.NOT_A_JAR).plugin()).isEqualTo("text.jar");
  }

  @Test
  void anEmptyFileIsNoJar() throws IOException {
    Files.write(folder.resolve("empty.jar"), new byte[0]);
    assertThat(loadWithOneProblem(Code.NOT_A_JAR).sentence()).contains("it is empty");
  }

  @Test
  void aTruncatedJarIsNoJar() throws IOException {
    var whole = Files.readAllBytes(folder.resolve("good.jar"));
    Files.write(folder.resolve("cut.jar"), Arrays.copyOf(whole, whole.length / 2));
    loadWithOneProblem(Code.NOT_A_JAR);
  }

  @Test
  void aJarThatDeclaresNothingIsNoPlugin() throws IOException {
    jars.jar("library.jar").source("package test.library; public class Library {}").build();
    assertThat(loadWithOneProblem(Code.NOT_A_PLUGIN).remedy())
        .contains("META-INF/services/io.longline.api.LogHook")
        .contains("@Extension");
  }

  @Test
  void aPluginWithoutHooksSaysSo() throws IOException {
    jars.jar("none.jar").plugin("none", "1.0.0").build();
    loadWithOneProblem(Code.NO_HOOK);
    assertThat(plugin("none.jar").state()).isEqualTo(InstalledPlugin.State.FAILED);
  }

  @Test
  void aClassForANewerJavaNamesBothVersions() throws IOException {
    jars.jar("newer.jar")
        .plugin("newer", "1.0.0")
        .source(goodHook("Newer"))
        .index("test.plugin.Newer")
        .buildForJava(99);
    assertThat(loadWithOneProblem(Code.JAVA_TOO_OLD).sentence())
        .isEqualTo(
            "test.plugin.Newer was compiled for Java 99; this is Java %d."
                .formatted(Runtime.version().feature()));
  }

  /** The plugin loads, and one hook of it does not. */
  private void aBadClassCostsOnlyItself(String badClass, Code code, String inSentence)
      throws IOException {
    jars.jar("mixed.jar")
        .plugin("mixed", "1.0.0")
        .source(badClass)
        .source(goodHook("Fine"))
        .index("test.plugin.Bad", "test.plugin.Fine")
        .build();
    assertThat(loadWithOneProblem(code).sentence())
        .contains("test.plugin.Bad")
        .contains(inSentence);
    assertThat(hookIds()).containsExactly(GOOD_ID, "mixed/Fine");
    assertThat(plugin("mixed.jar").state()).isEqualTo(InstalledPlugin.State.PARTLY_LOADED);
  }

  @Test
  void anErrorInAConstructorCostsThatHookAlone() throws IOException {
    var hook =
        goodHook("Bad")
            .replace(
                "{\n  public void",
                "{\n  public Bad() { throw new Error(\"boom\"); }\n public void");
    aBadClassCostsOnlyItself(hook, Code.HOOK_FAILED, "boom");
  }

  @Test
  void anExceptionInAConstructorCostsThatHookAlone() throws IOException {
    var hook =
        goodHook("Bad")
            .replace(
                "{\n  public void",
                "{\n  public Bad() { throw new IllegalStateException(\"no\"); }\n public void");
    aBadClassCostsOnlyItself(hook, Code.HOOK_FAILED, "IllegalStateException: no");
  }

  @Test
  void anErrorInAStaticInitialiserCostsThatHookAlone() throws IOException {
    var hook =
        goodHook("Bad")
            .replace(
                "{\n  public void",
                "{\n  static int x = 1 / Integer.parseInt(\"0\");\n public void");
    aBadClassCostsOnlyItself(hook, Code.HOOK_FAILED, "static initialiser");
  }

  @Test
  void anOutOfMemoryErrorInAConstructorCostsThatHookAlone() throws IOException {
    var hook =
        goodHook("Bad")
            .replace(
                "{\n  public void",
                "{\n  long[][] x = new long[100000][Integer.MAX_VALUE];\n public void");
    aBadClassCostsOnlyItself(hook, Code.HOOK_FAILED, "OutOfMemoryError");
  }

  @Test
  void aMissingConstructorCostsThatHookAlone() throws IOException {
    var hook =
        goodHook("Bad").replace("{\n  public void", "{\n  public Bad(int x) {}\n public void");
    aBadClassCostsOnlyItself(hook, Code.HOOK_FAILED, "without parameters");
  }

  @Test
  void aNameThatThrowsCostsThatHookAlone() throws IOException {
    var hook =
        goodHook("Bad")
            .replace(
                "{\n  public void",
                "{\n  public String name() { throw new RuntimeException(\"n\"); }\n public void");
    aBadClassCostsOnlyItself(hook, Code.HOOK_FAILED, "RuntimeException: n");
  }

  @Test
  void aNameThatIsNoneCostsThatHookAlone() throws IOException {
    var hook =
        goodHook("Bad")
            .replace(
                "{\n  public void", "{\n  public String name() { return \"../x\"; }\n public void");
    aBadClassCostsOnlyItself(hook, Code.BAD_HOOK, "../x");
  }

  @Test
  void aDeclaredClassThatIsNotThereIsNamed() throws IOException {
    jars.jar("missing.jar")
        .plugin("missing", "1.0.0")
        .source(goodHook("Gone"))
        .services("LogHook", "test.plugin.Gone")
        .withoutClasses()
        .build();
    assertThat(loadWithOneProblem(Code.CLASS_MISSING).sentence())
        .isEqualTo("The plugin declares 1 hook, and the class test.plugin.Gone is not in the jar.");
  }

  @Test
  void aClassThatNeedsAMissingLibraryIsToldAsSuch() throws IOException {
    var library =
        new PluginJars(folder.resolve("lib"))
            .jar("lib.jar")
            .source("package lib; public class Lib {}")
            .build();
    jars.jar("unlinked.jar")
        .plugin("unlinked", "1.0.0")
        .against(library)
        .source(goodHook("Unlinked").replace("implements", "extends lib.Lib implements"))
        .index("test.plugin.Unlinked")
        .build();
    assertThat(loadWithOneProblem(Code.CLASS_BROKEN).remedy()).contains("another plugin-api");
  }

  @Test
  void aServiceThatIsNoHookIsTold() throws IOException {
    jars.jar("nohook.jar")
        .plugin("nohook", "1.0.0")
        .source("package test.plugin; public class NoHook {}")
        .services("LogHook", "test.plugin.NoHook")
        .build();
    loadWithOneProblem(Code.NOT_A_HOOK);
  }

  @Test
  void aMissingDependencyLeavesOutThePluginsConcerned() throws IOException {
    dependent("needs", "absent");
    dependent("needs-too", "needs");
    load();
    assertThat(hookIds()).containsExactly(GOOD_ID);
    assertThat(catalog.problems())
        .extracting(PluginProblem::code)
        .containsExactly(Code.MISSING_DEPENDENCY, Code.MISSING_DEPENDENCY);
    assertThat(plugin("needs.jar").problems().get(0).sentence()).contains("depends on absent");
    assertThat(plugin("needs-too.jar").problems().get(0).sentence()).contains("depends on needs");
  }

  @Test
  void pluginsInACycleAreLeftOutAndSoIsWhoNeedsThem() throws IOException {
    dependent("one", "two");
    dependent("two", "one");
    dependent("three", "two");
    load();
    assertThat(hookIds()).containsExactly(GOOD_ID);
    assertThat(catalog.problems())
        .extracting(PluginProblem::code)
        .containsExactlyInAnyOrder(
            Code.DEPENDENCY_CYCLE, Code.DEPENDENCY_CYCLE, Code.MISSING_DEPENDENCY);
    assertThat(plugin("one.jar").problems().get(0).sentence()).contains("one -> two -> one");
  }

  @Test
  void aPluginSeesTheClassesOfWhatItDependsOn() throws IOException {
    var library =
        jars.jar("base.jar")
            .plugin("base", "1.0.0")
            .source(
                "package test.base; public class Base { public static String hello() { return \"hello\"; } }")
            .source(goodHook("BaseHook"))
            .index("test.plugin.BaseHook")
            .build();
    jars.jar("a-user.jar")
        .plugin("a-user", "1.0.0")
        .manifest("Plugin-Dependencies", "base@>=1.0.0, not-there?")
        .against(library)
        .source(
            goodHook("User")
                .replace(
                    "{\n  public void",
                    "{\n  public String name() { return test.base.Base.hello(); }\n public void"))
        .index("test.plugin.User")
        .build();
    load();
    assertThat(catalog.problems()).isEmpty();
    assertThat(hookIds()).contains("a-user/hello");
  }

  private void dependent(String id, String dependency) throws IOException {
    jars.jar(id + ".jar")
        .plugin(id, "1.0.0")
        .manifest("Plugin-Dependencies", dependency)
        .source(goodHook("Dependent"))
        .index("test.plugin.Dependent")
        .build();
  }

  private void version(String fileName, String version, String hookName) throws IOException {
    jars.jar(fileName)
        .plugin("twice", version)
        .source(goodHook(hookName))
        .index("test.plugin." + hookName)
        .build();
  }

  @Test
  void ofTwoVersionsTheNewestWinsWhateverTheOrderOfFiles() throws IOException {
    version("a-old.jar", "1.9.0", "Old");
    version("b-new.jar", "1.10.0", "New");
    version("c-older.jar", "1.2.0", "Older");
    load();
    assertThat(hookIds()).containsExactly(GOOD_ID, "twice/New");
    assertThat(catalog.problems())
        .extracting(PluginProblem::code)
        .containsExactly(Code.DUPLICATE_ID, Code.DUPLICATE_ID);
    assertThat(plugin("a-old.jar").problems().get(0).sentence()).contains("b-new.jar", "1.10.0");
  }

  @Test
  void ofEqualVersionsNeitherWins() throws IOException {
    version("a.jar", "1.0.0", "First");
    version("b.jar", "1.0.0", "Second");
    load();
    assertThat(hookIds()).containsExactly(GOOD_ID);
    assertThat(plugin("a.jar").problems().get(0).sentence()).contains("b.jar");
    assertThat(plugin("b.jar").problems().get(0).sentence()).contains("a.jar");
  }

  @Test
  void aPluginForAnotherApiIsListedAndLeftOut() throws IOException {
    jars.jar("future.jar")
        .plugin("future", "1.0.0")
        .manifest("Plugin-Requires", ">=9.0.0")
        .source(goodHook("Future"))
        .index("test.plugin.Future")
        .build();
    assertThat(loadWithOneProblem(Code.REQUIRES_OTHER_API).sentence())
        .isEqualTo("The plugin requires plugin-api >=9.0.0; this host has 0.1.0.");
    assertThat(plugin("future.jar").id()).isEqualTo("future");
  }

  /** A fat jar brings plugin-api along; its hook is one of the host's all the same. */
  @Test
  void aBundledApiIsNotUsedAndIsTold() throws IOException {
    jars.jar("fat.jar")
        .plugin("fat", "1.0.0")
        .source(goodHook("Fat"))
        .index("test.plugin.Fat")
        .bundle(Hook.class)
        .bundle(LogHook.class)
        .bundle(LogDirectory.class)
        .bundle(HookContext.class)
        .bundle(ExtensionPoint.class)
        .bundle(Logger.class)
        .build();
    var problem = loadWithOneProblem(Code.BUNDLES_API);
    assertThat(problem.sentence()).contains("pf4j and plugin-api and slf4j-api");
    assertThat(problem.remedy()).contains("provided");
    assertThat(hookIds()).contains("fat/Fat");
    assertThat(plugin("fat.jar").state()).isEqualTo(InstalledPlugin.State.LOADED);
  }

  @Test
  void loadingHasATimeLimit() throws IOException {
    jars.jar("slow.jar")
        .plugin("slow", "1.0.0")
        .source(
            goodHook("Slow")
                .replace(
                    "{\n  public void",
                    "{\n  static { try { new java.util.concurrent.CountDownLatch(1).await(); } catch (InterruptedException e) {} }\n public void"))
        .index("test.plugin.Slow")
        .build();
    catalog = PluginCatalog.load(folder, Duration.ofMillis(1500));
    assertThat(hookIds()).containsExactly(GOOD_ID);
    assertThat(catalog.problems())
        .extracting(PluginProblem::code)
        .containsExactly(Code.LOAD_TIMEOUT);
  }

  @Test
  void twoHooksOfOneIdAreRefusedBoth() throws IOException {
    jars.jar("same.jar")
        .plugin("same", "1.0.0")
        .source(
            goodHook("One")
                .replace(
                    "{\n  public void", "{\n public String name() { return \"x\"; }\n public void"))
        .source(
            goodHook("Two")
                .replace(
                    "{\n  public void", "{\n public String name() { return \"x\"; }\n public void"))
        .index("test.plugin.One", "test.plugin.Two")
        .build();
    assertThat(loadWithOneProblem(Code.DUPLICATE_HOOK).sentence())
        .contains("test.plugin.One and test.plugin.Two");
  }

  @Test
  void hooksAreTheSameObjectsEachTimeTheyAreAskedFor() throws IOException {
    load();
    assertThat(catalog.hooks().get(0).object()).isSameAs(catalog.hooks().get(0).object());
  }

  @Test
  void pluginsSeeTheApiAndTheJdkAndNothingElseOfTheHost() throws Exception {
    load();
    var loader = catalog.hooks().get(0).classLoader();
    assertThat(loader.loadClass("io.longline.api.Hook")).isSameAs(Hook.class);
    assertThat(loader.loadClass("io.longline.zeek.LogReader")).isNotNull();
    assertThat(loader.loadClass("org.slf4j.Logger")).isSameAs(Logger.class);
    assertThat(loader.loadClass("java.sql.Connection")).isNotNull();
    for (var hidden :
        List.of(
            "io.longline.host.app.HookHost",
            "picocli.CommandLine",
            "com.fasterxml.jackson.core.JsonFactory",
            "org.slf4j.simple.SimpleLogger",
            "org.junit.jupiter.api.Test")) {
      assertThatThrownBy(() -> loader.loadClass(hidden)).isInstanceOf(ClassNotFoundException.class);
    }
    assertThat(loader.getResource("simplelogger.properties")).isNull();
  }

  @Test
  void twoPluginsDoNotSeeEachOther() throws IOException {
    jars.jar("other.jar")
        .plugin("other", "1.0.0")
        .source(goodHook("Good"))
        .index("test.plugin.Good")
        .build();
    load();
    assertThat(catalog.hooks()).hasSize(2);
    assertThat(catalog.hooks().get(0).object().getClass())
        .isNotSameAs(catalog.hooks().get(1).object().getClass());
  }

  @Test
  void startsAndStopsAPluginClass() throws IOException {
    var log = folder.resolve("log.txt");
    jars.jar("classy.jar")
        .plugin("classy", "1.0.0")
        .manifest("Plugin-Class", "test.plugin.Classy")
        .source(
            """
            package test.plugin;
            import java.nio.file.*;
            public class Classy extends org.pf4j.Plugin {
              void log(String text) { try { Files.writeString(Path.of("%s"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND); } catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); } }
              public void start() { log("started "); }
              public void stop() { log("stopped"); throw new Error("and fails"); }
            }
            """
                .formatted(log))
        .source(goodHook("Hook"))
        .index("test.plugin.Hook")
        .build();
    load();
    catalog.close();
    assertThat(Files.readString(log, UTF_8)).isEqualTo("started stopped");
  }

  @Test
  void aPluginClassThatFailsLeavesOutThePlugin() throws IOException {
    jars.jar("classy.jar")
        .plugin("classy", "1.0.0")
        .manifest("Plugin-Class", "test.plugin.Classy")
        .source(
            "package test.plugin; public class Classy extends org.pf4j.Plugin { public void start() { throw new Error(\"no\"); } }")
        .source(goodHook("Hook"))
        .index("test.plugin.Hook")
        .build();
    assertThat(loadWithOneProblem(Code.PLUGIN_CLASS_FAILED).sentence()).contains("no");
    assertThat(hookIds()).containsExactly(GOOD_ID);
  }

  /** Stock pf4j's stopPlugins() throws with one or three plugins (its issue 656). */
  @Test
  void closesAnyNumberOfPlugins() throws IOException {
    for (int i = 0; i < 3; i++) {
      jars.jar("p" + i + ".jar")
          .plugin("p" + i, "1.0.0")
          .manifest("Plugin-Class", "test.plugin.P")
          .source("package test.plugin; public class P extends org.pf4j.Plugin {}")
          .source(logHook("H", ""))
          .index("test.plugin.H")
          .build();
      load();
      assertThat(catalog.hooks()).hasSize(i + 2);
      catalog.close();
    }
  }

  @Test
  void aMissingFolderIsSaid() {
    assertThatThrownBy(() -> PluginCatalog.load(folder.resolve("gone"), LIMIT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("There is no plugins folder")
        .hasMessageContaining("--plugins");
  }

  @Test
  void otherFilesInTheFolderArePassedOver() throws IOException {
    Files.writeString(folder.resolve("README.md"), "read me");
    Files.createDirectory(folder.resolve("folder.jar"));
    load();
    assertThat(catalog.plugins()).hasSize(1);
  }

  @Test
  void aJarWhoseServicesFileIsDamagedIsNoJar() throws IOException {
    var bad =
        jars.jar("damaged.jar")
            .plugin("damaged", "1.0.0")
            .services(
                "LogHook",
                "# " + "some text that is worth compressing ".repeat(50),
                "test.plugin.X")
            .build();
    var bytes = Files.readAllBytes(bad);
    var name = "META-INF/services/io.longline.api.LogHook".getBytes(UTF_8);
    int at =
        new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                .indexOf(new String(name, UTF_8))
            + name.length;
    for (int i = at + 4; i < at + 30; i++) {
      bytes[i] = (byte) 0xFF;
    }
    Files.write(bad, bytes);
    loadWithOneProblem(Code.NOT_A_JAR);
  }

  @Test
  void aNewerVersionForAnotherApiDoesNotKeepAnOlderOneFromLoading() throws IOException {
    version("old.jar", "1.0.0", "Old");
    jars.jar("new.jar")
        .plugin("twice", "2.0.0")
        .manifest("Plugin-Requires", ">=9.0.0")
        .source(goodHook("New"))
        .index("test.plugin.New")
        .build();
    loadWithOneProblem(Code.REQUIRES_OTHER_API);
    assertThat(hookIds()).containsExactly(GOOD_ID, "twice/Old");
  }
}
