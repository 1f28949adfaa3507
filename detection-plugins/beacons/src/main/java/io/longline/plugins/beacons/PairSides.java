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

  /** Reads the bytes of an {@link Identity}, whose first one has the flags. */
  static PairSides of(Kind kind, int flags, byte[] rest) {
    int innerLength =
        (flags & Identity.INNER_IS_WIDE) != 0 ? Identity.WIDE_BYTES : Identity.NARROW_BYTES;
    int middle = rest.length - innerLength;
    int from = 0;
    if (kind == Kind.SNI) {
      var source = new ByteSource(rest, 0);
      source.number();
      from = source.position();
    }
    return new PairSides(
        kind,
        (flags & Identity.OUTER_BEGINS) != 0,
        Arrays.copyOfRange(rest, middle, rest.length),
        Arrays.copyOfRange(rest, from, middle));
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
