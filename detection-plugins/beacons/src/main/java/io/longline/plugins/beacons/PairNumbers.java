package io.longline.plugins.beacons;

import java.util.List;

/**
 * What a pair did, in numbers. Immutable.
 *
 * @param counts what can be counted
 * @param duration of all connections, in microseconds
 * @param openDuration of those that were open
 * @param bytes of both sides
 * @param ports with protocol and service, at most 20
 * @param byHour the connections of each hour that is looked at
 */
record PairNumbers(
    Counts counts,
    long duration,
    long openDuration,
    long bytes,
    List<String> ports,
    List<Long> byHour) {

  /**
   * What can be counted.
   *
   * @param connections that began in the time that is looked at
   * @param times different seconds in which they began
   * @param open connections that were open
   * @param missingHosts HTTP requests without a host
   * @param proxied connections by a proxy
   */
  record Counts(long connections, long times, long open, long missingHosts, long proxied) {}
}
