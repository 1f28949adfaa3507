package io.longline.host.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.LogHook;
import io.longline.api.Site;
import io.longline.host.ledger.Batch;
import io.longline.host.ledger.MemoryLedger;
import io.longline.host.plugins.InstalledHook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatcherTest {

  @TempDir Path folder;

  private final MemoryLedger ledger = new MemoryLedger();
  private final List<String> finished = new ArrayList<>();

  private static InstalledHook hook(String id, int maxConcurrency, Site... sites) {
    LogHook nothing = (logs, context) -> {};
    return new InstalledHook(
        id, "p", "1", nothing, Set.of(sites), maxConcurrency, ClassLoader.getSystemClassLoader());
  }

  private Dispatcher dispatcher(InstalledHook... hooks) {
    return new Dispatcher(
        List.of(hooks), batch -> finished.add(batch.directory().getFileName().toString()));
  }

  private Batch batch(String name) throws Exception {
    return ledger.accept(Files.createDirectories(folder.resolve(name))).orElseThrow();
  }

  private static String text(Run run) {
    return run.hook().id() + " " + run.batch().directory().getFileName();
  }

  @Test
  void pairsEachBatchWithEachHookOldestFirst() throws Exception {
    var dispatcher = dispatcher(hook("a", 9, Site.HOOK), hook("b", 9, Site.HOOK));
    dispatcher.offer(batch("1"));
    dispatcher.offer(batch("2"));
    dispatcher.endIntake();
    var runs = new ArrayList<String>();
    for (var run = dispatcher.take(); run != null; run = dispatcher.take()) {
      runs.add(text(run));
      dispatcher.end(run);
    }
    assertThat(runs).containsExactly("a 1", "b 1", "a 2", "b 2");
    assertThat(finished).containsExactly("1", "2");
  }

  @Test
  void neverHandsAHookOutMoreOftenThanItAllows() throws Exception {
    var dispatcher = dispatcher(hook("one", 1, Site.HOOK), hook("two", 2, Site.HOOK));
    for (int i = 1; i <= 3; i++) {
      dispatcher.offer(batch("" + i));
    }
    var first = dispatcher.take();
    assertThat(List.of(text(first), text(dispatcher.take()), text(dispatcher.take())))
        .containsExactly("one 1", "two 1", "two 2");
    dispatcher.end(first);
    assertThat(text(dispatcher.take())).isEqualTo("one 2");
  }

  @Test
  void aHookThatHangsHoldsUpNobodyElse() throws Exception {
    var dispatcher = dispatcher(hook("hangs", 1, Site.HOOK), hook("quick", 1, Site.HOOK));
    for (int i = 1; i <= 50; i++) {
      dispatcher.offer(batch("" + i));
    }
    assertThat(text(dispatcher.take())).isEqualTo("hangs 1");
    for (int i = 1; i <= 50; i++) {
      var run = dispatcher.take();
      assertThat(text(run)).isEqualTo("quick " + i);
      dispatcher.end(run);
    }
  }

  @Test
  void tellsThatABatchIsFinishedWhenItsLastCallHasEnded() throws Exception {
    var dispatcher = dispatcher(hook("a", 1, Site.HOOK), hook("b", 1, Site.HOOK));
    dispatcher.offer(batch("1"));
    var one = dispatcher.take();
    var two = dispatcher.take();
    dispatcher.end(two);
    assertThat(finished).isEmpty();
    dispatcher.end(one);
    assertThat(finished).containsExactly("1");
  }

  @Test
  void aBatchThatNoHookWantsIsFinishedAtOnce() throws Exception {
    var dispatcher = dispatcher(hook("exit", 1, Site.EXIT));
    dispatcher.offer(batch("1"));
    assertThat(finished).containsExactly("1");
    dispatcher.endIntake();
    assertThat(dispatcher.take()).isNull();
  }

  @Test
  void abandonsWhatIsQueuedAndNotWhatRuns() throws Exception {
    var dispatcher = dispatcher(hook("a", 1, Site.HOOK));
    dispatcher.offer(batch("1"));
    dispatcher.offer(batch("2"));
    var running = dispatcher.take();
    assertThat(dispatcher.abandonQueue())
        .extracting(batch -> batch.directory().getFileName().toString())
        .containsExactly("2");
    assertThat(dispatcher.take()).isNull();
    dispatcher.end(running);
    assertThat(finished).containsExactly("1");
    assertThatThrownBy(() -> dispatcher.offer(batch("3")))
        .isInstanceOf(IllegalStateException.class);
  }
}
