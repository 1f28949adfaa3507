package io.longline.host.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.event.HostEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryCollectorTest {

  private static final Path A = Path.of("/logs/a");
  private static final Path B = Path.of("/logs/b");

  private final SummaryCollector collector = new SummaryCollector();

  private HostSummary after(HostEvent... events) {
    List.of(events).forEach(collector::accept);
    return collector.summary(
        List.of(), Map.of(), List.of(), Path.of("out"), Map.of(), Optional.empty(), Duration.ZERO);
  }

  @Test
  void directoriesNamedAgainAndThoseDoneBeforeAreCountedSeparately() {
    var summary =
        after(
            new HostEvent.BatchNamedAgain(A),
            new HostEvent.BatchNamedAgain(A),
            new HostEvent.BatchKnown(B, 3));
    assertThat(summary.directories().namedAgain()).isEqualTo(2);
    assertThat(summary.directories().doneBefore()).isEqualTo(1);
    assertThat(summary.calls().deadLetters()).as("of the directory that was done").isEqualTo(3);
    assertThat(summary.isClean()).isFalse();
  }

  @Test
  void aBatchThatWaitedForAHookCountsOnce() {
    var summary =
        after(
            new HostEvent.BatchAccepted(A),
            new HostEvent.BatchFinished(A, true),
            new HostEvent.BatchAccepted(B),
            new HostEvent.BatchFinished(B, false));
    assertThat(summary.directories().finished()).isEqualTo(2);
    assertThat(summary.directories().waiting()).isEqualTo(1);
    var later = after(new HostEvent.BatchFinished(A, false)).directories();
    assertThat(later.finished()).isEqualTo(2);
    assertThat(later.waiting()).isZero();
  }

  @Test
  void anEmptySummaryHasNoFindings() {
    assertThat(after().isSpotless()).isTrue();
    assertThat(after(new HostEvent.FilesChanged(A, List.of("conn.log", "dns.log"))).isSpotless())
        .isFalse();
    assertThat(after().isClean()).isTrue();
    assertThat(after().troubles().changedFiles()).isEqualTo(Map.of(A, "conn.log, dns.log"));
    assertThat(after(new HostEvent.PathRejected("/x", "gone")).isClean()).isFalse();
  }
}
