package io.longline.host.isolation;

import static io.longline.host.testing.PluginJars.logHook;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.app.HookHost;
import io.longline.host.configuration.HostSettings;
import io.longline.host.event.HostEvent;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.testing.AwaitedEvents;
import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processes of isolated plugins, as the operating system sees them. */
class PluginProcessTest {

  @TempDir Path folder;

  private final AwaitedEvents events = new AwaitedEvents();
  private Path plugins;

  @BeforeEach
  void prepare() throws Exception {
    plugins = Files.createDirectories(folder.resolve("plugins"));
  }

  private HookHost start(String body) throws Exception {
    new PluginJars(plugins)
        .jar("reports.jar")
        .plugin("reports", "1.0.0")
        .source(logHook("Reports", body))
        .index("test.plugin.Reports")
        .build();
    return HookHost.start(
        HostSettings.builder(plugins, folder.resolve("out"))
            .workers(1)
            .isolated(Set.of("all"))
            .retries(new RetryPolicy(1, Duration.ofMillis(100)))
            .listeners(List.of(events))
            .build());
  }

  private String reported() throws Exception {
    return Files.readAllLines(folder.resolve("out/reported.log")).get(0);
  }

  @Test
  void aFailureToStartAProcessIsNotChargedToTheHook() throws Exception {
    try (var host =
        start(
            """
            context.output("reported").lines().line(ProcessHandle.current().pid() + " "
                + getClass().getProtectionDomain().getCodeSource().getLocation().getPath());
            """)) {
      host.submit(SampleLogs.directory(folder.resolve("logs"), "a"));
      events.awaitCalls("reports/Reports", 1);
      var reported = reported().split(" ", 2);
      // No process can make its socket there.
      var privateFolder = Path.of(reported[1]).getParent();
      var away = Files.move(privateFolder, privateFolder.resolveSibling("away-" + reported[0]));
      Files.createFile(privateFolder);
      var process = ProcessHandle.of(Long.parseLong(reported[0])).orElseThrow();
      process.destroyForcibly();
      process.onExit().get(60, TimeUnit.SECONDS);
      host.submit(SampleLogs.directory(folder.resolve("logs"), "b"));
      // With one attempt a call that is charged would be a dead letter.
      events.await(
          2,
          HostEvent.HookWarned.class,
          warned -> warned.warning().message().contains("cannot be started"));
      Files.delete(privateFolder);
      Files.move(away, privateFolder);
      events.await(2, HostEvent.CallEnded.class, HostEvent.CallEnded::succeeded);
      assertThat(events.of(HostEvent.CallDead.class)).isEmpty();
      assertThat(events.of(HostEvent.HookWarned.class).get(0).warning().nextStep())
          .contains("not to blame");
    }
  }

  @Test
  void thePrivateFolderIsCreatedAgainAfterItWasRemoved() throws Exception {
    Path privateFolder;
    try (var host =
        start(
            """
            context.output("reported").lines().line(ProcessHandle.current().pid() + " "
                + getClass().getProtectionDomain().getCodeSource().getLocation().getPath());
            """)) {
      host.submit(SampleLogs.directory(folder.resolve("logs"), "a"));
      events.awaitCalls("reports/Reports", 1);
      var reported = reported().split(" ", 2);
      privateFolder = Path.of(reported[1]).getParent();
      try (var files = Files.list(privateFolder)) {
        for (var file : files.toList()) {
          if (Files.isRegularFile(file)) {
            Files.delete(file);
          } else {
            Files.move(file, folder.resolve("moved-" + file.getFileName()));
          }
        }
      }
      Files.delete(privateFolder);
      var process = ProcessHandle.of(Long.parseLong(reported[0])).orElseThrow();
      process.destroyForcibly();
      process.onExit().get(60, TimeUnit.SECONDS);
      host.submit(SampleLogs.directory(folder.resolve("logs"), "c"));
      events.await(2, HostEvent.CallEnded.class, HostEvent.CallEnded::succeeded);
      assertThat(privateFolder.resolve("lock")).exists();
      assertThat(events.of(HostEvent.HookWarned.class)).isEmpty();
    }
    assertThat(privateFolder).doesNotExist();
  }

  @Test
  void processesThatAHookStartedEndWithThePluginProcess() throws Exception {
    ProcessHandle started;
    try (var host =
        start(
            """
            var process = new ProcessBuilder("sleep", "1000").start();
            context.output("reported").lines().line(String.valueOf(process.pid()));
            """)) {
      host.submit(SampleLogs.directory(folder.resolve("logs"), "a"));
      events.awaitCalls("reports/Reports", 1);
      started = ProcessHandle.of(Long.parseLong(reported())).orElseThrow();
      assertThat(started.isAlive()).isTrue();
    }
    started.onExit().get(60, TimeUnit.SECONDS);
  }
}
