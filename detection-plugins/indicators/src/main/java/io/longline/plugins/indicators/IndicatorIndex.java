package io.longline.plugins.indicators;

import io.longline.detections.AddressRanges;
import io.longline.detections.Addresses;
import io.longline.detections.Key;
import io.longline.detections.KeyTable;
import io.longline.detections.Prefix;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All indicators of all feeds. Immutable; searches make no object unless they find something, and
 * use a {@link Key} of the caller.
 *
 * <p>Texts are not kept, but hashes of 96 bits with random multipliers: that any two of two million
 * indicators and ten thousand million different values have the same is as likely as one in 10^12.
 */
final class IndicatorIndex {

  /** Kinds of keys that are no types. */
  private static final int SUFFIX = 32;

  /** The kind of a key has a width or a port above these bits. */
  private static final int KIND_BITS = 6;

  /** What precedes an IPv4 address in a number of 128 bits, as in {@code ::ffff:192.0.2.1}. */
  private static final long FOUR = 0xFFFFL << 32;

  private final KeyTable table;
  private final List<Origin> origins;
  private final Set<IndicatorType> types;
  private final boolean hasSuffixes;
  private final AddressRanges subnets;
  private final int[] widths4;
  private final int[] widths6;

  private IndicatorIndex(Builder builder) {
    this.table = builder.table.build();
    this.origins = builder.origins.all();
    this.types = EnumSet.copyOf(builder.types);
    this.hasSuffixes = builder.hasSuffixes;
    this.subnets = builder.subnets.build();
    this.widths4 = builder.widths4.stream().toArray();
    this.widths6 = builder.widths6.stream().toArray();
  }

  /** How many indicators there are; one that two sources have counts twice. */
  int size() {
    return table.size();
  }

  /** The types of the indicators. */
  Set<IndicatorType> types() {
    return types;
  }

  /** The indicators that an address is among, subnets included; null if none. */
  @Nullable Match address(Key key, byte[] address, int length) {
    int entry = table.find(addressKey(key, IndicatorType.ADDR.code(), address, length));
    boolean isInSubnet = subnets.contains(address, length);
    if (entry < 0 && !isInSubnet) {
      return null;
    }
    var match = collected(null, entry, IndicatorType.ADDR);
    if (isInSubnet) {
      long high = length == Addresses.V4 ? 0 : Prefix.word8(address, 0);
      long low = length == Addresses.V4 ? Prefix.word4(address, 0) : Prefix.word8(address, 8);
      for (int width : length == Addresses.V4 ? widths4 : widths6) {
        entry = table.find(subnetKey(key, new Prefix(length, high, low, width)));
        match = collected(match, entry, IndicatorType.SUBNET);
      }
    }
    return match;
  }

  /** Adds those of an address with a port to a match, which may be null. */
  @Nullable Match addressPort(
      Key key, byte[] address, int length, int port, @Nullable Match match) {
    int entry = table.find(addressKey(key, portKind(port), address, length));
    return collected(match, entry, IndicatorType.ADDR_PORT);
  }

  /** The indicators that a domain name is among; null if none. */
  @Nullable Match domain(Key key, byte[] name, int from, int to) {
    int end = to > from + 1 && name[to - 1] == '.' ? to - 1 : to;
    int entry = table.find(key.text(IndicatorType.DOMAIN.code(), name, from, end));
    var match = collected(null, entry, IndicatorType.DOMAIN);
    if (!hasSuffixes) {
      return match;
    }
    key.start(SUFFIX);
    for (int i = end - 1; i >= from; i--) {
      if (name[i] == '.') {
        match = collected(match, table.find(key), IndicatorType.DOMAIN);
      }
      key.prepend(name[i]);
    }
    return collected(match, table.find(key), IndicatorType.DOMAIN);
  }

  /** The indicators of a type that a text is among; null if none. */
  @Nullable Match text(Key key, IndicatorType type, byte[] text, int from, int to) {
    return collected(null, table.find(key.text(type.code(), text, from, to)), type);
  }

  private @Nullable Match collected(@Nullable Match match, int first, IndicatorType type) {
    if (first < 0) {
      return match;
    }
    var collected = match == null ? new Match() : match;
    int entry = first;
    collected.add(type, origins.get(table.value(entry)));
    while (table.hasNext(entry)) {
      collected.add(type, origins.get(table.value(++entry)));
    }
    return collected;
  }

  private static Key addressKey(Key key, int kind, byte[] address, int length) {
    return length == Addresses.V4
        ? key.number(kind, 0, FOUR | Prefix.word4(address, 0))
        : key.number(kind, Prefix.word8(address, 0), Prefix.word8(address, 8));
  }

  private static Key subnetKey(Key key, Prefix subnet) {
    int kind = IndicatorType.SUBNET.code() | (subnet.width() + 1) << KIND_BITS;
    return subnet.bytes() == Addresses.V4
        ? key.number(kind, 0, FOUR | subnet.low())
        : key.number(kind, subnet.high(), subnet.low());
  }

  private static int portKind(int port) {
    return IndicatorType.ADDR_PORT.code() | port << KIND_BITS;
  }

  /** Collects indicators. Confined to one thread. */
  static final class Builder {

    private final KeyTable.Builder table;
    private final Origins origins = new Origins();
    private final Set<IndicatorType> types = EnumSet.noneOf(IndicatorType.class);
    private final AddressRanges.Builder subnets = new AddressRanges.Builder();
    private final BitSet widths4 = new BitSet();
    private final BitSet widths6 = new BitSet();
    private final Key key = new Key();
    private boolean hasSuffixes;

    /** Makes room for so many. */
    Builder(int expected) {
      this.table = new KeyTable.Builder(expected);
    }

    /** How many there are so far. */
    int size() {
      return table.size();
    }

    /** Adds an indicator from a file. */
    void add(Indicator indicator, Origin origin, String file) {
      int number = origins.number(origin, file);
      types.add(indicator.type());
      table.add(key(indicator), number);
    }

    private Key key(Indicator indicator) {
      var bytes = indicator.bytes();
      return switch (indicator.type()) {
        case ADDR -> addressKey(key, indicator.type().code(), bytes, bytes.length);
        case ADDR_PORT -> addressKey(key, portKind(indicator.number()), bytes, bytes.length);
        case SUBNET -> subnet(bytes, indicator.number());
        case DOMAIN -> {
          hasSuffixes |= indicator.isSuffix();
          int kind = indicator.isSuffix() ? SUFFIX : IndicatorType.DOMAIN.code();
          yield key.text(kind, bytes, 0, bytes.length);
        }
        default -> key.text(indicator.type().code(), bytes, 0, bytes.length);
      };
    }

    private Key subnet(byte[] bytes, int width) {
      boolean isFour = bytes.length == Addresses.V4;
      var subnet =
          isFour
              ? new Prefix(Addresses.V4, 0, Prefix.word4(bytes, 0), width)
              : new Prefix(Addresses.V6, Prefix.word8(bytes, 0), Prefix.word8(bytes, 8), width);
      subnets.add(subnet);
      (isFour ? widths4 : widths6).set(width);
      return subnetKey(key, subnet);
    }

    /** The index of all so far; the builder is of no use afterwards. */
    IndicatorIndex build() {
      return new IndicatorIndex(this);
    }
  }
}
