package io.longline.host.app;

import java.util.Set;

/** The contract of {@link PluginUpdateTest} with every plugin in a process of its own. */
class IsolatedPluginUpdateTest extends PluginUpdateTest {

  @Override
  Set<String> isolated() {
    return Set.of("all");
  }
}
