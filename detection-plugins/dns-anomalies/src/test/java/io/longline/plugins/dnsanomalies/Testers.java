package io.longline.plugins.dnsanomalies;

import io.longline.api.testing.HookTester;
import java.util.List;

/** Hooks to be tested. */
final class Testers {

  private Testers() {}

  /** The hook with the default settings. */
  static HookTester withDefaults() {
    return with();
  }

  /** The hook with the default settings, and what is allowed. */
  static HookTester with(String... allowed) {
    return HookTester.of(new DnsAnomalies())
        .settings(new DnsAnomaliesSettings(100, 500, 800, 1000, 100, 0.5, 50, List.of(allowed)));
  }
}
