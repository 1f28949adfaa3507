package io.longline.detections;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A set of addresses that is given by subnets: of IPv4 and IPv6 both. Immutable; a search is binary
 * and makes no object.
 *
 * <pre>{@code
 * var internal = AddressRanges.of(List.of("10.0.0.0/8", "fd00::/8"));
 * boolean isInternal = internal.contains(address, length);
 * }</pre>
 */
public final class AddressRanges {

  /** The set without an address. */
  public static final AddressRanges NONE = of(List.of());

  /** First and last addresses of ranges that do not overlap, in order: each range is two longs. */
  private final long[] four;

  /** The same for IPv6, with two longs for each address. */
  private final long[] six;

  private record Range(int bytes, long firstHigh, long firstLow, long lastHigh, long lastLow)
      implements Comparable<Range> {

    @Override
    public int compareTo(Range other) {
      return compare(firstHigh, firstLow, other.firstHigh, other.firstLow);
    }

    /** Whether another range, which does not begin before this one, overlaps with it. */
    boolean reaches(Range other) {
      return compare(other.firstHigh, other.firstLow, lastHigh, lastLow) <= 0;
    }

    Range joined(Range other) {
      boolean isLonger = compare(other.lastHigh, other.lastLow, lastHigh, lastLow) > 0;
      return isLonger ? new Range(bytes, firstHigh, firstLow, other.lastHigh, other.lastLow) : this;
    }
  }

  private AddressRanges(List<Range> ranges) {
    var joined4 = joined(ranges, Addresses.V4);
    var joined6 = joined(ranges, Addresses.V6);
    this.four = new long[joined4.size() * 2];
    for (int i = 0; i < joined4.size(); i++) {
      four[i * 2] = joined4.get(i).firstLow();
      four[i * 2 + 1] = joined4.get(i).lastLow();
    }
    this.six = new long[joined6.size() * 4];
    for (int i = 0; i < joined6.size(); i++) {
      var range = joined6.get(i);
      six[i * 4] = range.firstHigh();
      six[i * 4 + 1] = range.firstLow();
      six[i * 4 + 2] = range.lastHigh();
      six[i * 4 + 3] = range.lastLow();
    }
  }

  private static List<Range> joined(List<Range> ranges, int bytes) {
    var sorted = ranges.stream().filter(range -> range.bytes() == bytes).toArray(Range[]::new);
    Arrays.sort(sorted);
    var joined = new ArrayList<Range>();
    for (var range : sorted) {
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).reaches(range)) {
        joined.set(last, joined.get(last).joined(range));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }

  /**
   * The addresses of subnets.
   *
   * @param subnets each as {@code 10.0.0.0/8}, or a single address
   * @throws IllegalArgumentException if one of them is neither; the message names it
   */
  public static AddressRanges of(Collection<String> subnets) {
    var builder = new Builder();
    for (var subnet : subnets) {
      if (!builder.add(subnet)) {
        throw new IllegalArgumentException(
            "\"%s\" is neither an address nor a subnet such as 10.0.0.0/8.".formatted(subnet));
      }
    }
    return builder.build();
  }

  /** Collects subnets. Confined to one thread. */
  public static final class Builder {

    private final List<Range> ranges = new ArrayList<>();

    /**
     * Adds a subnet, or a single address. Bits behind the width of the subnet do not matter.
     *
     * @return false if the text is neither; nothing is added then
     */
    public boolean add(String text) {
      var prefix = Prefix.parse(text);
      if (prefix != null) {
        add(prefix);
      }
      return prefix != null;
    }

    /** Adds a subnet. */
    public void add(Prefix prefix) {
      long high = prefix.high();
      long low = prefix.low();
      ranges.add(
          new Range(prefix.bytes(), high, low, high | ~prefix.highMask(), low | lastBits(prefix)));
    }

    private static long lastBits(Prefix prefix) {
      return prefix.bytes() == Addresses.V4 ? ~prefix.lowMask() & 0xFFFF_FFFFL : ~prefix.lowMask();
    }

    /** The set of the addresses so far. */
    public AddressRanges build() {
      return new AddressRanges(List.copyOf(ranges));
    }
  }

  /** Whether there is no address in it. */
  public boolean isEmpty() {
    return four.length + six.length == 0;
  }

  /** Whether an address is in it. */
  public boolean contains(InetAddress address) {
    var bytes = address.getAddress();
    return contains(bytes, bytes.length);
  }

  /**
   * Whether an address is in it.
   *
   * @param address the bytes of the address, in network order; more bytes may follow
   * @param length how many bytes the address has: 4 or 16; of any other number the answer is false
   */
  public boolean contains(byte[] address, int length) {
    if (length == Addresses.V4) {
      return four.length > 0 && contains4(Prefix.word4(address, 0));
    }
    if (length != Addresses.V6 || isEmpty()) {
      return false;
    }
    long high = Prefix.word8(address, 0);
    long low = Prefix.word8(address, 8);
    boolean isFour = high == 0 && low >>> 32 == 0xFFFF;
    return isFour ? four.length > 0 && contains4(low & 0xFFFF_FFFFL) : contains6(high, low);
  }

  private boolean contains4(long address) {
    int from = 0;
    int to = four.length / 2;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (four[middle * 2] <= address) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from > 0 && address <= four[from * 2 - 1];
  }

  private boolean contains6(long high, long low) {
    int from = 0;
    int to = six.length / 4;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (compare(six[middle * 4], six[middle * 4 + 1], high, low) <= 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from > 0 && compare(high, low, six[from * 4 - 2], six[from * 4 - 1]) <= 0;
  }

  private static int compare(long high, long low, long otherHigh, long otherLow) {
    int order = Long.compareUnsigned(high, otherHigh);
    return order != 0 ? order : Long.compareUnsigned(low, otherLow);
  }
}
