package io.longline.detections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressRangesTest {

  private static boolean contains(AddressRanges ranges, String text) {
    var address = new byte[16];
    return ranges.contains(address, Addresses.parse(text, address));
  }

  @Test
  void containsTheAddressesOfSubnetsOnly() throws Exception {
    var ranges =
        AddressRanges.of(List.of("10.0.0.0/8", "192.0.2.7", "fd00::/8", "2001:db8::7/128"));
    for (var text : List.of("10.0.0.0", "10.255.255.255", "192.0.2.7", "fdff::1", "2001:db8::7")) {
      assertThat(contains(ranges, text)).as(text).isTrue();
      assertThat(ranges.contains(InetAddress.getByName(text))).as(text).isTrue();
    }
    for (var text : List.of("9.255.255.255", "11.0.0.0", "192.0.2.6", "fe00::", "2001:db8::8")) {
      assertThat(contains(ranges, text)).as(text).isFalse();
    }
    assertThat(contains(ranges, "no address")).isFalse();
    assertThat(contains(AddressRanges.NONE, "10.0.0.1")).isFalse();
  }

  @Test
  void everyAddressMayBeIn() {
    var ranges = AddressRanges.of(List.of("0.0.0.0/0", "::/0"));
    for (var text : List.of("0.0.0.0", "255.255.255.255", "::", "ffff::ffff", "8000::")) {
      assertThat(contains(ranges, text)).as(text).isTrue();
    }
  }

  @Test
  void anIpv4AddressWithinIpv6IsIpv4() throws Exception {
    var mapped = new byte[16];
    mapped[10] = -1;
    mapped[11] = -1;
    mapped[12] = 10;
    assertThat(AddressRanges.of(List.of("10.0.0.0/8")).contains(mapped, 16)).isTrue();
    assertThat(contains(AddressRanges.of(List.of("::ffff:10.0.0.0/104")), "10.1.2.3")).isTrue();
    assertThat(contains(AddressRanges.of(List.of("::ffff:10.0.0.0/104")), "11.1.2.3")).isFalse();
  }

  @Test
  void namesWhatIsNoSubnet() {
    for (var text :
        List.of("10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "x/8", "::/129", "::/0008")) {
      assertThatThrownBy(() -> AddressRanges.of(List.of(text)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"" + text + "\"");
    }
  }

  @Test
  void agreesWithArithmetic() {
    var random = new Random(7);
    for (int size : new int[] {4, 16}) {
      var subnets = new ArrayList<Prefix>();
      var builder = new AddressRanges.Builder();
      for (int i = 0; i < 300; i++) {
        var address = new byte[16];
        random.nextBytes(address);
        address[0] = (byte) random.nextInt(3);
        int width = 10 + random.nextInt(size * 8 - 9);
        var prefix =
            size == 4
                ? new Prefix(4, 0, Prefix.word4(address, 0), width)
                : new Prefix(16, Prefix.word8(address, 0), Prefix.word8(address, 8), width);
        subnets.add(prefix);
        builder.add(prefix);
      }
      var ranges = builder.build();
      int inside = 0;
      for (int i = 0; i < 600; i++) {
        var address = new byte[size];
        random.nextBytes(address);
        address[0] = (byte) random.nextInt(4);
        boolean expected = subnets.stream().anyMatch(subnet -> isIn(subnet, address));
        assertThat(ranges.contains(address, size)).isEqualTo(expected);
        inside += expected ? 1 : 0;
      }
      assertThat(inside).isBetween(20, 580);
    }
  }

  private static boolean isIn(Prefix subnet, byte[] address) {
    int bits = address.length * 8;
    var first =
        subnet.bytes() == 4
            ? BigInteger.valueOf(subnet.low())
            : new BigInteger(Long.toUnsignedString(subnet.high()))
                .shiftLeft(64)
                .or(new BigInteger(Long.toUnsignedString(subnet.low())));
    int shift = bits - subnet.width();
    return new BigInteger(1, address).shiftRight(shift).equals(first.shiftRight(shift));
  }
}
