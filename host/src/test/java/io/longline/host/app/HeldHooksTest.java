package io.longline.host.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.Site;
import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.HookDescription;
import io.longline.host.plugins.HookOptions;
import io.longline.host.plugins.InstalledHook;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeldHooksTest {

  private final HeldHooks held =
      new HeldHooks(List.of(hook("p", "p/A"), hook("p", "p/B"), hook("q", "q/C")));
  private final List<Set<String>> changes = new ArrayList<>();

  private static CalledHook hook(String plugin, String id) {
    var description = new HookDescription(id, plugin, "1.0", Set.of(Site.HOOK), 1, null, List.of());
    return new CalledHook(InstalledHook.inProcess(description, 1), HookOptions.DEFAULT);
  }

  @Test
  void allHooksWaitAtFirst() {
    assertThat(held.ids()).containsExactlyInAnyOrder("p/A", "p/B", "q/C");
  }

  @Test
  void aPluginIsReleasedWithAllItsHooksAndTheOthersStillWait() {
    held.release("p", changes::add);
    assertThat(changes).containsExactly(Set.of("q/C"));
    assertThat(held.ids()).containsExactly("q/C");
    held.release("q", changes::add);
    assertThat(changes).containsExactly(Set.of("q/C"), Set.of());
  }

  @Test
  void releasingAPluginWithoutHooksChangesNothing() {
    held.release("unknown", changes::add);
    assertThat(changes).containsExactly(Set.of("p/A", "p/B", "q/C"));
  }

  @Test
  void theIdsDoNotChangeLater() {
    var before = held.ids();
    held.release("p", changes::add);
    assertThat(before).hasSize(3);
  }
}
