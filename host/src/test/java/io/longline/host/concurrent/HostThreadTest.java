package io.longline.host.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HostThreadTest {

  private static final long LIMIT_SECONDS = 60;

  private final CountDownLatch isWaiting = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicBoolean wasInterrupted = new AtomicBoolean();
  private final HostThread thread = new HostThread(this::await, "test");

  private void await() {
    isWaiting.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      wasInterrupted.set(true);
    }
  }

  private void start() throws InterruptedException {
    thread.start();
    assertThat(isWaiting.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private void join() throws InterruptedException {
    thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void ignoresTheInterruptsOfOtherThreads() throws InterruptedException {
    start();
    thread.interrupt();
    assertThat(thread.isInterrupted()).isFalse();
    end.countDown();
    join();
    assertThat(wasInterrupted).isFalse();
  }

  @Test
  void ignoresTheInterruptOfItsGroup() throws InterruptedException {
    var group = new ThreadGroup("plugins");
    var starter =
        new Thread(
            group,
            () -> {
              new HostThread(this::await, "of-the-group").start();
            });
    starter.start();
    starter.join();
    assertThat(isWaiting.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(group.activeCount()).isEqualTo(1);
    group.interrupt();
    end.countDown();
    assertThat(wasInterrupted).isFalse();
  }

  @Test
  void followsTheOrdersOfTheHost() throws InterruptedException {
    start();
    HostThread.order(thread);
    join();
    assertThat(wasInterrupted).isTrue();
  }

  @Test
  void canBeInterruptedByItsOwnCode() throws InterruptedException {
    var own =
        new HostThread(
            () -> {
              Thread.currentThread().interrupt();
              wasInterrupted.set(Thread.interrupted());
            },
            "own");
    own.start();
    own.join();
    assertThat(wasInterrupted).isTrue();
  }

  @Test
  void aPauseOfALoopIsNotEndedByAnInterruptOfItsOwnCode() {
    Thread.currentThread().interrupt();
    assertThat(Uninterruptibly.pause(new CountDownLatch(1), 1)).isFalse();
    Thread.currentThread().interrupt();
    assertThat(Uninterruptibly.pause(new CountDownLatch(0), 1)).isTrue();
    assertThat(Thread.interrupted()).isFalse();
  }
}
