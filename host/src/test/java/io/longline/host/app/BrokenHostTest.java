package io.longline.host.app;

import static io.longline.host.testing.PluginJars.goodHook;
import static io.longline.host.testing.PluginJars.logHook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.host.configuration.HostSettings;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host whose threads are interrupted, or end. */
class BrokenHostTest {

  private static final int DIRECTORIES = 6;

  @TempDir Path folder;

  private Path plugins;
  private Path logs;
  private Path output;

  @BeforeEach
  void prepare() throws IOException {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    logs = Files.createDirectories(folder.resolve("logs"));
    output = folder.resolve("out");
    plugin("good", "Good", goodHook("Good"));
    for (int i = 0; i < DIRECTORIES; i++) {
      SampleLogs.directory(logs, "d" + i);
    }
  }

  private void plugin(String id, String className, String source) throws IOException {
    new PluginJars(plugins)
        .jar(id + ".jar")
        .plugin(id, "1.0.0")
        .source(source)
        .index("test.plugin." + className)
        .build();
  }

  private HookHost start(Set<String> isolated, EventSink... listeners) throws Exception {
    return HookHost.start(
        HostSettings.builder(plugins, output)
            .workers(2)
            .isolated(isolated)
            .listeners(List.of(listeners))
            .build());
  }

  private void interrupter() throws IOException {
    plugin(
        "bad",
        "Interrupts",
        logHook(
            "Interrupts",
            """
            var mine = Thread.currentThread();
            Runnable all = () -> Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getClass().getName().contains("longline") && t != mine)
                .forEach(Thread::interrupt);
            all.run();
            var other = new Thread(all);
            other.start();
            other.join();"""));
  }

  @Test
  void interruptsOfAHookHarmNoThreadOfTheHost() throws Exception {
    interrupter();
    assertEverythingIsDone(start(Set.of()));
  }

  @Test
  void interruptsOfAHookHarmNoThreadOfItsProcess() throws Exception {
    interrupter();
    assertEverythingIsDone(start(Set.of("bad")));
  }

  private void assertEverythingIsDone(HookHost host) {
    host.submit(logs);
    host.close();
    assertThat(host.failure()).isEmpty();
    assertThat(host.summary().isSpotless()).isTrue();
    assertThat(host.summary().calls().allSucceeded()).isEqualTo(2 * DIRECTORIES);
  }

  @Test
  void aListenerThatThrowsAnErrorAndInterruptsItsThreadHarmsNothing() throws Exception {
    var host =
        start(
            Set.of(),
            event -> {
              Thread.currentThread().interrupt();
              throw new StackOverflowError("of the listener");
            });
    host.submit(logs);
    // The listener has interrupted this thread too.
    assertThat(Thread.interrupted()).isTrue();
    host.close();
    assertThat(host.failure()).isEmpty();
    assertThat(host.summary().directories().finished()).isEqualTo(DIRECTORIES);
  }

  @Test
  void aThreadThatEndsBreaksTheHostWhichLeavesTheRest() throws Exception {
    var failures = new LinkedBlockingQueue<String>();
    var host =
        start(
            Set.of(),
            event -> {
              if (event instanceof HostEvent.HostFailed failed) {
                failures.add(failed.reason());
              }
            });
    host.startThread(
        "intake",
        () -> {
          throw new OutOfMemoryError("of a test");
        });
    assertThat(host.awaitFailure()).isTrue();
    var sentence =
        "The thread intake of the host has ended: java.lang.OutOfMemoryError: of a test.";
    assertThat(host.failure()).contains(sentence);
    assertThat(failures.take()).isEqualTo(sentence);
    host.close();
    assertThat(host.summary().failure()).contains(sentence);
    assertThat(host.summary().isClean()).isFalse();
    assertThatThrownBy(() -> host.submit(logs)).isInstanceOf(IllegalStateException.class);
    try (var next = start(Set.of())) {
      next.submit(logs);
    }
  }
}
