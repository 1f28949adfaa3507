package io.longline.plugins.beacons;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Who spoke to whom. Immutable. */
final class PairSides implements Comparable<PairSides> {

  private final Kind kind;
  private final boolean outerBegins;
  private final byte[] inner;
  private final byte[] outer;

  private PairSides(Kind kind, boolean outerBegins, byte[] inner, byte[] outer) {
    this.kind = kind;
    this.outerBegins = outerBegins;
    this.inner = inner;
    this.outer = outer;
  }

  /** Two addresses that are a number. */
  static PairSides of(int flags, long number) {
    return new PairSides(
        Kind.IP,
        (flags & Identity.OUTER_BEGINS) != 0,
        Identity.address(Identity.inner(number)),
        Identity.address(Identity.outer(number)));
  }

  /** Reads the bytes of an {@link Identity}. */
  static PairSides of(Kind kind, int flags, ByteSource source) {
    byte[] outer =
        kind == Kind.SNI ? source.counted() : address(source, flags, Identity.OUTER_IS_WIDE);
    byte[] inner = address(source, flags, Identity.INNER_IS_WIDE);
    return new PairSides(kind, (flags & Identity.OUTER_BEGINS) != 0, inner, outer);
  }

  private static byte[] address(ByteSource source, int flags, int flag) {
    return source.raw((flags & flag) != 0 ? Identity.WIDE_BYTES : Identity.NARROW_BYTES);
  }

  /** Who began the connections. */
  InetAddress source() {
    return address(outerBegins ? outer : inner);
  }

  /** The other address; null if the other side is a name. */
  @Nullable InetAddress target() {
    return kind == Kind.SNI ? null : address(outerBegins ? inner : outer);
  }

  /** The name; null if the other side is an address. */
  byte @Nullable [] name() {
    return kind == Kind.SNI ? outer : null;
  }

  /** The kind of the pair. */
  Kind kind() {
    return kind;
  }

  /** The hash of the pair of a name, of which the hash is known, and the internal address. */
  long pairHash(long nameHash) {
    return Hash.of(nameHash, Hash.of(inner, 0, inner.length));
  }

  /** The hash of the pair of its own name and the internal address. */
  long pairHash() {
    return pairHash(Identity.nameHash(outer));
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return bytes.length == Identity.NARROW_BYTES
          ? InetAddress.getByAddress(bytes)
          : Inet6Address.getByAddress(null, bytes, -1);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("An address of " + bytes.length + " bytes.", e);
    }
  }

  @Override
  public int compareTo(PairSides other) {
    int byOuter = Arrays.compareUnsigned(outer, other.outer);
    int byInner = byOuter != 0 ? byOuter : Arrays.compareUnsigned(inner, other.inner);
    return byInner != 0 ? byInner : Boolean.compare(outerBegins, other.outerBegins);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PairSides sides && kind == sides.kind && compareTo(sides) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(outer) + Arrays.hashCode(inner);
  }
}
