package io.longline.plugins.firstseen;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Settings of tests. */
final class Given {

  static final List<String> INTERNAL =
      List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fd00::/8");

  private Given() {}

  static List<String> allKinds() {
    return Arrays.stream(Kind.values()).map(Kind::word).toList();
  }

  static FirstSeenSettings settings(Duration learning, Optional<Duration> reappearance) {
    return new FirstSeenSettings(
        allKinds(),
        allKinds(),
        INTERNAL,
        learning,
        Duration.ofDays(90),
        reappearance,
        List.of(),
        Optional.empty(),
        List.of());
  }
}
