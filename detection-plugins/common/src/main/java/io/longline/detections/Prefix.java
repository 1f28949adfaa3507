package io.longline.detections;

import org.jspecify.annotations.Nullable;

/**
 * A subnet, as numbers: its first address and its width. Immutable.
 *
 * @param bytes 4 or 16: how many bytes its addresses have
 * @param high the upper 64 bits of its first address; 0 for IPv4
 * @param low the lower 64 bits of its first address; for IPv4 all 32 bits
 * @param width how many bits its addresses share: up to 32 or 128
 */
public record Prefix(int bytes, long high, long low, int width) {

  private static final int MAPPED = 96;

  /** Clears the bits behind the width. */
  public Prefix {
    int bits = bytes * Byte.SIZE;
    if ((bytes != Addresses.V4 && bytes != Addresses.V6) || width < 0 || width > bits) {
      throw new IllegalArgumentException("No subnet of " + bytes + " bytes has width " + width);
    }
    high &= highMask(bytes, width);
    low &= lowMask(bytes, width);
  }

  /**
   * Reads {@code 10.0.0.0/8}, or an address, which is a subnet of one.
   *
   * @return null if the text is neither
   */
  public static @Nullable Prefix parse(String text) {
    int slash = text.indexOf('/');
    var address = new byte[Addresses.V6];
    boolean isMapped = text.startsWith("::ffff:");
    int bytes = Addresses.parse(slash < 0 ? text : text.substring(0, slash), address);
    if (bytes == 0) {
      return null;
    }
    int width = slash < 0 ? bytes * Byte.SIZE : width(text, slash + 1);
    if (slash >= 0 && bytes == Addresses.V4 && isMapped) {
      width -= MAPPED;
    }
    if (width < 0 || width > bytes * Byte.SIZE) {
      return null;
    }
    return bytes == Addresses.V4
        ? new Prefix(bytes, 0, word4(address, 0), width)
        : new Prefix(bytes, word8(address, 0), word8(address, 8), width);
  }

  private static int width(String text, int from) {
    int width = 0;
    for (int i = from; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || i - from == 3) {
        return -1;
      }
      width = width * 10 + digit;
    }
    return from == text.length() ? -1 : width;
  }

  /** The bits of {@link #high} that addresses share. */
  long highMask() {
    return highMask(bytes, width);
  }

  /** The bits of {@link #low} that addresses share. */
  long lowMask() {
    return lowMask(bytes, width);
  }

  /** The bits of the upper half of an address that those of a subnet share. */
  public static long highMask(int bytes, int width) {
    return bytes == Addresses.V4 ? -1L : mask(Math.min(width, Long.SIZE));
  }

  /** The bits of the lower half of an address that those of a subnet share. */
  public static long lowMask(int bytes, int width) {
    return bytes == Addresses.V4
        ? mask(width + Integer.SIZE)
        : mask(Math.max(0, width - Long.SIZE));
  }

  private static long mask(int bits) {
    return bits == 0 ? 0 : -1L << (Long.SIZE - bits);
  }

  /** Four bytes, in network order, as a number that is not negative. */
  public static long word4(byte[] bytes, int at) {
    return (bytes[at] & 0xFFL) << 24
        | (bytes[at + 1] & 0xFFL) << 16
        | (bytes[at + 2] & 0xFFL) << 8
        | bytes[at + 3] & 0xFFL;
  }

  /** Eight bytes, in network order. */
  public static long word8(byte[] bytes, int at) {
    return word4(bytes, at) << 32 | word4(bytes, at + 4);
  }
}
