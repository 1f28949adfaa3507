package io.longline.host.app;

import static io.longline.host.testing.PluginJars.goodHook;
import static io.longline.host.testing.PluginJars.logHook;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.longline.host.configuration.HostSettings;
import io.longline.host.configuration.WatchSettings;
import io.longline.host.event.HostEvent;
import io.longline.host.event.HostEvent.PluginChanged;
import io.longline.host.event.HostEvent.PluginPassedOver;
import io.longline.host.event.HostEvent.PluginTroubled;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.plugins.InstalledPlugin;
import io.longline.host.testing.AwaitedEvents;
import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jars that are added, replaced and removed while a host runs. */
class PluginUpdateTest {

  /** Reports that it waits, and waits for a file. */
  private static final String WAIT =
      """
      context.warn("begun");
      while (!java.nio.file.Files.exists(java.nio.file.Path.of("%s"))) Thread.sleep(5);
      """;

  @TempDir Path folder;

  final AwaitedEvents events = new AwaitedEvents();
  PluginJars jars;
  Path plugins;
  Path logs;
  Path output;
  private HookHost host;

  @BeforeEach
  void prepare() throws IOException {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    logs = Files.createDirectories(folder.resolve("logs"));
    output = folder.resolve("out");
    jars = new PluginJars(plugins);
  }

  @AfterEach
  void close() {
    if (host != null) {
      host.close();
    }
  }

  /** The plugins that run in processes of their own. */
  Set<String> isolated() {
    return Set.of();
  }

  HookHost start() throws HostRefusedException {
    host =
        HookHost.start(
            HostSettings.builder(plugins, output)
                .workers(2)
                .isolated(isolated())
                .mode(BatchLedger.Mode.NEW_FILES)
                .waitsForRetries(false)
                .retries(new RetryPolicy(1, Duration.ZERO))
                .listeners(List.of(events))
                .build());
    return host;
  }

  private void submit(String... names) throws IOException {
    for (var name : names) {
      host.submit(SampleLogs.directory(logs, name));
    }
  }

  /** A hook that writes its version at both sites, and at EXIT the number of its calls. */
  private static String seer(String version, String before) {
    return """
        package test.plugin;
        import io.longline.api.*;
        public class Seer implements LogHook, ExitHook {
          private int calls;
          public void process(LogDirectory logs, HookContext context) throws Exception {
            %2$s
            calls++;
            context.output("seen").lines().line("%1$s " + logs.name());
          }
          public void exit(HookContext context) throws Exception {
            context.output("exits").lines().line("%1$s " + calls);
          }
        }
        """
        .formatted(version, before);
  }

  private PluginJars.Jar seerJar(String file, String version, String before) {
    return jars.jar(file)
        .plugin("seer", version)
        .source(seer(version, before))
        .index("test.plugin.Seer");
  }

  private void other() throws IOException {
    jars.jar("other.jar")
        .plugin("other", "1.0.0")
        .source(seer("other", "").replace("seen", "other-seen").replace("exits", "other-exits"))
        .index("test.plugin.Seer")
        .build();
  }

