package io.longline.host.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.HookWarning;
import io.longline.api.Site;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailureTracesTest {

  private static final String FRAMES = "\n    at a.B.c(B.java:1)\n    at a.B.d(B.java:2)";

  private final FailureTraces traces = new FailureTraces(2);

  private static HookWarning failure(String directory, int attempt, String error, String frames) {
    return new HookWarning(
        Instant.EPOCH,
        "p",
        "1.0.0",
        "p/Hook",
        Site.HOOK,
        Path.of(directory),
        attempt,
        HookWarning.Kind.FAILED,
        error,
        "took " + attempt + " ms",
        error + ": took " + attempt + " ms" + frames,
        "");
  }

  @Test
  void theNextAttemptIsLikeTheLastWhateverItsMessage() {
    assertThat(traces.isLikeTheLast(failure("/a", 1, "E", FRAMES))).isFalse();
    assertThat(traces.isLikeTheLast(failure("/a", 2, "E", FRAMES))).isTrue();
    assertThat(traces.isLikeTheLast(failure("/a", 3, "E", FRAMES))).isTrue();
  }

  @Test
  void anotherErrorPlaceOrDirectoryIsNotLikeIt() {
    traces.isLikeTheLast(failure("/a", 1, "E", FRAMES));
    assertThat(traces.isLikeTheLast(failure("/b", 2, "E", FRAMES))).isFalse();
    assertThat(traces.isLikeTheLast(failure("/a", 2, "F", FRAMES))).isFalse();
    assertThat(traces.isLikeTheLast(failure("/a", 3, "F", FRAMES.replace('2', '3')))).isFalse();
    assertThat(traces.isLikeTheLast(failure("/a", 1, "F", FRAMES.replace('2', '3'))))
        .as("a new beginning")
        .isFalse();
  }

  @Test
  void callsThatNeedNoMoreAttemptsAndTheOldestAreForgotten() {
    traces.isLikeTheLast(failure("/a", 1, "E", FRAMES));
    traces.forget("p/Hook", Path.of("/a"));
    assertThat(traces.isLikeTheLast(failure("/a", 2, "E", FRAMES))).isFalse();
    traces.isLikeTheLast(failure("/b", 1, "E", FRAMES));
    traces.isLikeTheLast(failure("/c", 1, "E", FRAMES));
    assertThat(traces.isLikeTheLast(failure("/a", 3, "E", FRAMES))).isFalse();
  }
}
