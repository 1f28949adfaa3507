package io.longline.detections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AddressesTest {

  private static String hex(String text) {
    var address = new byte[16];
    int length = Addresses.parse(text, address);
    return HexFormat.of().formatHex(address, 0, length);
  }

  @Test
  void readsBothFamilies() {
    assertThat(hex("192.0.2.255")).isEqualTo("c00002ff");
    assertThat(hex("0.0.0.0")).isEqualTo("00000000");
    assertThat(hex("2001:db8::1")).isEqualTo("20010db8000000000000000000000001");
    assertThat(hex("::")).isEqualTo("0".repeat(32));
    assertThat(hex("fe80::")).isEqualTo("fe80" + "0".repeat(28));
    assertThat(hex("1:2:3:4:5:6:7:8")).isEqualTo("00010002000300040005000600070008");
    assertThat(hex("64:ff9b::192.0.2.1")).isEqualTo("0064ff9b0000000000000000c0000201");
  }

  @Test
  void anIpv4AddressWithinIpv6IsIpv4() {
    assertThat(hex("::ffff:192.0.2.1")).isEqualTo("c0000201");
    assertThat(hex("::FFFF:c000:201")).isEqualTo("c0000201");
  }

  @Test
  void anythingElseIsNoAddress() {
    for (var text :
        new String[] {
          "",
          "1",
          "1.2.3",
          "1.2.3.4.5",
          "1.2.3.256",
          "1.2.3.4 ",
          "1..2.3",
          ":",
          ":::",
          "1:2:3:4:5:6:7",
          "1:2:3:4:5:6:7:8:9",
          "1::2::3",
          "12345::",
          "::g",
          "1:2:3:4:5:6:7:1.2.3.4",
          "1:",
          ":1",
          "example.org",
          "\u0661.2.3.4",
          "1".repeat(10_000)
        }) {
      assertThat(hex(text)).as(text).isEmpty();
    }
  }
}
