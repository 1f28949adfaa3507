package io.longline.host.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EventFanOutTest {

  private static final HostEvent EVENT = new HostEvent.BatchAccepted(Path.of("/logs/1"));

  private final List<String> received = new ArrayList<>();

  @Test
  void everySinkReceivesAnEventInTheirOrder() {
    var fanOut = new EventFanOut(List.of(event -> received.add("1"), event -> received.add("2")));
    fanOut.accept(EVENT);
    assertThat(received).containsExactly("1", "2");
  }

  @Test
  void aSinkThatThrowsDoesNotKeepTheEventFromTheOthers() {
    var fanOut =
        new EventFanOut(
            List.of(
                event -> {
                  throw new IllegalStateException("broken");
                },
                event -> received.add("2"),
                event -> {
                  throw new AssertionError("broken too");
                },
                event -> received.add("4")));
    fanOut.accept(EVENT);
    assertThat(received).containsExactly("2", "4");
    assertThat(fanOut.isHandingOut()).isFalse();
  }

  @Test
  void onlyTheThreadThatHandsOutIsHandingOut() throws Exception {
    var fanOut = new AtomicReference<EventFanOut>();
    var here = new ArrayList<Boolean>();
    var elsewhere = new ArrayList<Boolean>();
    fanOut.set(
        new EventFanOut(
            List.of(
                event -> {
                  here.add(fanOut.get().isHandingOut());
                  elsewhere.add(askOnAnotherThread(fanOut.get()));
                })));
    assertThat(fanOut.get().isHandingOut()).isFalse();
    fanOut.get().accept(EVENT);
    assertThat(here).containsExactly(true);
    assertThat(elsewhere).containsExactly(false);
    assertThat(fanOut.get().isHandingOut()).isFalse();
  }

  private static boolean askOnAnotherThread(EventFanOut fanOut) {
    var answer = new FutureTask<>(fanOut::isHandingOut);
    new Thread(answer).start();
    try {
      return answer.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
