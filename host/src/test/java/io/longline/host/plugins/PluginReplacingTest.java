package io.longline.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.longline.api.LogHook;
import io.longline.host.plugins.PluginProblem.Code;
import io.longline.host.testing.PluginJars;
import io.longline.host.trust.PluginTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which plugins are replaced, refused and kept when a folder is loaded over plugins that run. The
 * jars are real and small: their classes are those of {@link TinyHooks}.
 */
class PluginReplacingTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path home;

  private final Map<String, String> badSettings = new HashMap<>();
  private Path folder;
  private Path copies;
  private PluginJars jars;
  private LoadedFolder current;

  @BeforeEach
  void prepare() throws IOException {
    folder = Files.createDirectory(home.resolve("plugins"));
    copies = Files.createDirectory(home.resolve("copies"));
    jars = new PluginJars(folder);
    System.setProperty(TinyHooks.LOG, "");
  }

  @AfterEach
  void unload() {
    if (current != null) {
      var last = new ArrayList<>(current.loaded().all());
      Collections.reverse(last);
      last.forEach(LoadedPlugin::unload);
    }
    System.clearProperty(TinyHooks.LOG);
    System.clearProperty(TinyHooks.HANGS);
  }

  private PluginJars.Jar jar(String file, String id, String version) throws IOException {
    return jars.jar(file)
        .plugin(id, version)
        .manifest("Plugin-Class", TinyHooks.Recorder.class.getName())
        .bundle(TinyHooks.class)
        .bundle(TinyHooks.Recorder.class)
        .entry("name.txt", id + " " + version);
  }

  private Path plugin(String id, String version) throws IOException {
    return with(TinyHooks.Fine.class, jar(id + ".jar", id, version)).build();
  }

  private static PluginJars.Jar with(Class<? extends LogHook> hook, PluginJars.Jar jar)
      throws IOException {
    return jar.bundle(hook).services("LogHook", hook.getName());
  }

  private static PluginJars.Jar dependent(String dependencies, PluginJars.Jar jar) {
    return jar.manifest("Plugin-Dependencies", dependencies);
  }

  private Path library(String version) throws IOException {
    return with(
            TinyHooks.Fine.class,
            jar("library.jar", "library", version).bundle(TinyHooks.Library.class))
        .build();
  }

  private TrustCheck trust() throws IOException {
    return new TrustCheck(folder, PluginTrust.ANY.in(folder));
  }

  /** Loads the folder as a host does when it starts. */
  private void start(Duration limit) throws IOException {
    var found = FolderJars.of(trust(), copies);
    var selection = found.select();
    var loading = new SelectionLoading(selection, LoadedPlugins.NONE, loader(limit));
    current = found.loaded(selection, loading.load());
    log();
  }

  private void start() throws IOException {
    start(LIMIT);
  }

  private JarLoader loader(Duration limit) {
    return new JarLoader(folder, limit, null);
  }

  /** Loads the folder over the plugins that run, and ends those that were replaced or removed. */
  private void replace() throws IOException {
    var next = replacing().load();
    current.loaded().notIn(next.loaded()).forEach(LoadedPlugin::unload);
    current = next;
  }

  private PluginReplacing replacing() throws IOException {
    return new PluginReplacing(
        FolderJars.of(trust(), copies), current.loaded(), loader(LIMIT), this::badSettings);
  }

  private List<String> badSettings(InstalledPlugin plugin) {
    return Stream.ofNullable(badSettings.get(plugin.id() + " " + plugin.version())).toList();
  }

  /** The plugins that have started (+) and stopped (-) since the last call of this method. */
  private static List<String> log() {
    return System.setProperty(TinyHooks.LOG, "").lines().toList();
  }

  private LoadedPlugin loaded(String id) {
    return current.loaded().withId(id);
  }

  /** The plugins that run. */
  private List<String> running() {
    return current.loaded().all().stream()
        .map(each -> each.jar().id() + " " + each.jar().version())
        .toList();
  }

  private List<PluginProblem> problems() {
    return current.plugins().stream().flatMap(each -> each.problems().stream()).toList();
  }

  private void assertRefused(String file, Code code, String keptVersion) {
    assertThat(problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo(code);
              assertThat(problem.file()).isEqualTo(folder.resolve(file));
            });
    assertThat(current.plugins())
        .filteredOn(plugin -> plugin.file().equals(folder.resolve(file)))
        .extracting(InstalledPlugin::version, InstalledPlugin::state)
        .containsExactly(tuple(keptVersion, InstalledPlugin.State.LOADED));
  }

  @Test
  void pluginsWithUnchangedJarsStay() throws IOException {
    plugin("a", "1.0.0");
    dependent("a", with(TinyHooks.Fine.class, jar("b.jar", "b", "1.0.0"))).build();
    start();
    var before = current;
    replace();
    assertThat(current.loaded().all()).containsExactlyElementsOf(before.loaded().all());
    assertThat(log()).isEmpty();
    assertThat(problems()).isEmpty();
  }

  @Test
  void aNewVersionReplacesTheOldOneAndNoOther() throws IOException {
    plugin("a", "1.0.0");
    plugin("b", "1.0.0");
    start();
    var other = loaded("b");
    plugin("a", "2.0.0");
    replace();
    assertThat(running()).containsExactly("a 2.0.0", "b 1.0.0");
    assertThat(loaded("b")).isSameAs(other);
    assertThat(log()).as("loaded beside the old one").containsExactly("+a 2.0.0", "-a 1.0.0");
  }

  @Test
  void otherContentOfTheSameVersionReplacesTheOldOne() throws IOException {
    plugin("a", "1.0.0");
    start();
    var before = loaded("a");
    with(TinyHooks.Fine.class, jar("a.jar", "a", "1.0.0")).entry("more.txt", "more").build();
    replace();
    assertThat(loaded("a")).isNotNull().isNotSameAs(before);
  }

  @Test
  void pluginsComeAndGoWithTheirJars() throws IOException {
    var first = plugin("a", "1.0.0");
    start();
    plugin("b", "1.0.0");
    Files.delete(first);
    replace();
    assertThat(running()).containsExactly("b 1.0.0");
    assertThat(problems()).isEmpty();
    assertThat(log()).containsExactly("+b 1.0.0", "-a 1.0.0");
  }

  @Test
  void aFileThatIsNotAJarIsRefused() throws IOException {
    var file = plugin("a", "1.0.0");
    start();
    var before = loaded("a");
    Files.writeString(file, "half a jar");
    replace();
    assertRefused("a.jar", Code.NOT_A_JAR, "1.0.0");
    assertThat(loaded("a")).isSameAs(before);
  }

  @Test
  void aJarThatDoesNotVerifyIsRefusedWithoutRunningIt() throws IOException {
    plugin("a", "1.0.0");
    start();
    var before = loaded("a");
    jar("a.jar", "a", "2.0.0").services("LogHook", "test.Gone").build();
    replace();
    assertRefused("a.jar", Code.CLASS_MISSING, "1.0.0");
    assertThat(loaded("a")).isSameAs(before);
    assertThat(log()).isEmpty();
  }

  @Test
  void aJarThatMissesADependencyIsRefused() throws IOException {
    plugin("a", "1.0.0");
    start();
    dependent("gone", with(TinyHooks.Fine.class, jar("a.jar", "a", "2.0.0"))).build();
    replace();
    assertRefused("a.jar", Code.MISSING_DEPENDENCY, "1.0.0");
  }

  @Test
  void aVersionWithAHookThatDoesNotLoadIsRefusedAndUnloaded() throws IOException {
    plugin("a", "1.0.0");
    start();
    var before = loaded("a");
    with(TinyHooks.Failing.class, jar("a.jar", "a", "2.0.0")).build();
    replace();
    assertRefused("a.jar", Code.HOOK_FAILED, "1.0.0");
    assertThat(loaded("a")).isSameAs(before);
    assertThat(log()).containsExactly("+a 2.0.0", "-a 2.0.0");
  }

  @Test
  void aNewPluginMayLoadInPart() throws IOException {
    start();
    jar("a.jar", "a", "1.0.0")
        .bundle(TinyHooks.Fine.class)
        .bundle(TinyHooks.Failing.class)
        .services("LogHook", TinyHooks.Fine.class.getName(), TinyHooks.Failing.class.getName())
        .build();
    replace();
    assertThat(running()).containsExactly("a 1.0.0");
    assertThat(problems()).extracting(PluginProblem::code).containsExactly(Code.HOOK_FAILED);
  }

  @Test
  void aVersionMayLoadInPartIfTheOldOneHadNoHooks() throws IOException {
    with(TinyHooks.Failing.class, jar("a.jar", "a", "1.0.0")).build();
    start();
    jar("a.jar", "a", "2.0.0")
        .bundle(TinyHooks.Fine.class)
        .bundle(TinyHooks.Failing.class)
        .services("LogHook", TinyHooks.Fine.class.getName(), TinyHooks.Failing.class.getName())
        .build();
    replace();
    assertThat(running()).containsExactly("a 2.0.0");
    assertThat(problems()).extracting(PluginProblem::code).containsExactly(Code.HOOK_FAILED);
  }

  @Test
  void aVersionWithUnsuitableSettingsIsRefused() throws IOException {
    plugin("a", "1.0.0");
    start();
    plugin("a", "2.0.0");
    badSettings.put("a 2.0.0", "place is missing");
    replace();
    assertRefused("a.jar", Code.SETTINGS_MISMATCH, "1.0.0");
    assertThat(problems().get(0).sentence()).endsWith("place is missing.");
  }

  @Test
  void aNewPluginWithUnsuitableSettingsIsRefused() throws IOException {
    start();
    plugin("a", "1.0.0");
    badSettings.put("a 1.0.0", "place is missing");
    replace();
    assertThat(running()).isEmpty();
    assertThat(current.plugins())
        .singleElement()
        .satisfies(plugin -> assertThat(plugin.state()).isEqualTo(InstalledPlugin.State.FAILED));
  }

  @Test
  void afterARefusalTheOthersAreLoadedAgain() throws IOException {
    plugin("a", "1.0.0");
    plugin("b", "1.0.0");
    start();
    plugin("a", "2.0.0");
    plugin("b", "2.0.0");
    badSettings.put("a 2.0.0", "no");
    replace();
    assertRefused("a.jar", Code.SETTINGS_MISMATCH, "1.0.0");
    assertThat(running()).containsExactly("a 1.0.0", "b 2.0.0");
    assertThat(log())
        .containsExactly("+a 2.0.0", "+b 2.0.0", "-b 2.0.0", "-a 2.0.0", "+b 2.0.0", "-b 1.0.0");
  }

  @Test
  void everythingNewIsUnloadedAfterAnyException() throws IOException {
    plugin("a", "1.0.0");
    start();
    plugin("a", "2.0.0");
    plugin("b", "1.0.0");
    var replacing =
        new PluginReplacing(
            FolderJars.of(trust(), copies),
            current.loaded(),
            loader(LIMIT),
            plugin -> {
              throw new IllegalStateException("of " + plugin.id());
            });
    assertThatThrownBy(replacing::load).hasMessage("of a");
    assertThat(log()).containsExactly("+a 2.0.0", "+b 1.0.0", "-b 1.0.0", "-a 2.0.0");
  }

  @Test
  void dependentsOfAReplacedPluginAreLoadedAgain() throws IOException {
    library("1.0.0");
    dependent("library", with(TinyHooks.Needing.class, jar("middle.jar", "middle", "1.0.0")))
        .build();
    dependent("middle", with(TinyHooks.Fine.class, jar("user.jar", "user", "1.0.0"))).build();
    start();
    var middle = loaded("middle");
    var user = loaded("user");
    library("2.0.0");
    replace();
    assertThat(running()).containsExactly("library 2.0.0", "middle 1.0.0", "user 1.0.0");
    assertThat(loaded("middle")).isNotSameAs(middle);
    assertThat(loaded("user")).isNotSameAs(user);
    assertThat(loaded("user").dependencies()).containsExactly(loaded("library"), loaded("middle"));
  }

  @Test
  void aDependencyThatADependentRejectsIsRefused() throws IOException {
    library("1.0.0");
    dependent("library@<2.0.0", with(TinyHooks.Needing.class, jar("user.jar", "user", "1.0.0")))
        .build();
    start();
    var before = current;
    library("2.0.0");
    replace();
    assertRefused("library.jar", Code.MISSING_DEPENDENCY, "1.0.0");
    assertThat(problems().get(0).plugin()).isEqualTo("library");
    assertThat(problems().get(0).sentence())
        .startsWith("The plugin user, which depends on it, would not run with it: ");
    assertThat(current.loaded().all()).containsExactlyElementsOf(before.loaded().all());
    assertThat(log()).isEmpty();
  }

  @Test
  void aDependencyThatKeepsADependentFromLoadingIsRefused() throws IOException {
    library("1.0.0");
    dependent("library", with(TinyHooks.Fine.class, jar("middle.jar", "middle", "1.0.0"))).build();
    dependent("middle, library", with(TinyHooks.Needing.class, jar("user.jar", "user", "1.0.0")))
        .build();
    start();
    var before = current;
    plugin("library", "2.0.0");
    replace();
    assertRefused("library.jar", Code.CLASS_BROKEN, "1.0.0");
    assertThat(problems().get(0).sentence()).contains("The plugin user").contains("Library");
    assertThat(current.loaded().all()).containsExactlyElementsOf(before.loaded().all());
  }

  @Test
  void dependencyAndDependentCanBeReplacedTogether() throws IOException {
    library("1.0.0");
    dependent("library@<2.0.0", with(TinyHooks.Needing.class, jar("user.jar", "user", "1.0.0")))
        .build();
    start();
    library("2.0.0");
    dependent("library@>=2.0.0", with(TinyHooks.Needing.class, jar("user.jar", "user", "2.0.0")))
        .build();
    replace();
    assertThat(running()).containsExactly("library 2.0.0", "user 2.0.0");
    assertThat(problems()).isEmpty();
  }

  @Test
  void aDependentWithoutHooksBlocksNothing() throws IOException {
    library("1.0.0");
    dependent("library@<2.0.0", with(TinyHooks.Failing.class, jar("user.jar", "user", "1.0.0")))
        .build();
    start();
    library("2.0.0");
    replace();
    assertThat(running()).containsExactly("library 2.0.0");
    assertThat(problems()).extracting(PluginProblem::plugin).containsExactly("user");
  }

  @Test
  void dependentsEndWithADependencyThatIsRemoved() throws IOException {
    var library = library("1.0.0");
    dependent("library", with(TinyHooks.Needing.class, jar("user.jar", "user", "1.0.0"))).build();
    start();
    Files.delete(library);
    replace();
    assertThat(running()).isEmpty();
    assertThat(problems())
        .extracting(PluginProblem::plugin, PluginProblem::code)
        .containsExactly(tuple("user", Code.MISSING_DEPENDENCY));
  }

  @Test
  void aCopyOfARunningJarIsRefused() throws IOException {
    var file = plugin("a", "1.0.0");
    start();
    var before = loaded("a");
    Files.copy(file, folder.resolve("0-copy.jar"));
    replace();
    assertThat(problems())
        .extracting(PluginProblem::code, PluginProblem::file)
        .containsExactly(tuple(Code.DUPLICATE_ID, folder.resolve("0-copy.jar")));
    assertThat(loaded("a")).isSameAs(before);
    Files.delete(file);
    replace();
    assertThat(problems()).as("the jar has a new name").isEmpty();
    assertThat(loaded("a")).isSameAs(before);
  }

  @Test
  void aNewerVersionInAnotherFileReplacesTheOldOneAndAnEqualOneDoesNot() throws IOException {
    plugin("a", "1.0.0");
    start();
    with(TinyHooks.Fine.class, jar("b.jar", "a", "1.0.0")).entry("more.txt", "more").build();
    replace();
    assertThat(loaded("a").jar().file()).isEqualTo(folder.resolve("a.jar"));
    with(TinyHooks.Fine.class, jar("b.jar", "a", "2.0.0")).build();
    replace();
    assertThat(running()).containsExactly("a 2.0.0");
    assertThat(problems())
        .extracting(PluginProblem::code, PluginProblem::file)
        .containsExactly(tuple(Code.PASSED_OVER, folder.resolve("a.jar")));
  }

  @Test
  void anOlderVersionInAnotherFileIsPassedOverAndEndsNothing() throws IOException {
    plugin("a", "2.0.0");
    start();
    var before = loaded("a");
    with(TinyHooks.Fine.class, jar("a-1.0.0.jar", "a", "1.0.0")).build();
    replace();
    assertThat(loaded("a")).isSameAs(before);
    assertThat(problems())
        .extracting(PluginProblem::code, PluginProblem::file)
        .containsExactly(tuple(Code.PASSED_OVER, folder.resolve("a-1.0.0.jar")));
    Files.delete(folder.resolve("a.jar"));
    replace();
    assertThat(running()).as("the newer one was removed").containsExactly("a 1.0.0");
    assertThat(problems()).isEmpty();
  }

  @Test
  void aBadVersionInAnotherFileKeepsTheOldOneWhoseFileWasRemoved() throws IOException {
    var file = plugin("a", "1.0.0");
    start();
    var before = loaded("a");
    Files.delete(file);
    with(TinyHooks.Failing.class, jar("a-2.jar", "a", "2.0.0")).build();
    replace();
    assertRefused("a-2.jar", Code.HOOK_FAILED, "1.0.0");
    assertThat(loaded("a")).isSameAs(before);
  }

  @Test
  void aJarThatIsNotAPluginIsReportedWhateverItsName() throws IOException {
    plugin("a", "1.0.0");
    start();
    for (var name : List.of("0.jar", "z.jar")) {
      with(TinyHooks.Fine.class, jar(name, "a", "no version")).build();
      replace();
      assertThat(problems())
          .extracting(PluginProblem::code, PluginProblem::file)
          .containsExactly(tuple(Code.BAD_MANIFEST, folder.resolve(name)));
      assertThat(running()).containsExactly("a 1.0.0");
      Files.delete(folder.resolve(name));
    }
  }

  @Test
  void aPluginThatTookTooLongToLoadIsTriedAgain() throws IOException {
    with(TinyHooks.Hanging.class, jar("a.jar", "a", "1.0.0")).build();
    System.setProperty(TinyHooks.HANGS, "yes");
    start(Duration.ofMillis(200));
    assertThat(problems()).extracting(PluginProblem::code).containsExactly(Code.LOAD_TIMEOUT);
    System.clearProperty(TinyHooks.HANGS);
    replace();
    assertThat(problems()).isEmpty();
    assertThat(loaded("a").plugin().hooks()).hasSize(1);
  }
}
