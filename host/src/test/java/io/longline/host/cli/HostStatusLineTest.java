package io.longline.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.event.HostEvent;
import io.longline.host.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostStatusLineTest {

  private static final Path A = Path.of("a");
  private static final Path B = Path.of("b");

  private final ManualClock clock = new ManualClock("2026-11-27T13:00:00Z");
  private final HostStatusLine line = new HostStatusLine(clock);

  @Test
  void countsDirectoriesAndDeadLetters() {
    assertThat(line.text(0)).isEqualTo("0 queued, 0 running, 0 done, 0 failed");
    line.accept(new HostEvent.BatchAccepted(A));
    line.accept(new HostEvent.BatchAccepted(B));
    assertThat(line.text(2)).isEqualTo("2 queued, 2 running, 0 done, 0 failed");
    line.accept(new HostEvent.CallDead("x/X", A));
    line.accept(new HostEvent.BatchFinished(A, false));
    // It waits for a hook that this host does not call.
    line.accept(new HostEvent.BatchFinished(B, true));
    assertThat(line.text(0)).isEqualTo("0 queued, 0 running, 1 done, 1 failed");
    // Another process has enqueued it.
    line.accept(new HostEvent.BatchFinished(Path.of("c"), false));
    assertThat(line.text(0)).isEqualTo("0 queued, 0 running, 2 done, 1 failed");
  }

  @Test
  void namesHooksAsLongAsTheyArePaused() {
    pause("a/A", 60);
    pause("b/B", 10);
    assertThat(line.text(0)).endsWith(" failed; paused: a/A, b/B");
    clock.advance(Duration.ofSeconds(10));
    assertThat(line.text(0)).endsWith(" failed; paused: a/A");
    pause("c/C", 60);
    pause("d/D", 60);
    pause("e/E", 60);
    assertThat(line.text(0)).endsWith(" failed; paused: a/A, c/C, d/D and 1 more");
    clock.advance(Duration.ofSeconds(60));
    assertThat(line.text(0)).endsWith(" failed");
  }

  private void pause(String hook, long seconds) {
    line.accept(new HostEvent.HookPaused(hook, clock.instant().plusSeconds(seconds), "It fails."));
  }
}
