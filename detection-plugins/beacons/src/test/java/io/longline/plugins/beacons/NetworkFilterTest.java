package io.longline.plugins.beacons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkFilterTest {

  private static byte[] bytes(String address) throws Exception {
    return InetAddress.getByName(address).getAddress();
  }

  private static boolean contains(Subnets subnets, String address) throws Exception {
    var bytes = bytes(address);
    return subnets.contains(bytes, bytes.length);
  }

  private static boolean keeps(NetworkFilter filter, String source, String target)
      throws Exception {
    var from = bytes(source);
    var to = bytes(target);
    return filter.keeps(
        from,
        from.length,
        filter.isInternal(from, from.length),
        to,
        to.length,
        filter.isInternal(to, to.length));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, 11.0.0.0",
    "172.16.0.0/12, 172.31.0.1, 172.32.0.1",
    "192.168.1.7/24, 192.168.1.200, 192.168.2.1",
    "192.168.1.7, 192.168.1.7, 192.168.1.8",
    "0.0.0.0/0, 1.2.3.4, ::1",
    "fd00::/8, fdff::1, fe00::1",
    "fe80::/10, febf::1, fec0::1",
    "::1, ::1, ::2"
  })
  void subnetsContainAddresses(String subnet, String inside, String outside) throws Exception {
    var subnets = Subnets.of(List.of(subnet));
    assertThat(contains(subnets, inside)).isTrue();
    assertThat(contains(subnets, outside)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "10.0.0/8",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/x",
        "host.example",
        "10.0.0.256",
        "1.2.3.4.5",
        "::/129",
        ":::",
        "10.0.0.0/"
      })
  void whatIsNoSubnetIsRefused(String text) {
    assertThatThrownBy(() -> Subnets.of(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\"%s\" is not a subnet. Write one as 192.168.0.0/16 or fd00::/8.".formatted(text));
  }

  @Test
  void alwaysComesBeforeNever() throws Exception {
    var filter =
        new NetworkFilter(
            Subnets.of(List.of("10.0.0.0/8", "fd00::/8")),
            Subnets.of(List.of("10.9.0.0/16")),
            Subnets.of(List.of("10.0.0.0/8")),
            false);
    assertThat(keeps(filter, "10.9.0.1", "203.0.113.1")).isTrue();
    assertThat(keeps(filter, "203.0.113.1", "10.9.0.1")).isTrue();
    assertThat(keeps(filter, "10.1.0.1", "203.0.113.1")).isFalse();
    assertThat(keeps(filter, "fd00::1", "2001:db8::1")).isTrue();
    assertThat(keeps(filter, "fd00::1", "fe80::1")).as("no host").isFalse();
    assertThat(keeps(filter, "fd00::1", "255.255.255.255")).as("no host").isFalse();
    assertThat(keeps(filter, "2001:db8::1", "fd00::1")).as("from outside").isFalse();
  }
}
