package io.longline.host.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosersTest {

  private final Closers closers = new Closers();
  private final List<String> closed = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  private void close() {
    closers.close((what, failure) -> failures.add(what + ": " + failure.getMessage()));
  }

  @Test
  void partsAreClosedInTheReverseOrder() {
    closers.add("Ending one", () -> closed.add("one"));
    closers.add("Ending two", () -> closed.add("two"));
    closers.add("Ending three", () -> closed.add("three"));
    close();
    assertThat(closed).containsExactly("three", "two", "one");
    assertThat(failures).isEmpty();
  }

  @Test
  void aPartThatFailsIsReportedAndTheOthersAreClosed() {
    closers.add("Ending one", () -> closed.add("one"));
    closers.add(
        "Ending two",
        () -> {
          throw new IOException("no room");
        });
    closers.add(
        "Ending three",
        () -> {
          throw new IllegalStateException("no reason");
        });
    close();
    assertThat(closed).containsExactly("one");
    assertThat(failures).containsExactly("Ending three: no reason", "Ending two: no room");
  }

  @Test
  void aSecondCallClosesNothingAgain() {
    closers.add("Ending one", () -> closed.add("one"));
    close();
    close();
    assertThat(closed).containsExactly("one");
  }

  @Test
  void whatIsAddedIsHandedBack() {
    AutoCloseable part = () -> closed.add("one");
    assertThat(closers.add("Ending one", part)).isSameAs(part);
    assertThat(closed).as("it is not closed by that").isEmpty();
  }
}