  private List<String> lines(String name) throws IOException {
    var file = output.resolve(name + ".log");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** Has the host update its plugins on another thread. */
  private CompletableFuture<Void> update() {
    return CompletableFuture.runAsync(
        () -> {
          try {
            host.updatePlugins();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** The second word of each line. */
  private List<String> second(String name) throws IOException {
    return lines(name).stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
  }

  @Test
  void aNewVersionReplacesTheOldOne() throws Exception {
    other();
    seerJar("seer.jar", "1.0.0", "").build();
    start();
    submit("a", "b");
    events.awaitCalls("seer/Seer", 2);
    seerJar("seer.jar", "2.0.0", "").build();
    host.updatePlugins();
    assertThat(lines("exits")).containsExactly("1.0.0 2");
    submit("c");
    events.awaitCalls("seer/Seer", 4);
    host.close();
    assertThat(lines("seen")).containsExactlyInAnyOrder("1.0.0 a", "1.0.0 b", "2.0.0 c");
    assertThat(lines("exits")).containsExactly("1.0.0 2", "2.0.0 1");
    assertThat(lines("other-seen")).containsExactlyInAnyOrder("other a", "other b", "other c");
    assertThat(lines("other-exits")).containsExactly("other 3");
    assertThat(events.of(PluginChanged.class))
        .containsExactly(new PluginChanged("seer", "1.0.0", "2.0.0"));
    assertThat(host.summary().isSpotless()).isTrue();
  }

  @Test
  void aRunningCallEndsBeforeTheNewVersionIsCalledAndOthersContinue() throws Exception {
    other();
    var gate = folder.resolve("gate");
    var wait = WAIT.formatted(gate);
    for (var version : List.of("2.0.0", "1.0.0")) {
      jars.jar("seer.jar")
          .plugin("seer", version)
          .source(
              seer(version, version.equals("1.0.0") ? wait : "")
                  .replace("output(\"exits\")", "output(\"seen\")")
                  .replace("+ calls", "+ \"is over\""))
          .index("test.plugin.Seer")
          .build();
      if (version.equals("2.0.0")) {
        Files.move(plugins.resolve("seer.jar"), folder.resolve("next"));
      }
    }
    start();
    submit("a", "b");
    events.await(1, HostEvent.HookWarned.class, warned -> true);
    Files.move(folder.resolve("next"), plugins.resolve("seer.jar"), REPLACE_EXISTING);
    var update = update();
    submit("c");
    events.awaitCalls("other/Seer", 3);
    assertThat(update).isNotDone();
    assertThat(lines("seen")).isEmpty();
    Files.createFile(gate);
    update.join();
    submit("d");
    host.close();
    assertThat(second("seen")).containsExactlyInAnyOrder("a", "b", "c", "d", "is over", "is over");
    // The new version gets the directories that were accepted after it was loaded, and no earlier
    // ones.
    assertThat(lines("seen").stream().map(line -> line.substring(0, 5)))
        .isSorted()
        .startsWith("1.0.0")
        .endsWith("2.0.0");
    assertThat(lines("seen")).contains("1.0.0 is over").endsWith("2.0.0 is over");
  }

  @Test
  void anAddedPluginIsCalledForNewDirectories() throws Exception {
    other();
    start();
    submit("a");
    events.awaitCalls("other/Seer", 1);
    seerJar("seer.jar", "1.0.0", "").build();
    host.updatePlugins();
    submit("b");
    events.awaitCalls("seer/Seer", 1);
    host.close();
    assertThat(lines("seen")).containsExactly("1.0.0 b");
    assertThat(lines("exits")).containsExactly("1.0.0 1");
    assertThat(host.summary().calls().hooks()).containsExactly("other/Seer", "seer/Seer");
  }

  @Test
  void callsOwedByARemovedPluginWaitForItsReturn() throws Exception {
    other();
    var jar = seerJar("seer.jar", "1.0.0", "").build();
    start();
    submit("a");
    events.awaitCalls("seer/Seer", 1);
    var kept = Files.move(jar, folder.resolve("kept"));
    host.updatePlugins();
    assertThat(lines("exits")).containsExactly("1.0.0 1");
    submit("b");
    events.awaitCalls("other/Seer", 2);
    events.await(1, HostEvent.BatchFinished.class, finished -> finished.directory().endsWith("b"));
    assertThat(lines("seen")).containsExactly("1.0.0 a");
    Files.move(kept, jar);
    host.updatePlugins();
    events.awaitCalls("seer/Seer", 3);
    host.close();
    assertThat(lines("seen")).containsExactly("1.0.0 a", "1.0.0 b");
    assertThat(host.summary().directories().finished()).isEqualTo(2);
    assertThat(host.summary().directories().waiting()).isZero();
    assertThat(events.of(PluginChanged.class))
        .containsExactly(
            new PluginChanged("seer", "1.0.0", ""), new PluginChanged("seer", "", "1.0.0"));
  }

  /** Batches claimed for a removed plugin whose calls had not begun are not lost. */
  @Test
  void batchesQueuedForARemovedPluginWaitForItsReturn() throws Exception {
    var gate = folder.resolve("gate");
    var wait = WAIT.formatted(gate);
    var jar = seerJar("seer.jar", "1.0.0", wait).build();
    start();
    submit("a", "b", "c", "d");
    events.await(1, HostEvent.HookWarned.class, warned -> true);
    var kept = Files.move(jar, folder.resolve("kept"));
    Files.createFile(gate);
    host.updatePlugins();
    int calls = lines("seen").size();
    assertThat(lines("exits")).containsExactly("1.0.0 " + calls);
    Files.move(kept, jar);
    host.updatePlugins();
    host.close();
    assertThat(lines("seen")).containsExactlyInAnyOrder("1.0.0 a", "1.0.0 b", "1.0.0 c", "1.0.0 d");
  }

  /** The possible problems of a jar that replaces a running plugin's jar. */
  enum BadJar {
    NOT_A_JAR,
    CLASS_MISSING,
    REQUIRES_OTHER_API,
    MISSING_DEPENDENCY,
    HOOK_FAILED,
    JAVA_TOO_OLD
  }

  private void replaceBy(BadJar bad) throws IOException {
    var file = plugins.resolve("seer.jar");
    switch (bad) {
      case NOT_A_JAR -> Files.writeString(file, "half of a jar");
      case CLASS_MISSING -> seerJar("seer.jar", "2.0.0", "").withoutClasses().build();
      case REQUIRES_OTHER_API ->
          seerJar("seer.jar", "2.0.0", "").manifest("Plugin-Requires", ">=99.0.0").build();
      case MISSING_DEPENDENCY ->
          seerJar("seer.jar", "2.0.0", "").manifest("Plugin-Dependencies", "gone").build();
      case HOOK_FAILED ->
          jars.jar("seer.jar")
              .plugin("seer", "2.0.0")
              .source(
                  seer("2.0.0", "")
                      .replace("private int calls;", "int calls = Integer.parseInt(\"no\");"))
              .index("test.plugin.Seer")
              .build();
      case JAVA_TOO_OLD -> seerJar("seer.jar", "2.0.0", "").buildForJava(99);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBadJarIsReportedAndTheOldVersionContinues(BadJar bad) throws Exception {
    seerJar("seer.jar", "1.0.0", "").build();
    start();
    submit("a");
    events.awaitCalls("seer/Seer", 1);
    replaceBy(bad);
    host.updatePlugins();
    submit("b");
    events.awaitCalls("seer/Seer", 2);
    assertThat(events.of(PluginTroubled.class))
        .allSatisfy(
            troubled -> {
              assertThat(troubled.file()).isEqualTo(plugins.resolve("seer.jar"));
              assertThat(troubled.code()).isEqualTo(bad.name());
              assertThat(troubled.running()).isEqualTo("seer 1.0.0");
            })
        .hasSize(1);
    assertThat(host.plugins().plugins())
        .singleElement()
        .satisfies(
            plugin -> {
              assertThat(plugin.version()).isEqualTo("1.0.0");
              assertThat(plugin.state()).isEqualTo(InstalledPlugin.State.LOADED);
            });
    host.updatePlugins();
    assertThat(events.of(PluginTroubled.class)).hasSize(1);
    seerJar("seer.jar", "3.0.0", "").build();
    host.updatePlugins();
    submit("c");
    events.awaitCalls("seer/Seer", 4);
    host.close();
    assertThat(lines("seen")).containsExactly("1.0.0 a", "1.0.0 b", "3.0.0 c");
    assertThat(lines("exits")).containsExactly("1.0.0 2", "3.0.0 1");
    assertThat(host.summary().isSpotless()).isTrue();
  }

  @Test
  void theOldVersionContinuesIfTheSettingsDoNotFitTheNewOne() throws Exception {
    seerJar("seer.jar", "1.0.0", "").build();
    start();
    jars.jar("seer.jar")
        .plugin("seer", "2.0.0")
        .source(
            seer("2.0.0", "")
                .replace(
                    "private int calls;",
                    """
                    private int calls;
                    public record Wanted(@Setting(description = "Where to.") String place) {}
                    public Class<? extends Record> settings() { return Wanted.class; }
                    """))
        .index("test.plugin.Seer")
        .build();
    host.updatePlugins();
    submit("a");
    events.awaitCalls("seer/Seer", 1);
    assertThat(events.of(PluginTroubled.class))
        .singleElement()
        .satisfies(
            troubled -> {
              assertThat(troubled.code()).isEqualTo("SETTINGS_MISMATCH");
              assertThat(troubled.reason())
                  .contains("The setting place is missing", "[plugins.seer.settings]");
            });
    assertThat(lines("seen")).containsExactly("1.0.0 a");
  }

  @Test
  void theOldVersionReturnsWhenANewerJarOfAnotherNameIsRemoved() throws Exception {
    seerJar("seer-1.jar", "1.0.0", "").build();
    start();
    var newer = seerJar("seer-2.jar", "2.0.0", "").build();
    host.updatePlugins();
    submit("a");
    events.awaitCalls("seer/Seer", 2);
    Files.delete(newer);
    host.updatePlugins();
    submit("b");
    events.awaitCalls("seer/Seer", 4);
    assertThat(lines("seen")).containsExactly("2.0.0 a", "1.0.0 b");
    assertThat(lines("exits")).containsExactly("1.0.0 0", "2.0.0 1");
  }

  @Test
  void anOlderVersionIsPassedOverAtTheStartAndLater() throws Exception {
    seerJar("seer-2.0.0.jar", "2.0.0", "").build();
    seerJar("seer-1.0.0.jar", "1.0.0", "").build();
    start();
    assertThat(events.of(PluginPassedOver.class))
        .extracting(PluginPassedOver::file, PluginPassedOver::plugin)
        .containsExactly(tuple(plugins.resolve("seer-1.0.0.jar"), "seer"));
    host.updatePlugins();
    assertThat(events.of(PluginPassedOver.class)).as("once").hasSize(1);
    seerJar("seer-0.9.0.jar", "0.9.0", "").build();
    host.updatePlugins();
    assertThat(events.of(PluginPassedOver.class))
        .hasSize(2)
        .last()
        .satisfies(
            passed -> {
              assertThat(passed.file()).isEqualTo(plugins.resolve("seer-0.9.0.jar"));
              assertThat(passed.reason())
                  .isEqualTo(
                      "Version 0.9.0 of seer is passed over, since seer-2.0.0.jar has version 2.0.0. Remove the jar that you do not want: seer-0.9.0.jar or seer-2.0.0.jar.");
            });
    assertThat(events.of(PluginTroubled.class)).isEmpty();
    submit("a");
    host.close();
    assertThat(lines("seen")).containsExactly("2.0.0 a");
    assertThat(host.summary().isClean()).isTrue();
    assertThat(host.summary().isSpotless()).isTrue();
  }

  @Test
  void copyingOrRenamingAJarChangesNothing() throws Exception {
    var jar = seerJar("seer.jar", "1.0.0", "").build();
    start();
    var copy = Files.copy(jar, plugins.resolve("copy.jar"));
    host.updatePlugins();
    assertThat(events.of(PluginTroubled.class))
        .singleElement()
        .satisfies(troubled -> assertThat(troubled.code()).isEqualTo("DUPLICATE_ID"));
    Files.delete(jar);
    host.updatePlugins();
    assertThat(host.plugins().problems()).isEmpty();
    Files.move(copy, plugins.resolve("third.jar"));
    host.updatePlugins();
    submit("a");
    events.awaitCalls("seer/Seer", 1);
    host.close();
    assertThat(events.of(PluginChanged.class)).isEmpty();
    assertThat(lines("exits")).containsExactly("1.0.0 1");
  }

  @Test
  void aDependentPluginIsReloadedWithItsDependency() throws Exception {
    var library = libraryJar("library.jar", "1.0.0");
    jars.jar("user.jar")
        .plugin("user", "1.0.0")
        .manifest("Plugin-Dependencies", "library")
        .source(
            logHook(
                "User", "context.output(\"seen\").lines().line(test.library.Library.version());"))
        .index("test.plugin.User")
        .against(library)
        .build();
    start();
    submit("a");
    events.awaitCalls("user/User", 1);
    libraryJar("library.jar", "2.0.0");
    host.updatePlugins();
    submit("b");
    events.awaitCalls("user/User", 2);
    assertThat(lines("seen")).containsExactly("1.0.0", "2.0.0");
    Files.delete(library);
    host.updatePlugins();
    assertThat(events.of(PluginTroubled.class))
        .singleElement()
        .satisfies(troubled -> assertThat(troubled.code()).isEqualTo("MISSING_DEPENDENCY"));
    assertThat(host.plugins().hooks()).isEmpty();
    libraryJar("library.jar", "3.0.0");
    submit("c");
    host.updatePlugins();
    events.awaitCalls("user/User", 3);
    assertThat(lines("seen")).containsExactly("1.0.0", "2.0.0", "3.0.0");
  }

  private Path libraryJar(String file, String version) throws IOException {
    return jars.jar(file)
        .plugin("library", version)
        .source(
            """
            package test.library;
            public class Library {
              public static String version() { return "%s"; }
            }
            """
                .formatted(version))
        .source(goodHook("Idle").replace("context.output(\"seen\").lines().line(logs.name());", ""))
        .index("test.plugin.Idle")
        .build();
  }

  @Test
  void aLibraryThatBreaksADependentPluginIsRefused() throws Exception {
    var library = libraryJar("library.jar", "1.0.0");
    jars.jar("user.jar")
        .plugin("user", "1.0.0")
        .manifest("Plugin-Dependencies", "library@<2.0.0")
        .source(
            """
            package test.plugin;
            import io.longline.api.*;
            public class User implements LogHook {
              private final String version = test.library.Library.version();
              public void process(LogDirectory logs, HookContext context) throws Exception {
                context.output("seen").lines().line(version);
              }
            }
            """)
        .index("test.plugin.User")
        .against(library)
        .build();
    start();
    libraryJar("library.jar", "2.0.0");
    host.updatePlugins();
    assertThat(events.of(PluginTroubled.class))
        .singleElement()
        .satisfies(
            troubled -> {
              assertThat(troubled.code()).isEqualTo("MISSING_DEPENDENCY");
              assertThat(troubled.reason()).contains("The plugin user, which depends on it");
              assertThat(troubled.running()).isEqualTo("library 1.0.0");
            });
    jars.jar("library.jar")
        .plugin("library", "1.1.0")
        .source("package test.library; public class Library { }")
        .source(goodHook("Idle"))
        .index("test.plugin.Idle")
        .build();
    host.updatePlugins();
    assertThat(events.of(PluginTroubled.class)).hasSize(2);
    submit("a");
    events.awaitCalls("user/User", 1);
    assertThat(lines("seen")).containsExactly("1.0.0");
    assertThat(events.of(PluginChanged.class)).isEmpty();
    host.close();
  }

  @Test
  void aLongCallOfOnePluginDoesNotDelayTheUpdateOfAnother() throws Exception {
    var gate = folder.resolve("gate");
    other();
    seerJar("seer.jar", "1.0.0", WAIT.formatted(gate)).build();
    start();
    submit("a");
    events.await(1, HostEvent.HookWarned.class, warned -> true);
    seerJar("seer.jar", "2.0.0", "").build();
    jars.jar("other.jar")
        .plugin("other", "2.0.0")
        .source(seer("other2", "").replace("seen", "other-seen").replace("exits", "other-exits"))
        .index("test.plugin.Seer")
        .build();
    var update = update();
    events.await(1, PluginChanged.class, changed -> changed.plugin().equals("other"));
    submit("b");
    events.awaitCalls("other/Seer", 3);
    assertThat(lines("other-seen")).containsExactly("other a", "other2 b");
    assertThat(lines("seen")).isEmpty();
    assertThat(update).isNotDone();
    Files.createFile(gate);
    update.join();
    host.close();
    assertThat(lines("seen")).containsExactlyInAnyOrder("1.0.0 a", "2.0.0 b");
  }

  @Test
  void eachBadJarIsReportedEvenWithTheSameProblem() throws Exception {
    seerJar("seer.jar", "1.0.0", "").build();
    start();
    for (int i = 1; i <= 3; i++) {
      Files.writeString(plugins.resolve("seer.jar"), "no jar".repeat(i));
      host.updatePlugins();
      host.updatePlugins();
      assertThat(events.of(PluginTroubled.class)).hasSize(i);
    }
  }

  @Test
  void aPartlyLoadableJarReplacesOneThatDoesNotLoadAtAll() throws Exception {
    other();
    var failing = seer("0.9.0", "").replace("private int calls;", "int calls = 1 / (calls() - 1);");
    var broken = failing.replace("public void exit", "int calls() { return 1; } public void exit");
    jars.jar("two.jar").plugin("two", "0.9.0").source(broken).index("test.plugin.Seer").build();
    start();
    jars.jar("two.jar")
        .plugin("two", "1.0.0")
        .source(broken)
        .source(goodHook("Good"))
        .index("test.plugin.Seer", "test.plugin.Good")
        .build();
    host.updatePlugins();
    submit("a");
    events.awaitCalls("two/Good", 1);
    assertThat(lines("seen")).containsExactly("a");
  }

  @Test
  void aHookThatIsNotCalledNeedsNoSettings() throws Exception {
    other();
    var wanting =
        seer("%s", "")
            .replace(
                "private int calls;",
                """
                private int calls;
                public record Wanted(@Setting(description = "Where to.") String place) {}
                public Class<? extends Record> settings() { return Wanted.class; }
                """);
    for (var version : List.of("1.0.0", "2.0.0")) {
      jars.jar("seer.jar")
          .plugin("seer", version)
          .source(wanting)
          .index("test.plugin.Seer")
          .build();
      if (host == null) {
        host =
            HookHost.start(
                HostSettings.builder(plugins, output)
                    .without(Set.of("seer"))
                    .listeners(List.of(events))
                    .build());
      } else {
        host.updatePlugins();
      }
    }
    assertThat(events.of(PluginTroubled.class)).isEmpty();
    assertThat(events.of(PluginChanged.class))
        .containsExactly(new PluginChanged("seer", "1.0.0", "2.0.0"));
  }

  @Test
  void aListenerCannotUpdateThePlugins() throws Exception {
    other();
    var thrown = new CompletableFuture<Throwable>();
    var running = new CompletableFuture<HookHost>();
    host =
        HookHost.start(
            HostSettings.builder(plugins, output)
                .isolated(isolated())
                .listeners(
                    List.of(
                        event -> {
                          if (event instanceof HostEvent.BatchFinished) {
                            try {
                              running.join().updatePlugins();
                            } catch (IOException | RuntimeException e) {
                              thrown.complete(e);
                            }
                          }
                        }))
                .build());
    running.complete(host);
    submit("a");
    assertThat(thrown.get(60, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
  }

  /** While many directories arrive, nothing is lost and nothing is done twice. */
  @Test
  void nothingIsLostOrRepeatedWhenPluginsComeAndGoUnderLoad() throws Exception {
    other();
    seerJar("seer.jar", "1.0.0", "").build();
    var contents = new ArrayList<byte[]>();
    for (var version : List.of("1.0.0", "2.0.0")) {
      contents.add(Files.readAllBytes(seerJar("next.jar", version, "").build()));
    }
    Files.delete(plugins.resolve("next.jar"));
    start();
    var names = new ArrayList<String>();
    for (int round = 1; round <= 12; round++) {
      for (int i = 1; i <= 20; i++) {
        names.add("d" + round + "-" + i);
        submit(names.get(names.size() - 1));
      }
      Files.write(plugins.resolve("seer.jar"), contents.get(round % 2));
      if (round % 4 == 0) {
        Files.delete(plugins.resolve("seer.jar"));
        host.updatePlugins();
        Files.write(plugins.resolve("seer.jar"), contents.get(round % 2));
      }
      host.updatePlugins();
    }
    host.close();
    assertThat(lines("other-seen").stream().map(line -> line.replace("other ", "")))
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(second("seen")).containsExactlyInAnyOrderElementsOf(names);
    var calls = second("exits").stream().map(Integer::valueOf).toList();
    assertThat(calls).hasSize(13);
    assertThat(calls.stream().mapToInt(Integer::intValue).sum()).isEqualTo(names.size());
    assertThat(host.summary().isSpotless()).isTrue();
  }

  @Test
  void aWatchingHostUpdatesPluginsAutomatically() throws Exception {
    seerJar("seer.jar", "1.0.0", "").build();
    start();
    host.watch(WatchSettings.of(List.of()));
    Files.createSymbolicLink(plugins.resolve("loop.jar"), plugins.resolve("loop.jar"));
    seerJar("seer.jar", "2.0.0", "").build();
    events.await(1, PluginChanged.class, changed -> changed.now().equals("2.0.0"));
    Files.write(plugins.resolve("seer.jar"), "no jar".getBytes(UTF_8));
    events.await(1, PluginTroubled.class, troubled -> troubled.running().equals("seer 2.0.0"));
    submit("a");
    events.awaitCalls("seer/Seer", 2);
    assertThat(lines("seen")).containsExactly("2.0.0 a");
  }

  @Test
  void aClosedHostUpdatesNothing() throws Exception {
    seerJar("seer.jar", "1.0.0", "").build();
    start();
    host.close();
    assertThatThrownBy(host::updatePlugins).isInstanceOf(IllegalStateException.class);
  }
}
