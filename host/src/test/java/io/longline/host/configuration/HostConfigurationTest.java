package io.longline.host.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.host.app.HookHost;
import io.longline.host.intake.LogNames;
import io.longline.host.intake.Readiness;
import io.longline.host.intake.WatchedRoot;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.PausePolicy;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingsException;
import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The effect of a settings file, without the command line. */
class HostConfigurationTest {

  @TempDir Path temporary;

  private Path home;
  private Path file;
  private Path plugins;
  private Map<String, String> environment;

  @BeforeEach
  void prepare() throws IOException {
    home = temporary.toRealPath();
    file = home.resolve("longline.toml");
    plugins = home.resolve("plugins-dir");
    environment = Map.of("XDG_STATE_HOME", home.resolve("state").toString());
  }

  private SettingSources sources(String... lines) throws IOException, SettingsException {
    Files.write(file, Arrays.asList(lines));
    return new SettingSources(Map.of(), environment, ConfigurationFile.read(file));
  }

  private HostSettings run(String... lines) throws IOException, SettingsException {
    return HostConfiguration.readForRun(sources(lines), plugins);
  }

  private HostConfiguration watch(String... lines) throws IOException, SettingsException {
    return HostConfiguration.readForWatch(sources(lines), plugins, List.of());
  }

  @Test
  void anEmbedderStartsAHostFromASettingsFile() throws Exception {
    new PluginJars(Files.createDirectories(home.resolve("jars")))
        .jar("good.jar")
        .plugin("good", "1.0.0")
        .source(PluginJars.goodHook("Good"))
        .index("test.plugin.Good")
        .build();
    Files.createDirectory(home.resolve("spool"));
    var configuration =
        watch(
            "plugins-dir = \"jars\"",
            "output = \"out\"",
            "[[watch.roots]]",
            "path = \"spool\"",
            "[plugins.good]",
            "output-folder = \"from-good\"");
    try (var host = HookHost.start(configuration.host())) {
      host.watch(configuration.watch());
      host.submit(SampleLogs.directory(home, "a"));
    }
    assertThat(home.resolve("out/from-good/seen.log")).hasContent("a");
    assertThat(home.resolve("state/longline/ledger.db")).exists();
  }

  @Test
  void everySettingOfAHostArrives() throws Exception {
    var settings =
        run(
            "plugins-dir = \"jars\"",
            "output = \"out\"",
            "extracted = \"files\"",
            "state = \"here\"",
            "workers = 3",
            "strict = true",
            "hooks = [\"a\", \"b\"]",
            "without = [\"b/B\"]",
            "max-attempts = 7",
            "retry-delay = \"4s\"",
            "hook-timeout = \"2m\"",
            "isolate = [\"a\"]",
            "pause-after = 5",
            "pause = \"3m\"");
    assertThat(settings.folders())
        .isEqualTo(
            new HostSettings.Folders(
                home.resolve("jars"), home.resolve("out"), home.resolve("files")));
    assertThat(settings.queue().ledger()).isEqualTo(LedgerLocation.in(home.resolve("here")));
    assertThat(settings.calling())
        .isEqualTo(new HostSettings.Calling(3, Duration.ofMinutes(2), Set.of("a"), false));
    assertThat(settings.retrying())
        .isEqualTo(
            new HostSettings.Retrying(
                new RetryPolicy(7, Duration.ofSeconds(4)),
                true,
                new PausePolicy(5, Duration.ofMinutes(3))));
    assertThat(settings.plugins().strict()).isTrue();
    assertThat(settings.plugins().selection())
        .isEqualTo(new HookSelection(Set.of("a", "b"), Set.of("b/B")));
  }

