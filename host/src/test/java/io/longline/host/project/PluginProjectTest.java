package io.longline.host.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.longline.host.project.PluginProject.More;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** What is in a new project: its hook and its test are compiled, and the test is run. */
class PluginProjectTest {

  private static final Pattern ARTIFACT =
      Pattern.compile("<artifactId>([\\w-]+)</artifactId>\\s*<version>(\\d[\\w.]*)</version>");

  @TempDir Path folder;

  private static Map<String, String> files(String name, String log, More more)
      throws ProjectException {
    var plugin = PluginName.of(name);
    return PluginProject.of(plugin, plugin.defaultPackage(), log, more)
        .files(new AuthorRepository(Path.of("/opt/longline/repository"), "0.1.0"));
  }

  static Stream<Arguments> logs() {
    return Stream.concat(KnownLog.paths().stream(), Stream.of("radius"))
        .flatMap(log -> Stream.of(More.values()).map(more -> Arguments.of(log, more)));
  }

  @ParameterizedTest
  @MethodSource("logs")
  void theTestOfEachHookPasses(String log, More more) throws Exception {
    var files = files("new-hook", log, more);
    assertThat(files.values()).noneMatch(text -> text.contains("{{"));
    compile(files);
    var urls = new URL[] {folder.resolve("classes").toUri().toURL()};
    try (var loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      var summary = new SummaryGeneratingListener();
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(selectClass(loader.loadClass("org.example.newhook.NewHookTest")))
                  .build(),
              summary);
      assertThat(summary.getSummary().getFailures())
          .extracting(failure -> failure.getException())
          .isEmpty();
      assertThat(summary.getSummary().getTestsSucceededCount())
          .isEqualTo(more == More.WINDOWS ? 2 : 1);
    }
  }

  /** The class would hide one of those that the templates use. */
  @ParameterizedTest
  @ValueSource(strings = {"record-hook", "interest", "string-field", "log-fields", "list", "test"})
  void aNameThatTheTemplateUsesIsNotThatOfTheClass(String name) throws Exception {
    compile(files(name, "dns", More.EXIT));
    assertHasOtherName(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"window-hook", "bool-field", "count", "windows", "duration"})
  void norOneThatTheTemplateWithWindowsUses(String name) throws Exception {
    compile(files(name, "ssh", More.WINDOWS));
    assertHasOtherName(name);
  }

  private void assertHasOtherName(String name) throws ProjectException {
    var type = PluginName.of(name).className();
    assertThat(
            folder.resolve(
                "classes/org/example/" + name.replace("-", "") + "/" + type + "Plugin.class"))
        .exists();
  }

  private void compile(Map<String, String> files) throws IOException {
    var options =
        new ArrayList<>(
            List.of("-d", folder.resolve("classes").toString(), "-proc:none", "-Xlint:all"));
    options.addAll(List.of("--release", "17", "-cp", System.getProperty("java.class.path")));
    for (var file : files.entrySet()) {
      if (file.getKey().endsWith(".java")) {
        var source = folder.resolve(file.getKey());
        Files.createDirectories(source.getParent());
        Files.writeString(source, file.getValue());
        options.add(source.toString());
      }
    }
    var messages = new ByteArrayOutputStream();
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, messages, options.toArray(String[]::new));
    assertThat(result).as(messages.toString(UTF_8)).isZero();
    assertThat(messages.toString(UTF_8).lines())
        .as("warnings")
        .noneMatch(line -> line.contains(".java:"));
  }

  /** What is shown there is what a reader gets. */
  @Test
  void theGuideOfWindowsShowsTheHookThatIsWritten() throws Exception {
    var guide = Files.readString(Path.of("../docs/windows.md"));
    var files = files("failed-logins", "ssh", More.WINDOWS);
    var path = "java/org/example/failedlogins/FailedLogins";
    assertThat(guide).contains("```java\n" + files.get("src/main/" + path + ".java") + "```");
    var test = files.get("src/test/" + path + "Test.java");
    var late = test.substring(test.indexOf("  @Test\n  void recordsThatComeLate"));
    assertThat(guide)
        .contains(late.substring(0, late.lastIndexOf('}')).stripTrailing().stripIndent());
  }

  /** Nothing else would raise them. */
  @Test
  void thePomUsesTheVersionsOfThisBuild() throws Exception {
    var here = Files.readString(Path.of("../pom.xml"));
    var found = ARTIFACT.matcher(files("queries", "dns", More.NONE).get("pom.xml"));
    int count = 0;
    while (found.find()) {
      var artifact = found.group(1);
      var version = found.group(2);
      if (artifact.startsWith("maven-")) {
        assertThat(here).containsPattern(artifact + "</artifactId>\\s*<version>" + version + "<");
        count++;
      }
    }
    assertThat(count).isEqualTo(5);
    assertThat(files("queries", "dns", More.NONE).get("pom.xml"))
        .contains(
            "<version>" + property(here, "junit.version") + "</version>",
            "<version>" + property(here, "slf4j.version") + "</version>");
  }

  private static String property(String pom, String name) {
    var found = Pattern.compile("<" + name + ">(.*?)</").matcher(pom);
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  @Test
  void theUrlOfTheRepositoryIsAsMavenDecodesIt() {
    assertThat(new AuthorRepository(Path.of("/a b/Zoë/50%/${x}/A&B<>"), "1").url())
        .isEqualTo("file:///a%20b/Zoë/50%25/%24{x}/A%26B%3C%3E");
  }
}
