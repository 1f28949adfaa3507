package io.longline.host.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HostLoopsTest {

  private final HostLoops loops = new HostLoops();

  @Test
  void knowsTheLoopsThatLive() throws InterruptedException {
    var end = new CountDownLatch(1);
    var thread = loops.start("b", () -> Uninterruptibly.wait(end::await), () -> true);
    loops.start("a", () -> Uninterruptibly.wait(end::await), () -> true);
    assertThat(loops.all())
        .containsExactly(
            new HostLoops.Loop("a", true, false), new HostLoops.Loop("b", true, false));
    end.countDown();
    thread.join();
    assertThat(loops.all()).doesNotContain(new HostLoops.Loop("b", true, false));
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
    assertThat(loops.all()).containsExactly(new HostLoops.Loop("feeder", false, false));
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

  @Test
  void aLoopThatDoesNotGetOnIsStuckUnlessItRests() throws InterruptedException {
    var now = new AtomicLong();
    var timed = new HostLoops(now::get);
    var toDo = new SynchronousQueue<Runnable>();
    var done = new SynchronousQueue<Boolean>();
    timed.start(
        "loop",
        Duration.ofSeconds(5),
        () -> {
          for (; ; ) {
            Uninterruptibly.wait(
                () -> {
                  toDo.take().run();
                  done.put(true);
                });
          }
        },
        () -> true);
    toDo.put(HostThread::pass);
    done.take();
    now.set(Duration.ofSeconds(5).toNanos());
    assertThat(timed.all()).containsExactly(new HostLoops.Loop("loop", true, false));
    now.set(Duration.ofSeconds(6).toNanos());
    assertThat(timed.all()).containsExactly(new HostLoops.Loop("loop", true, true));
    toDo.put(HostThread::rest);
    done.take();
    assertThat(timed.all()).allMatch(HostLoops.Loop::isWell);
    toDo.put(HostThread::pass);
    done.take();
    assertThat(timed.all()).allMatch(HostLoops.Loop::isWell);
    now.set(Duration.ofSeconds(12).toNanos());
    assertThat(timed.all()).noneMatch(HostLoops.Loop::isWell);
  }
}
