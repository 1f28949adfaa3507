package io.longline.host.plugins;

import static io.longline.host.testing.PluginJars.goodHook;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.plugins.PluginProblem.Code;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Which jars are loaded when they depend on each other, or have one id. */
class PluginSelectionTest extends BesideAGoodPlugin {

  @Test
  void aMissingDependencyLeavesOutAllDependents() throws IOException {
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
  void pluginsInACycleAndTheirDependentsAreLeftOut() throws IOException {
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
  void theNewestVersionIsLoadedWhateverTheOrderOfFiles() throws IOException {
    version("a-old.jar", "1.9.0", "Old");
    version("b-new.jar", "1.10.0", "New");
    version("c-older.jar", "1.2.0", "Older");
    load();
    assertThat(hookIds()).containsExactly(GOOD_ID, "twice/New");
    assertThat(catalog.problems())
        .extracting(PluginProblem::code)
        .containsExactly(Code.PASSED_OVER, Code.PASSED_OVER);
    assertThat(catalog.problems()).noneMatch(problem -> problem.code().isFatal());
    assertThat(plugin("a-old.jar").state()).isEqualTo(InstalledPlugin.State.PASSED_OVER);
    assertThat(plugin("a-old.jar").problems().get(0).sentence())
        .isEqualTo("Version 1.9.0 of twice is passed over, since b-new.jar has version 1.10.0.");
  }

  @Test
  void ofEqualVersionsTheOneThatWasInstalledIsLoaded() throws IOException {
    version("a.jar", "1.0.0", "First");
    version("twice-1.0.0.jar", "1.0.0", "Second");
    load();
    assertThat(hookIds()).containsExactly(GOOD_ID, "twice/Second");
    assertThat(plugin("a.jar").problems())
        .extracting(PluginProblem::code)
        .containsExactly(Code.PASSED_OVER);
  }

  @Test
  void jarsWithEqualVersionsAreNotLoaded() throws IOException {
    version("a.jar", "1.0.0", "First");
    version("b.jar", "1.0.0", "Second");
    load();
    assertThat(hookIds()).containsExactly(GOOD_ID);
    assertThat(plugin("a.jar").problems().get(0).sentence()).contains("b.jar");
    assertThat(plugin("b.jar").problems().get(0).sentence()).contains("a.jar");
  }

  @Test
  void aPluginForAnotherApiIsLeftOut() throws IOException {
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
