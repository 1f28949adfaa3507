package io.longline.plugins.dnsanomalies;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::",
        "fe80::c8f:f724:910a:bb99",
        "2001:db8:0:1:1:1:1:1",
        "2001:db8::1:0:0:1",
        "2001:0:0:1::10",
        "10:0:1:0:1:0:1:0",
        "1:2:3:4:5:6:7:8",
        "ff00:10::100",
        "1::",
        "::2:3:4:5:6:7:8",
      })
  void staysTheSame(String text) throws Exception {
    var address = InetAddress.getByName(text).getAddress();
    var bytes =
        ClientAddress.bytes(
            ClientAddress.high(address, address.length),
            ClientAddress.low(address, address.length));
    assertThat(bytes).isEqualTo(address);
    var expected = text.equals("::2:3:4:5:6:7:8") ? "0:2:3:4:5:6:7:8" : text;
    assertThat(ClientAddress.text(bytes)).isEqualTo(expected);
  }
}
