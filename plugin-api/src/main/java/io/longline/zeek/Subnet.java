package io.longline.zeek;

import java.net.InetAddress;
import java.util.Objects;

/**
 * A subnet. Immutable.
 *
 * @param address its first address
 * @param width how many bits of the address all its addresses share: 0 to 32, for IPv6 0 to 128
 * @since 0.1.0
 */
public record Subnet(InetAddress address, int width) {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the width does not fit the address
   */
  public Subnet {
    Objects.requireNonNull(address, "address");
    if (width < 0 || width > address.getAddress().length * 8) {
      throw new IllegalArgumentException("The width " + width + " does not fit " + address + ".");
    }
  }

  /** As Zeek writes it: the address, a slash, the width. */
  @Override
  public String toString() {
    return AddressText.format(address.getAddress()) + "/" + width;
  }
}
