package io.longline.plugins.beacons;

/**
 * The two sides of a pair: an inner one, which is an internal address, and an outer one, a name or
 * another address. Two addresses of IPv4 are one number, everything else is bytes with a hash of
 * each side. Confined to one thread: it is written again and again.
 */
final class Identity {

  /** The outer side began the connection. */
  static final int OUTER_BEGINS = 1;

  /** The outer side is an IPv6 address. */
  static final int OUTER_IS_WIDE = 2;

  /** The inner side is an IPv6 address. */
  static final int INNER_IS_WIDE = 4;

  /** The bits that are used. */
  static final int FLAGS = OUTER_BEGINS | OUTER_IS_WIDE | INNER_IS_WIDE;

  /** A longer name is cut. */
  static final int MOST_NAME_BYTES = 1024;

  static final int WIDE_BYTES = 16;
  static final int NARROW_BYTES = 4;

  private static final long LOW = 0xffffffffL;

  private final ByteSink bytes = new ByteSink();
  private boolean isNumber;
  private int flags;
  private long first;
  private long second;
  private int bucket;

  /** Makes it that of a name and an address. */
  Identity ofName(byte[] name, byte[] source, int length) {
    int nameLength = Math.min(name.length, MOST_NAME_BYTES);
    flags = length == WIDE_BYTES ? INNER_IS_WIDE : 0;
    bytes.clear().number(nameLength).raw(name, 0, nameLength).raw(source, 0, length);
    return hashed(Kind.SNI, Hash.of(name, 0, nameLength), Hash.of(source, 0, length));
  }

  /** The hash of a name, as an identity has it. */
  static long nameHash(byte[] name) {
    return Hash.of(name, 0, Math.min(name.length, MOST_NAME_BYTES));
  }

  /** Makes it that of two addresses. */
  Identity ofAddresses(
      byte[] outer, int outerLength, byte[] inner, int innerLength, boolean outerBegins) {
    if (outerLength == NARROW_BYTES && innerLength == NARROW_BYTES) {
      return ofNumbers(number(outer), number(inner), outerBegins);
    }
    flags =
        (outerBegins ? OUTER_BEGINS : 0)
            | (outerLength == WIDE_BYTES ? OUTER_IS_WIDE : 0)
            | (innerLength == WIDE_BYTES ? INNER_IS_WIDE : 0);
    bytes.clear().raw(outer, 0, outerLength).raw(inner, 0, innerLength);
    return hashed(Kind.IP, Hash.of(outer, 0, outerLength), Hash.of(inner, 0, innerLength));
  }

  private Identity ofNumbers(int outer, int inner, boolean outerBegins) {
    isNumber = true;
    flags = outerBegins ? OUTER_BEGINS : 0;
    first = (long) outer << Integer.SIZE | inner & LOW;
    second = 0;
    bucket = Kind.IP.bucket(Hash.ofFour(outer), Hash.ofFour(inner));
    bytes.clear();
    return this;
  }

  private Identity hashed(Kind kind, long outerHash, long innerHash) {
    isNumber = false;
    first = outerHash;
    second = innerHash;
    bucket = kind.bucket(outerHash, innerHash);
    return this;
  }

  /** The number of an IPv4 address, the first byte lowest. */
  static int number(byte[] address) {
    return address[0] & 0xff
        | (address[1] & 0xff) << 8
        | (address[2] & 0xff) << 16
        | (address[3] & 0xff) << 24;
  }

  /** The bytes of an IPv4 address with a number. */
  static byte[] address(int number) {
    return new byte[] {
      (byte) number, (byte) (number >>> 8), (byte) (number >>> 16), (byte) (number >>> 24)
    };
  }

  /** The number of the outer side in that of two addresses. */
  static int outer(long number) {
    return (int) (number >>> Integer.SIZE);
  }

  /** The number of the inner side in that of two addresses. */
  static int inner(long number) {
    return (int) number;
  }

  /** Whether it is two addresses of IPv4, and {@link #first} is all. */
  boolean isNumber() {
    return isNumber;
  }

  /** Who began, and which sides are IPv6 addresses. */
  int flags() {
    return flags;
  }

  /** Its bytes; none if it is a number. */
  ByteSink bytes() {
    return bytes;
  }

  /** The number, or the hash of the outer side. */
  long first() {
    return first;
  }

  /** The hash of the inner side; 0 if it is a number. */
  long second() {
    return second;
  }

  /** The bucket in which its facts are. */
  int bucket() {
    return bucket;
  }

  /** Whether its bytes are those in a range. */
  boolean equalsRange(byte[] other, int from, int to) {
    // Few bytes, which are equal mostly: a loop is faster than a method that looks for long runs.
    int length = bytes.length();
    var own = bytes.array();
    if (to - from != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (own[i] != other[from + i]) {
        return false;
      }
    }
    return true;
  }
}
