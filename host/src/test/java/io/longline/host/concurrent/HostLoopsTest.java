package io.longline.host.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HostLoopsTest {

  private final HostLoops loops = new HostLoops();

  @Test
  void knowsTheLoopsThatLive() throws InterruptedException {
    var end = new CountDownLatch(1);
    var thread = loops.start("b", () -> Uninterruptibly.wait(end::await), () -> true);
    loops.start("a", () -> Uninterruptibly.wait(end::await), () -> true);
    assertThat(loops.all())
        .containsExactly(new HostLoops.Loop("a", true), new HostLoops.Loop("b", true));
    end.countDown();
    thread.join();
    assertThat(loops.all()).doesNotContain(new HostLoops.Loop("b", true));
    assertThat(loops.failure()).isNull();
  }

  @Test
  void aLoopThatThrowsBreaksTheHost() {
    loops.start(
        "feeder",
        () -> {
          throw new StackOverflowError();
        },
        () -> true);
    assertThat(loops.awaitFailure()).isTrue();
    assertThat(Objects.requireNonNull(loops.failure()).sentence())
        .isEqualTo("The thread feeder of the host has ended: java.lang.StackOverflowError.");
    assertThat(loops.all()).containsExactly(new HostLoops.Loop("feeder", false));
  }

  @Test
  void aLoopThatReturnsAlthoughNobodyAskedItToBreaksTheHost() {
    loops.start("watch", () -> {}, () -> false);
    assertThat(loops.awaitFailure()).isTrue();
    assertThat(Objects.requireNonNull(loops.failure()).sentence())
        .isEqualTo("The thread watch of the host has ended: Nobody has asked it to.");
  }

  @Test
  void nobodyWaitsForTheFailureOfAHostThatIsClosed() {
    loops.close();
    assertThat(loops.awaitFailure()).isFalse();
  }
}
