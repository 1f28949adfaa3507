package io.longline.host.service;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where a service manager wants to be notified, and how often; sd_notify(3) and
 * sd_watchdog_enabled(3) describe the variables. Immutable.
 *
 * @param address a path, or the name of an abstract socket after {@code @}
 * @param watchdog after so long without a sign of life the service manager ends the process; empty
 *     for never
 */
record ServiceSocket(String address, Optional<Duration> watchdog) {

  private static final int MAX_DIGITS = 15;

  /** The socket that the environment names; empty if no service manager waits for this process. */
  static Optional<ServiceSocket> in(Map<String, String> environment, long pid) {
    var address = environment.getOrDefault("NOTIFY_SOCKET", "");
    if (!address.startsWith("/") && !address.startsWith("@")) {
      return Optional.empty();
    }
    return Optional.of(new ServiceSocket(address, watchdog(environment, pid)));
  }

  private static Optional<Duration> watchdog(Map<String, String> environment, long pid) {
    var micros = environment.getOrDefault("WATCHDOG_USEC", "");
    var watched = environment.getOrDefault("WATCHDOG_PID", "");
    boolean isOther = !watched.isEmpty() && !watched.equals(Long.toString(pid));
    if (isOther || !micros.matches("[0-9]{1," + MAX_DIGITS + "}") || micros.matches("0+")) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofNanos(Long.parseLong(micros) * 1_000));
  }
}
