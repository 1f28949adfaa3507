package io.longline.host.service;

import static io.longline.host.testing.PluginJars.logHook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longline.host.concurrent.HostLoops;
import io.longline.host.concurrent.HostThread;
import io.longline.host.concurrent.Uninterruptibly;
import io.longline.host.testing.HostProcess;
import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notices that arrive at a real socket, by the real program, without systemd. */
@Timeout(120)
class NotifyProgramTest {

  @TempDir Path folder;

  @BeforeAll
  static void needsPrograms() {
    for (var program : List.of("systemd-notify", "python3")) {
      boolean isThere =
          Stream.of(System.getenv("PATH").split(":", -1))
              .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
      if (!isThere && "true".equals(System.getenv("CI"))) {
        throw new AssertionError("There is no " + program + ".");
      }
      assumeTrue(isThere, "SKIPPED: there is no " + program);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/notify", "@"})
  void aNoticeArrivesWhole(String name) throws IOException {
    var address = (name.startsWith("@") ? "@" : "") + folder + "/notify";
    try (var listener = NoticeListener.at(address)) {
      var program = new NotifyProgram("systemd-notify", address);
      program.send(List.of("READY=1", "STATUS=--ready 3 done; paused: ä"));
      program.send(List.of("STOPPING=1"));
      assertThat(listener.next()).isEqualTo("READY=1 STATUS=--ready 3 done; paused: ä");
      assertThat(listener.next()).isEqualTo("STOPPING=1");
    }
  }

  @Test
  void whatCannotBeSentIsReported() {
    var nobody = new NotifyProgram("systemd-notify", folder.resolve("nobody").toString());
    assertThatThrownBy(() -> nobody.send(List.of("READY=1")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("systemd-notify ended with exit code 1.");
    var missing = new NotifyProgram("no-such-program", "/notify");
    assertThatThrownBy(() -> missing.send(List.of("READY=1"))).isInstanceOf(IOException.class);
  }

  @Test
  void noSignOfLifeIsSentWhileALoopHangs() throws Exception {
    var address = folder.resolve("notify").toString();
    var now = new AtomicLong();
    var loops = new HostLoops(now::get);
    var end = new CountDownLatch(1);
    var state =
        new ServiceState() {
          @Override
          public String status() {
            return "running";
          }

          @Override
          public boolean isReady() {
            return true;
          }

          @Override
          public List<String> stuck() {
            return loops.all().stream()
                .filter(loop -> !loop.isWell())
                .map(HostLoops.Loop::name)
                .toList();
          }
        };
    try (var listener = NoticeListener.at(address)) {
      var notices =
          new ServiceNotices(
              new NotifyProgram("systemd-notify", address), Duration.ofSeconds(60), now::get);
      notices.use(state);
      notices.step();
      assertThat(listener.next()).isEqualTo("READY=1 STATUS=running WATCHDOG=1");
      var hasPassed = new CountDownLatch(1);
      var loop =
          loops.start(
              "feeder",
              Duration.ofSeconds(10),
              () -> {
                HostThread.pass();
                hasPassed.countDown();
                Uninterruptibly.wait(end::await);
              },
              () -> true);
      hasPassed.await();
      now.addAndGet(Duration.ofSeconds(40).toNanos());
      notices.step();
      end.countDown();
      loop.join();
      notices.step();
      // A sign of life from the step before would have come first.
      assertThat(listener.next()).isEqualTo("WATCHDOG=1");
      new NotifyProgram("systemd-notify", address).send(List.of("X_LAST=1"));
      assertThat(listener.next()).isEqualTo("X_LAST=1");
    }
  }

  @Test
  void aHostThatWatchesReportsItsLife() throws Exception {
    var plugins = Files.createDirectories(folder.resolve("plugins"));
    new PluginJars(plugins)
        .jar("counter.jar")
        .plugin("counter", "1.0.0")
        .source(logHook("Counts", "context.output(\"seen\").lines().line(logs.name());"))
        .index("test.plugin.Counts")
        .build();
    var logs = Files.createDirectories(folder.resolve("logs"));
    SampleLogs.directory(logs, "a");
    var address = folder.resolve("notify").toString();
    var variables = "export WATCHDOG_USEC=2000000 NOTIFY_SOCKET='" + address + "'";
    try (var listener = NoticeListener.at(address);
        var host =
            HostProcess.start(
                variables,
                folder,
                "256m",
                "watch",
                "--ready=quiet:1ms",
                "--interval=100ms",
                "--plugins=" + plugins,
                "--state=" + folder.resolve("state"),
                "--output=" + folder.resolve("output"),
                logs.toString())) {
      assertThat(listener.next()).as(host.printed()).isEqualTo("STATUS=Starting");
      var ready = listener.next();
      assertThat(ready).startsWith("READY=1 STATUS=").endsWith(" WATCHDOG=1");
      var status = ready;
      while (!status.contains("0 queued, 0 running, 1 done, 0 failed")) {
        status = listener.next();
      }
      var alive = listener.next();
      while (!alive.equals("WATCHDOG=1")) {
        alive = listener.next();
      }
      host.process().destroy();
      var stopping = listener.next();
      while (stopping.equals("WATCHDOG=1")) {
        stopping = listener.next();
      }
      assertThat(stopping)
          .startsWith("STOPPING=1 STATUS=Stopping: 0 queued, 0 running, 1 done, 0 failed")
          .endsWith("EXTEND_TIMEOUT_USEC=60000000");
      assertThat(host.exitCode()).as(host.printed()).isEqualTo(143);
    }
  }
}
