package io.longline.host.plugins;

import static io.longline.host.testing.PluginJars.goodHook;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.Hook;
import io.longline.api.HookContext;
import io.longline.api.LogDirectory;
import io.longline.api.LogHook;
import io.longline.host.plugins.PluginProblem.Code;
import io.longline.host.testing.PluginJars;
import io.longline.host.trust.PluginTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.pf4j.ExtensionPoint;
import org.slf4j.Logger;

/**
 * The effects of bad jars: each case has a bad jar beside a good one, and the good one must load.
 * These cases harm stock pf4j 3.15.0 (docs/plugin-problems.md).
 */
class PluginCatalogTest extends BesideAGoodPlugin {

  @Test
  void aTextFileIsNotAJar() throws IOException {
    Files.writeString(folder.resolve("text.jar"), "this is no jar");
    assertThat(loadWithOneProblem(Code.NOT_A_JAR).plugin()).isEqualTo("text.jar");
  }

  @Test
  void anEmptyFileIsNotAJar() throws IOException {
    Files.write(folder.resolve("empty.jar"), new byte[0]);
    assertThat(loadWithOneProblem(Code.NOT_A_JAR).sentence()).contains("it is empty");
  }

  @Test
  void aTruncatedFileIsNotAJar() throws IOException {
    var whole = Files.readAllBytes(folder.resolve("good.jar"));
    Files.write(folder.resolve("cut.jar"), Arrays.copyOf(whole, whole.length / 2));
    loadWithOneProblem(Code.NOT_A_JAR);
  }

  @Test
  void aJarWithoutIdAndHookIsNotAPlugin() throws IOException {
    jars.jar("library.jar").source("package test.library; public class Library {}").build();
    assertThat(loadWithOneProblem(Code.NOT_A_PLUGIN).remedy())
        .contains("META-INF/services/io.longline.api.LogHook")
        .contains("@Extension");
  }

  /** A version would be needed to know which of two jars is newer. */
  @Test
  void aJarWithoutAVersionIsLeftOut() throws IOException {
    var jar = jars.jar("bare.jar").manifest("Plugin-Id", "plain");
    jar.source(goodHook("Plain")).index("test.plugin.Plain").build();
    var problem = loadWithOneProblem(Code.NO_VERSION);
    assertThat(problem.plugin()).isEqualTo("plain");
    assertThat(problem.sentence())
        .isEqualTo(
            "The plugin has no version: neither its manifest nor the name of its jar has one.");
    assertThat(problem.remedy())
        .isEqualTo(
            "Add a line such as Plugin-Version: 1.0.0 to the manifest, or name the jar plain-1.0.0.jar.");
    assertThat(plugin("bare.jar").version()).isEmpty();
    Files.move(folder.resolve("bare.jar"), folder.resolve("plain-1.0.0.jar"));
    close();
    load();
    assertThat(plugin("plain-1.0.0.jar").version()).isEqualTo("1.0.0");
    assertThat(hookIds()).containsExactly(GOOD_ID, "plain/Plain");
  }

  @Test
  void aPluginWithoutHooksFails() throws IOException {
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
  private void loadsAllButTheBadHook(String badClass, Code code, String inSentence)
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
  void anErrorInAConstructorLeavesOutThatHookOnly() throws IOException {
    var hook =
        goodHook("Bad")
            .replace(
                "{\n  public void",
                "{\n  public Bad() { throw new Error(\"boom\"); }\n public void");
    loadsAllButTheBadHook(hook, Code.HOOK_FAILED, "boom");
  }

  @Test
  void anExceptionInAConstructorLeavesOutThatHookOnly() throws IOException {
    var hook =
        goodHook("Bad")
            .replace(
                "{\n  public void",
                "{\n  public Bad() { throw new IllegalStateException(\"no\"); }\n public void");
    loadsAllButTheBadHook(hook, Code.HOOK_FAILED, "IllegalStateException: no");
  }

  @Test
  void anErrorInAStaticInitialiserLeavesOutThatHookOnly() throws IOException {
    var hook =
        goodHook("Bad")
            .replace(
                "{\n  public void",
                "{\n  static int x = 1 / Integer.parseInt(\"0\");\n public void");
    loadsAllButTheBadHook(hook, Code.HOOK_FAILED, "static initialiser");
  }

  @Test
  void anOutOfMemoryErrorInAConstructorLeavesOutThatHookOnly() throws IOException {
    var hook =
        goodHook("Bad")
            .replace(
                "{\n  public void",
                "{\n  long[][] x = new long[100000][Integer.MAX_VALUE];\n public void");
    loadsAllButTheBadHook(hook, Code.HOOK_FAILED, "OutOfMemoryError");
  }

  @Test
  void aMissingConstructorLeavesOutThatHookOnly() throws IOException {
    var hook =
        goodHook("Bad").replace("{\n  public void", "{\n  public Bad(int x) {}\n public void");
    loadsAllButTheBadHook(hook, Code.HOOK_FAILED, "without parameters");
  }

  @Test
  void aNameMethodThatThrowsLeavesOutThatHookOnly() throws IOException {
    var hook =
        goodHook("Bad")
            .replace(
                "{\n  public void",
                "{\n  public String name() { throw new RuntimeException(\"n\"); }\n public void");
    loadsAllButTheBadHook(hook, Code.HOOK_FAILED, "RuntimeException: n");
  }

  @Test
  void anInvalidNameLeavesOutThatHookOnly() throws IOException {
    var hook =
        goodHook("Bad")
            .replace(
                "{\n  public void", "{\n  public String name() { return \"../x\"; }\n public void");
    loadsAllButTheBadHook(hook, Code.BAD_HOOK, "../x");
  }

  @Test
  void aMissingClassIsNamed() throws IOException {
    jars.jar("missing.jar")
        .plugin("missing", "1.0.0")
        .source(goodHook("Gone"))
        .services("LogHook", "test.plugin.Gone")
        .withoutClasses()
        .build();
    assertThat(loadWithOneProblem(Code.CLASS_MISSING).sentence())
        .isEqualTo("The plugin declares 1 hook, but the class test.plugin.Gone is not in the jar.");
  }

  @Test
  void aClassThatNeedsAMissingLibraryIsBroken() throws IOException {
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
  void aClassInAServicesFileMustBeAHook() throws IOException {
    jars.jar("nohook.jar")
        .plugin("nohook", "1.0.0")
        .source("package test.plugin; public class NoHook {}")
        .services("LogHook", "test.plugin.NoHook")
        .build();
    loadWithOneProblem(Code.NOT_A_HOOK);
  }

  /** A fat jar brings plugin-api along; its hook is still a hook of the host. */
  @Test
  void aBundledApiIsReportedAndNotUsed() throws IOException {
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
    catalog = PluginCatalog.load(folder, PluginTrust.ANY, Duration.ofMillis(1500));
    assertThat(hookIds()).containsExactly(GOOD_ID);
    assertThat(catalog.problems())
        .extracting(PluginProblem::code)
        .containsExactly(Code.LOAD_TIMEOUT);
  }

  @Test
  void hooksWithEqualIdsAreLeftOut() throws IOException {
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

  @Test
  void aJarWithADamagedServicesFileIsNotAJar() throws IOException {
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
    int at = new String(bytes, ISO_8859_1).indexOf(new String(name, UTF_8)) + name.length;
    for (int i = at + 4; i < at + 30; i++) {
      bytes[i] = (byte) 0xFF;
    }
    Files.write(bad, bytes);
    loadWithOneProblem(Code.NOT_A_JAR);
  }
}
