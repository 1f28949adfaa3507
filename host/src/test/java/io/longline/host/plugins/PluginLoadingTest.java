package io.longline.host.plugins;

import static io.longline.host.testing.PluginJars.goodHook;
import static io.longline.host.testing.PluginJars.logHook;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.Hook;
import io.longline.api.Site;
import io.longline.host.testing.TestHooks;
import io.longline.host.trust.PluginTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** How good jars are found, loaded and unloaded. */
class PluginLoadingTest extends BesideAGoodPlugin {

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
  void aHookNamedByTwoIndexesIsLoadedOnce() throws IOException {
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
  void aPluginSeesTheClassesOfItsDependencies() throws IOException {
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

  @Test
  void hooksKeepTheirObjects() throws IOException {
    load();
    assertThat(TestHooks.called(catalog.hooks().get(0)).object())
        .isSameAs(TestHooks.called(catalog.hooks().get(0)).object());
  }

  @Test
  void pluginsSeeOnlyTheApiAndTheJdk() throws Exception {
    load();
    var loader = TestHooks.called(catalog.hooks().get(0)).classLoader();
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
  void aClassLoaderThatItsPluginHasClosedFindsNothing() throws Exception {
    load();
    var loader = TestHooks.called(catalog.hooks().get(0)).classLoader();
    ((AutoCloseable) loader).close();
    assertThatThrownBy(() -> Class.forName("io.longline.host.Main", false, loader))
        .isInstanceOf(ClassNotFoundException.class);
    assertThat(loader.getResource("any")).isNull();
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
    assertThat(TestHooks.called(catalog.hooks().get(0)).object().getClass())
        .isNotSameAs(TestHooks.called(catalog.hooks().get(1)).object().getClass());
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
  void aMissingFolderIsAnError() {
    assertThatThrownBy(() -> PluginCatalog.load(folder.resolve("gone"), PluginTrust.ANY, LIMIT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("There is no plugins folder")
        .hasMessageContaining("the setting plugins-dir");
  }

  @Test
  void otherFilesInTheFolderAreIgnored() throws IOException {
    Files.writeString(folder.resolve("README.md"), "read me");
    Files.createDirectory(folder.resolve("folder.jar"));
    load();
    assertThat(catalog.plugins()).hasSize(1);
  }
}