  @Test
  void anEmptyFileGivesTheDefaultsOfRun() throws Exception {
    var settings = run();
    var output = Path.of("longline-output");
    assertThat(settings.folders()).isEqualTo(new HostSettings.Folders(plugins, output, null));
    assertThat(settings.queue())
        .isEqualTo(
            new HostSettings.Queue(
                LedgerLocation.in(output.resolve(".longline")),
                BatchLedger.Mode.NEW_HOOKS,
                Duration.ofSeconds(60),
                LogNames.KNOWN));
    assertThat(settings.retrying().policy()).isEqualTo(new RetryPolicy(3, Duration.ofSeconds(1)));
    assertThat(settings.calling().timeout()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void aHostThatWatchesRetriesLaterAndSharesTheLedgerOfTheUser() throws Exception {
    var configuration = watch("lease = \"5s\"", "[watch]", "interval = \"1s\"", "keep = \"90d\"");
    var host = configuration.host();
    assertThat(host.queue())
        .isEqualTo(
            new HostSettings.Queue(
                LedgerLocation.in(home.resolve("state/longline")),
                BatchLedger.Mode.NEW_FILES,
                Duration.ofSeconds(5),
                LogNames.KNOWN));
    assertThat(host.retrying().policy()).isEqualTo(new RetryPolicy(3, Duration.ofSeconds(30)));
    assertThat(host.retrying().waits()).isFalse();
    assertThat(configuration.watch())
        .isEqualTo(
            new WatchSettings(
                List.of(), Duration.ofSeconds(1), Readiness.QUIET, Duration.ofDays(90)));
  }

  @Test
  void rotationsAreTakenAfterTheTimeThatReadySaysWithoutARootToo() throws Exception {
    assertThat(watch("[watch]", "ready = \"quiet:1s\"").watch().rotatedQuiet())
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(watch("[watch]", "ready = \"close\"").watch().rotatedQuiet())
        .isEqualTo(Readiness.QUIET);
  }

  @Test
  void moreNamesOfLogsArePatterns() throws Exception {
    assertThat(run("log-names = [\"*.bak\", \"x-*\"]").queue().logNames())
        .isEqualTo(new LogNames(List.of("*.bak", "x-*")));
    assertThatThrownBy(() -> run("log-names = [\"[\"]"))
        .hasMessageContaining("a pattern for names, such as *.log.bak");
  }

  @Test
  void aNamedFolderKeepsTheSettingsOfItsTable() throws Exception {
    var pcaps = Files.createDirectory(home.resolve("pcaps"));
    var other = Files.createDirectory(home.resolve("other"));
    var sources =
        sources(
            "[watch]",
            "ready = \"close\"",
            "[[watch.roots]]",
            "path = \"pcaps\"",
            "ready = \"marker:done\"",
            "[[watch.roots]]",
            "path = \"gone\"");
    var watch = HostConfiguration.readForWatch(sources, plugins, List.of(other, pcaps)).watch();
    assertThat(watch.roots())
        .containsExactly(
            new WatchedRoot(other, new Readiness.Closed(), null),
            new WatchedRoot(pcaps, new Readiness.Marker("done"), null));
    assertThatThrownBy(() -> HostConfiguration.readForWatch(sources, plugins, List.of()))
        .as("without names all folders of the file must exist")
        .hasMessage(file + ":7: there is no folder " + home.resolve("gone") + " to watch.");
    assertThatThrownBy(
            () -> HostConfiguration.readForWatch(sources, plugins, List.of(home.resolve("x"))))
        .hasMessage("There is no folder " + home.resolve("x") + " to watch.");
  }

  @Test
  void allProblemsAreReportedTogether() {
    assertThatThrownBy(
            () ->
                watch(
                    "workers = 0",
                    "roots = [\"a=/no/such/folder\"]",
                    "state = \"none\"",
                    "[watch]",
                    "keep = \"1s\"",
                    "[[watch.roots]]",
                    "ready = \"close\""))
        .isInstanceOfSatisfying(
            SettingsException.class,
            e ->
                assertThat(e.problems())
                    .hasSize(5)
                    .contains(
                        file + ":1: workers is \"0\"; write a whole number from 1 to 10000.",
                        file + ":2: roots: there is no folder /no/such/folder.",
                        file
                            + ":3: state is \"none\"; other processes cannot use a ledger in memory: name a folder.",
                        file + ":7: this table [[watch.roots]] has no path.")
                    .anyMatch(each -> each.startsWith(file + ":5: keep is \"1s\"; write")));
  }

  /** Callers name what they change, so that another component breaks none of them. */
  @Test
  void settingsAreMadeFromDefaults() throws IOException {
    var minute = Duration.ofMinutes(1);
    assertThat(RetryPolicy.DEFAULT.withMaxAttempts(5).withFirstDelay(minute))
        .isEqualTo(new RetryPolicy(5, minute));
    assertThat(PausePolicy.DEFAULT.withFailures(3).withPause(minute))
        .isEqualTo(new PausePolicy(3, minute));
    var root = WatchedRoot.of(temporary);
    assertThat(root.path()).isEqualTo(temporary.toRealPath());
    assertThat(root.withReadiness(new Readiness.Marker("done")).withNames(path -> false))
        .satisfies(
            changed -> {
              assertThat(changed.path()).isEqualTo(root.path());
              assertThat(changed.readiness()).isEqualTo(new Readiness.Marker("done"));
              assertThat(changed.names()).isNotNull();
            });
    assertThat(WatchSettings.of(List.of(root)).withInterval(minute).withKeep(minute))
        .isEqualTo(new WatchSettings(List.of(root), minute, Readiness.QUIET, minute));
  }

  @Test
  void aRunAlsoChecksTheSettingsForWatching() {
    assertThatThrownBy(() -> run("[watch]", "interval = \"never\""))
        .hasMessageStartingWith(file + ":2: interval is \"never\"; write");
  }

  @Test
  void theLedgerOfHigherPrecedenceIsUsed() throws Exception {
    environment = Map.of("LONGLINE_LEDGER", "jdbc:postgresql://db/longline");
    assertThat(run("state = \"here\"").queue().ledger())
        .isEqualTo(LedgerLocation.at("jdbc:postgresql://db/longline"));
    environment = Map.of("LONGLINE_STATE", "none");
    assertThat(run("ledger = \"jdbc:postgresql://db/longline\"").queue().ledger().isInMemory())
        .isTrue();
    environment = Map.of();
    assertThatThrownBy(() -> run("state = \"here\"", "ledger = \"jdbc:postgresql://db/longline\""))
        .hasMessage(file + ":1 and " + file + ":2 name two ledgers; give only one of them.");
  }
}
