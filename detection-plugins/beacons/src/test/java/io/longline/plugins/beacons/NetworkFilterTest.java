package io.longline.plugins.beacons;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.detections.AddressRanges;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkFilterTest {

  private static byte[] bytes(String address) throws Exception {
    return InetAddress.getByName(address).getAddress();
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

  @Test
  void alwaysComesBeforeNever() throws Exception {
    var filter =
        new NetworkFilter(
            AddressRanges.of(List.of("10.0.0.0/8", "fd00::/8")),
            AddressRanges.of(List.of("10.9.0.0/16")),
            AddressRanges.of(List.of("10.0.0.0/8")),
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
