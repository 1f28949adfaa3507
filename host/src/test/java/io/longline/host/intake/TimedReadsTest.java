package io.longline.host.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.host.ledger.FileStamp;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimedReadsTest {

  private static final Path FILE = Path.of("conn.log");
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final CountDownLatch opened = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  private TimedReads reads(Duration patience, Duration limit) {
    return new TimedReads(
        patience,
        limit,
        task -> {
          var thread = new Thread(task);
          thread.setDaemon(true);
          threads.add(thread);
          return thread;
        });
  }

  /** Hangs as opening a named pipe does: an interrupt does not end it. */
  private String hang() {
    for (boolean isOpen = false; !isOpen; ) {
      try {
        isOpen = opened.await(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        // Continues to hang.
      }
    }
    return "opened";
  }

  @AfterEach
  void open() {
    opened.countDown();
  }

  @Test
  void aFileThatHangsIsGivenUpAndOthersAreRead() throws IOException {
    var reads = reads(SHORT, SHORT);
    assertThatThrownBy(() -> reads.read(this::hang, () -> false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("took more than");
    assertThat(reads.read(() -> "read", () -> false)).isEqualTo("read");
    assertThat(threads).hasSizeGreaterThan(1);
  }

  @Test
  void thereIsAnEndToTheThreadsThatHang() {
    var reads = reads(SHORT, SHORT);
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> reads.read(this::hang, () -> false)).isInstanceOf(IOException.class);
    }
    assertThat(threads).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void waitingEndsWithTheHost() {
    var reads = reads(LONG, LONG);
    assertThatThrownBy(() -> reads.read(this::hang, () -> true))
        .isInstanceOf(InterruptedIOException.class);
  }

  @Test
  void aFailureIsThatOfTheReading() {
    var reads = reads(LONG, LONG);
    Callable<String> failing =
        () -> {
          throw new IOException("no");
        };
    assertThatThrownBy(() -> reads.read(failing, () -> false)).hasMessage("no");
    assertThatThrownBy(() -> reads.readOnce(FILE, stamp(1), failing, () -> false)).hasMessage("no");
  }

  @Test
  void anUnchangedFileIsReadOnce() throws IOException {
    var reads = reads(LONG, LONG);
    var count = new AtomicInteger();
    for (int size : new int[] {1, 1, 2, 2}) {
      assertThat(reads.readOnce(FILE, stamp(size), count::incrementAndGet, () -> false))
          .isEqualTo(size);
    }
    assertThat(count).hasValue(2);
  }

  @Test
  void whatTakesLongIsAskedForAgain() throws Exception {
    var reads = reads(SHORT, LONG);
    assertThatThrownBy(() -> reads.readOnce(FILE, stamp(1), this::hang, () -> false))
        .isInstanceOf(TimedReads.UnderWayException.class);
    opened.countDown();
    for (var thread : threads) {
      assertThat(thread.isDaemon()).isTrue();
    }
    assertThat(untilRead(reads)).isEqualTo("opened");
  }

  private String untilRead(TimedReads reads) throws IOException {
    for (int i = 0; i < 1_000; i++) {
      try {
        return reads.readOnce(FILE, stamp(1), this::hang, () -> false);
      } catch (TimedReads.UnderWayException e) {
        // It waits for a moment each time.
      }
    }
    throw new AssertionError("It was never read.");
  }

  private static FileStamp stamp(long size) {
    return new FileStamp("conn.log", size, 1);
  }
}
