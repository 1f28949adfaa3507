package io.longline.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Notices, each step made by hand. */
class ServiceNoticesTest {

  private final AtomicLong now = new AtomicLong();
  private final List<String> sent = new ArrayList<>();
  private boolean isDown;

  private final ServiceNotices notices =
      new ServiceNotices(this::send, Duration.ofSeconds(60), now::get);

  private void send(List<String> notice) throws IOException {
    if (isDown) {
      throw new IOException("It is down.");
    }
    sent.add(String.join(" ", notice));
  }

  /** A running program. */
  private record Running(String status, boolean isStopping, List<String> stuck)
      implements ServiceState {

    static Running well(String status) {
      return new Running(status, false, List.of());
    }

    @Override
    public boolean isReady() {
      return true;
    }
  }

  private List<String> step(long seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    sent.clear();
    notices.step();
    return List.copyOf(sent);
  }

  @Test
  void saysEachThingOnceAndThatItLivesAtHalfOfTheTime() {
    assertThat(step(0)).containsExactly("STATUS=Starting");
    assertThat(step(5)).isEmpty();
    notices.use(Running.well("1 done"));
    assertThat(step(5)).containsExactly("READY=1 STATUS=1 done WATCHDOG=1");
    assertThat(step(5)).isEmpty();
    notices.use(Running.well("2 done"));
    assertThat(step(5)).containsExactly("STATUS=2 done");
    assertThat(step(15)).isEmpty();
    // The next step would be too late for half of the time.
    assertThat(step(5)).containsExactly("WATCHDOG=1");
    assertThat(step(25)).isEmpty();
    assertThat(step(5)).containsExactly("WATCHDOG=1");
  }

  @Test
  void givesNoSignOfLifeWhileALoopHangs() {
    notices.use(Running.well("1 done"));
    step(0);
    notices.use(new Running("1 done", false, List.of("committer")));
    assertThat(step(40)).isEmpty();
    assertThat(step(40)).isEmpty();
    notices.use(Running.well("1 done"));
    assertThat(step(5)).containsExactly("WATCHDOG=1");
  }

  @Test
  void asksForTimeWhileItEnds() {
    notices.use(Running.well("1 done"));
    step(0);
    notices.use(new Running("1 done", true, List.of()));
    assertThat(step(5)).containsExactly("STOPPING=1 EXTEND_TIMEOUT_USEC=60000000");
    assertThat(step(5)).containsExactly("EXTEND_TIMEOUT_USEC=60000000");
    assertThat(step(3_580)).containsExactly("WATCHDOG=1 EXTEND_TIMEOUT_USEC=60000000");
    assertThat(step(20)).isEmpty();
  }

  @Test
  void asksForNoTimeWhileALoopHangs() {
    notices.use(new Running("1 done", true, List.of("feeder")));
    assertThat(step(0)).containsExactly("READY=1 STOPPING=1 STATUS=1 done");
    assertThat(step(40)).isEmpty();
  }

  @Test
  void saysAgainWhatCouldNotBeSent() {
    isDown = true;
    notices.use(Running.well("1 done"));
    assertThat(step(0)).isEmpty();
    assertThat(step(5)).isEmpty();
    isDown = false;
    assertThat(step(5)).containsExactly("READY=1 STATUS=1 done WATCHDOG=1");
    assertThat(step(5)).isEmpty();
  }

  @Test
  void aStepThatBreaksIsNotTheLast() {
    notices.use(
        () -> {
          throw new OutOfMemoryError("full");
        });
    assertThat(step(0)).isEmpty();
    notices.use(Running.well("1 done"));
    assertThat(step(5)).containsExactly("READY=1 STATUS=1 done WATCHDOG=1");
  }

  @Test
  void withoutAServiceManagerThereIsNoThread() {
    try (var none = ServiceNotices.start(Map.of("WATCHDOG_USEC", "1000"))) {
      none.use(Running.well("1 done"));
      none.step();
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .doesNotContain("service-notices");
    }
  }

  @Test
  void readsWhatTheServiceManagerWants() {
    assertThat(ServiceSocket.in(Map.of(), 7)).isEmpty();
    assertThat(ServiceSocket.in(Map.of("NOTIFY_SOCKET", "vsock:2:1"), 7)).isEmpty();
    assertThat(watchdog("60000000", "7")).hasSeconds(60);
    assertThat(watchdog("1500", "")).hasNanos(1_500_000);
    assertThat(watchdog("60000000", "8")).isZero();
    assertThat(watchdog("0", "7")).isZero();
    assertThat(watchdog("-1", "7")).isZero();
    assertThat(watchdog("9".repeat(30), "7")).isZero();
  }

  private static Duration watchdog(String micros, String pid) {
    var environment =
        Map.of("NOTIFY_SOCKET", "@name", "WATCHDOG_USEC", micros, "WATCHDOG_PID", pid);
    return ServiceSocket.in(environment, 7).orElseThrow().watchdog().orElse(Duration.ZERO);
  }
}
