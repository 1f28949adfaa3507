package io.longline.host.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.Hook;
import io.longline.api.HookContext;
import io.longline.api.Interest;
import io.longline.api.LogDirectory;
import io.longline.api.LogHook;
import io.longline.api.RecordHook;
import io.longline.api.RecordSink;
import io.longline.api.Site;
import io.longline.host.call.Assignment;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.TestClaims;
import io.longline.host.plugins.CalledHook;
import io.longline.host.testing.TestHooks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DispatcherTest {

  private static final int LOW_WATER = 2;

  private long batches;

  private static CalledHook hook(String id, int maxConcurrency, Site... sites) {
    LogHook nothing = (logs, context) -> {};
    return TestHooks.called(
        id, maxConcurrency, nothing, Set.of(sites), ClassLoader.getSystemClassLoader());
  }

  private Dispatcher dispatcher(CalledHook... hooks) {
    return new Dispatcher(List.of(hooks), 4, LOW_WATER);
  }

  private Claim claim(String... hooks) {
    batches++;
    return TestClaims.of(batches, Path.of("/logs/" + batches), hooks);
  }

  private static String text(Assignment taken) {
    return taken.hooks().get(0).id() + " " + taken.batch().directory().getFileName();
  }

  @Test
  void pairsEachBatchWithEachHookOldestFirst() throws Exception {
    var dispatcher = dispatcher(hook("a", 9, Site.HOOK), hook("b", 9, Site.HOOK));
    dispatcher.offer(claim("a", "b"));
    dispatcher.offer(claim("a", "b"));
    dispatcher.end();
    var taken = new ArrayList<String>();
    for (var run = dispatcher.take(); run != null; run = dispatcher.take()) {
      taken.add(text(run));
      dispatcher.end(run);
    }
    assertThat(taken).containsExactly("a 1", "b 1", "a 2", "b 2");
  }

  @Test
  void neverExceedsTheConcurrencyOfAHook() throws Exception {
    var dispatcher = dispatcher(hook("one", 1, Site.HOOK), hook("two", 2, Site.HOOK));
    for (int i = 1; i <= 3; i++) {
      dispatcher.offer(claim("one", "two"));
    }
    var first = dispatcher.take();
    assertThat(List.of(text(first), text(dispatcher.take()), text(dispatcher.take())))
        .containsExactly("one 1", "two 1", "two 2");
    dispatcher.end(first);
    assertThat(text(dispatcher.take())).isEqualTo("one 2");
  }

  @Test
  void aHangingHookBlocksNoOtherHook() throws Exception {
    var dispatcher = dispatcher(hook("hangs", 1, Site.HOOK), hook("quick", 1, Site.HOOK));
    for (int i = 1; i <= 50; i++) {
      dispatcher.offer(claim("hangs", "quick"));
    }
    assertThat(text(dispatcher.take())).isEqualTo("hangs 1");
    for (int i = 1; i <= 50; i++) {
      var run = dispatcher.take();
      assertThat(text(run)).isEqualTo("quick " + i);
      dispatcher.end(run);
    }
  }

  @Test
  void callsOnlyTheHooksOfAClaim() throws Exception {
    var dispatcher = dispatcher(hook("a", 1, Site.HOOK), hook("b", 1, Site.HOOK));
    dispatcher.offer(claim("b"));
    dispatcher.end();
    assertThat(text(dispatcher.take())).isEqualTo("b 1");
    assertThat(dispatcher.take()).isNull();
  }

  @Test
  void isHungryWhileOneLaneIsShort() throws Exception {
    var dispatcher = dispatcher(hook("hangs", 1, Site.HOOK), hook("quick", 1, Site.HOOK));
    assertThat(dispatcher.isHungry()).isTrue();
    for (int i = 0; i < 3; i++) {
      dispatcher.offer(claim("hangs", "quick"));
    }
    assertThat(dispatcher.isHungry()).isFalse();
    dispatcher.take();
    for (int i = 0; i < 2; i++) {
      dispatcher.end(dispatcher.take());
    }
    assertThat(dispatcher.isHungry()).isTrue();
  }

  @Test
  void abandonsQueuedBatchesAndNotRunningCalls() throws Exception {
    var dispatcher = dispatcher(hook("a", 1, Site.HOOK));
    dispatcher.offer(claim("a"));
    dispatcher.offer(claim("a"));
    var running = dispatcher.take();
    dispatcher.abandon();
    assertThat(dispatcher.take()).isNull();
    assertThat(text(running)).isEqualTo("a 1");
  }

  @Test
  void queuedBatchesGoToTheNewHookWithTheIdAndWaitWhileItIsHeld() throws Exception {
    var dispatcher = dispatcher(hook("a", 1, Site.HOOK), hook("b", 1, Site.HOOK));
    dispatcher.offer(claim("a", "b"));
    dispatcher.offer(claim("a", "b"));
    var running = dispatcher.take();
    assertThat(text(running)).isEqualTo("a 1");
    var newer = hook("a", 1, Site.HOOK);
    var other = hook("b", 1, Site.HOOK);
    assertThat(dispatcher.exchange(List.of(newer, other), Set.of("a"))).isEmpty();
    dispatcher.end();
    for (var expected : List.of("b 1", "b 2")) {
      var run = dispatcher.take();
      assertThat(text(run)).isEqualTo(expected);
      dispatcher.end(run);
    }
    dispatcher.end(running);
    dispatcher.awaitEnd(running.hooks());
    dispatcher.exchange(List.of(newer, other), Set.of());
    var next = dispatcher.take();
    assertThat(text(next)).isEqualTo("a 2");
    assertThat(next.hooks()).containsExactly(newer);
    dispatcher.end(next);
    assertThat(dispatcher.take()).isNull();
  }

  @Test
  void runningCallsOfAnOldHookCountForTheNewHookWithTheId() throws Exception {
    var dispatcher = dispatcher(hook("a", 2, Site.HOOK), hook("b", 9, Site.HOOK));
    for (int i = 1; i <= 3; i++) {
      dispatcher.offer(claim("a", "b"));
    }
    var running = dispatcher.take();
    dispatcher.exchange(List.of(hook("a", 2, Site.HOOK)), Set.of());
    assertThat(text(dispatcher.take())).isEqualTo("a 2");
    dispatcher.end();
    dispatcher.end(running);
    assertThat(text(dispatcher.take())).isEqualTo("a 3");
  }

  @Test
  void batchesQueuedForARemovedHookAreReturned() throws Exception {
    var gone = hook("a", 1, Site.HOOK);
    var stays = hook("b", 1, Site.HOOK);
    var dispatcher = dispatcher(gone, stays);
    dispatcher.offer(claim("a", "b"));
    dispatcher.offer(claim("a"));
    var left = dispatcher.exchange(List.of(stays), Set.of());
    assertThat(left).extracting(DispatcherTest::text).containsExactly("a 1", "a 2");
    assertThat(left).allSatisfy(run -> assertThat(run.hooks()).containsExactly(gone));
    dispatcher.end();
    assertThat(text(dispatcher.take())).isEqualTo("b 1");
    assertThat(dispatcher.take()).isNull();
  }

  /** A thread that waits for another process leaves the workers to the hooks of this one. */
  @Test
  void callsInOtherProcessesDoNotOccupyWorkers() throws Exception {
    var here = hook("here", 9, Site.HOOK);
    var elsewhere = TestHooks.inProcess("elsewhere", 9, 7);
    var dispatcher = new Dispatcher(List.of(here, elsewhere), 1, LOW_WATER);
    for (int i = 1; i <= 2; i++) {
      dispatcher.offer(claim("here", "elsewhere"));
    }
    var taken = new ArrayList<Assignment>();
    for (int i = 1; i <= 3; i++) {
      taken.add(dispatcher.take());
    }
    assertThat(taken)
        .extracting(DispatcherTest::text)
        .containsExactly("here 1", "elsewhere 1", "elsewhere 2");
    dispatcher.end(taken.get(1));
    dispatcher.end(taken.get(0));
    assertThat(text(dispatcher.take())).isEqualTo("here 2");
  }

  @Test
  void replacedThreadsTakeNoMoreCalls() throws Exception {
    var dispatcher = dispatcher(hook("a", 1, Site.HOOK));
    int before = dispatcher.generation();
    dispatcher.offer(claim("a"));
    dispatcher.renewThreads();
    assertThat(dispatcher.take(before)).isNull();
    assertThat(text(dispatcher.take(dispatcher.generation()))).isEqualTo("a 1");
  }

  /** A hook that shares the scan of conn.log. */
  private static CalledHook sharing(String id, int maxConcurrency) {
    RecordHook hook =
        new RecordHook() {
          @Override
          public Interest interest() {
            return Interest.in("conn");
          }

          @Override
          public RecordSink open(LogDirectory logs, HookContext context) {
            return record -> {};
          }
        };
    return TestHooks.called(id, maxConcurrency, hook);
  }

  @Test
  void aHookAtItsLimitIsLeftOutOfTheNextScanAndCatchesUp() throws Exception {
    var dispatcher = dispatcher(sharing("one", 1), sharing("many", Hook.UNLIMITED));
    for (int i = 1; i <= 3; i++) {
      dispatcher.offer(claim("one", "many"));
    }
    var first = dispatcher.take();
    assertThat(first.hookIds()).containsExactly("one", "many");
    var second = dispatcher.take();
    assertThat(second.hookIds()).containsExactly("many");
    assertThat(text(second)).isEqualTo("many 2");
    dispatcher.end(first);
    var caughtUp = dispatcher.take();
    assertThat(caughtUp.hookIds()).containsExactly("one");
    assertThat(text(caughtUp)).isEqualTo("one 2");
    dispatcher.end(second);
    dispatcher.end(caughtUp);
    var third = dispatcher.take();
    assertThat(third.hookIds()).containsExactly("one", "many");
    assertThat(text(third)).isEqualTo("one 3");
  }

  @Test
  void hooksOfAScanHaveNoMoreSinksThanTheyAllow() throws Exception {
    var dispatcher = dispatcher(sharing("one", 1), sharing("two", 2));
    for (int i = 1; i <= 4; i++) {
      dispatcher.offer(claim("one", "two"));
    }
    assertThat(dispatcher.take().hookIds()).containsExactly("one", "two");
    assertThat(dispatcher.take().hookIds()).containsExactly("two");
    // Both are at their limits now.
    dispatcher.abandon();
    assertThat(dispatcher.take()).isNull();
  }

  @Test
  void aHookIsNotHeldUpByAnotherThatIsAtItsLimit() throws Exception {
    var dispatcher = dispatcher(sharing("a", 1), sharing("b", 1));
    dispatcher.offer(claim("a"));
    dispatcher.offer(claim("a"));
    dispatcher.offer(claim("a", "b"));
    assertThat(text(dispatcher.take())).isEqualTo("a 1");
    assertThat(text(dispatcher.take())).isEqualTo("b 3");
  }

  @Test
  void aHookOfAScanThatFallsBehindGetsNoMoreBatchesForNow() throws Exception {
    var dispatcher = dispatcher(sharing("one", 1), sharing("many", Hook.UNLIMITED));
    dispatcher.offer(claim("one", "many"));
    dispatcher.take();
    for (int i = 0; i < 3; i++) {
      dispatcher.offer(claim("one", "many"));
      dispatcher.end(dispatcher.take());
    }
    assertThat(dispatcher.busy(3)).containsExactly("one");
    assertThat(dispatcher.isHungry()).isTrue();
  }
}
