package io.longline.host.plugins;

import static io.longline.host.testing.PluginJars.goodHook;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.plugins.PluginProblem.Code;
import io.longline.host.testing.PluginJars;
import io.longline.host.trust.PluginTrust;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plugins folder with a good plugin, which must load despite any jar that a test puts beside it.
 */
abstract class BesideAGoodPlugin {

  static final Duration LIMIT = Duration.ofSeconds(10);
  static final String GOOD_ID = "good/Good";

  @TempDir Path folder;

  PluginJars jars;
  PluginCatalog catalog;

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

  final void load() throws IOException {
    catalog = PluginCatalog.load(folder, PluginTrust.ANY, LIMIT);
  }

  final List<String> hookIds() {
    return catalog.hooks().stream().map(InstalledHook::id).toList();
  }

  /** Loads, and expects the good plugin to be there and one problem with the other. */
  final PluginProblem loadWithOneProblem(Code code) throws IOException {
    load();
    assertThat(hookIds()).contains(GOOD_ID);
    assertThat(catalog.problems()).extracting(PluginProblem::code).containsExactly(code);
    var problem = catalog.problems().get(0);
    assertThat(problem.sentence()).endsWith(".").doesNotContain("\n");
    assertThat(problem.remedy()).endsWith(".").doesNotContain("\n");
    return problem;
  }

  final InstalledPlugin plugin(String fileName) {
    return catalog.plugins().stream()
        .filter(plugin -> plugin.file().endsWith(fileName))
        .findFirst()
        .orElseThrow();
  }
}
