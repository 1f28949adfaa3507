package io.longline.plugins.beacons;

import io.longline.detections.AddressRanges;
import java.util.List;

/**
 * Which connections count, as in RITA v5, {@code config/filter.go}: what is always included, then
 * what never is, then those between the own network and others. Immutable.
 */
final class NetworkFilter {

  /** Addresses that are no hosts of a network. */
  private static final AddressRanges NO_HOSTS =
      AddressRanges.of(
          List.of(
              "0.0.0.0",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "224.0.0.0/4",
              "255.255.255.255",
              "::",
              "::1",
              "fe80::/10",
              "ff00::/8",
              "ff02::2"));

  private final AddressRanges internal;
  private final AddressRanges always;
  private final AddressRanges never;
  private final boolean keepsIncoming;

  /**
   * A filter.
   *
   * @param internal the own network
   * @param always what always counts
   * @param never what never counts, besides addresses that are no hosts
   * @param keepsIncoming whether connections from outside count
   */
  NetworkFilter(
      AddressRanges internal, AddressRanges always, AddressRanges never, boolean keepsIncoming) {
    this.internal = internal;
    this.always = always;
    this.never = never;
    this.keepsIncoming = keepsIncoming;
  }

  /** Whether an address is in the own network. */
  boolean isInternal(byte[] address, int length) {
    return internal.contains(address, length);
  }

  /** Whether connections with a host may count, whatever the other one is. */
  boolean keepsHost(byte[] address, int length) {
    return always.contains(address, length) || !isNever(address, length);
  }

  private boolean isNever(byte[] address, int length) {
    return NO_HOSTS.contains(address, length) || never.contains(address, length);
  }

  /**
   * Whether the connections of a pair count.
   *
   * @param isSourceInternal as {@link #isInternal} says
   * @param isTargetInternal as {@link #isInternal} says
   */
  boolean keeps(
      byte[] source,
      int sourceLength,
      boolean isSourceInternal,
      byte[] target,
      int targetLength,
      boolean isTargetInternal) {
    if (!always.isEmpty()
        && (always.contains(source, sourceLength) || always.contains(target, targetLength))) {
      return true;
    }
    if (isSourceInternal == isTargetInternal || (isTargetInternal && !keepsIncoming)) {
      return false;
    }
    return !isNever(source, sourceLength) && !isNever(target, targetLength);
  }
}
