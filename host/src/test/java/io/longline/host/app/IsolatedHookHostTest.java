package io.longline.host.app;

import java.util.Set;

/** The contract of {@link HookHostTest} with every plugin in a process of its own. */
class IsolatedHookHostTest extends HookHostTest {

  @Override
  Set<String> isolated() {
    return Set.of("all");
  }
}
