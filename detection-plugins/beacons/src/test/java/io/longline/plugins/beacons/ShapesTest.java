package io.longline.plugins.beacons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rows, findings and facts are made of. */
class ShapesTest {

  @Test
  void barsShowMostIntervals() {
    var intervals = new long[100];
    for (int i = 0; i < 95; i++) {
      intervals[i] = 60L + i % 2;
    }
    for (int i = 95; i < 100; i++) {
      intervals[i] = 80_000;
    }
    Arrays.sort(intervals);
    var bars = IntervalBars.of(intervals);
    assertThat(bars.first()).isEqualTo(60);
    assertThat(bars.step()).isEqualTo(1);
    assertThat(bars.counts()).containsExactly(48L, 47L);
    assertThat(bars.leftOut()).isEqualTo(5);
  }

  @Test
  void barsAreFew() {
    assertThat(IntervalBars.of(new long[] {1, 50_000, 86_400}).counts()).hasSize(40);
    assertThat(IntervalBars.of(new long[] {7}).counts()).containsExactly(1L);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "59, 59 s",
    "60, 1 min",
    "249, 4 min 9 s",
    "3600, 1 h",
    "5400, 1 h 30 min",
    "86400, 24 h",
    "270036, 3 d 3 h"
  })
  void durationsAreWords(long seconds, String words) {
    assertThat(BeaconFinding.words(seconds)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {"0 0", "999 999", "1000 1,000", "1234567 1,234,567"})
  void thousandsHaveCommas(long number, String text) {
    assertThat(BeaconFinding.grouped(number)).isEqualTo(text);
  }

  @Test
  void numbersAreReadAsTheyWereWritten() {
    var sink = new ByteSink();
    var numbers = new long[] {0, 1, 127, 128, 300, 1L << 32, Long.MAX_VALUE};
    for (long number : numbers) {
      sink.number(number).eight(-number);
    }
    sink.counted(new byte[] {1, 2});
    var source = new ByteSource(sink.copy(), 0);
    for (long number : numbers) {
      assertThat(source.number()).isEqualTo(number);
      assertThat(source.eight()).isEqualTo(-number);
    }
    assertThat(source.counted()).containsExactly(1, 2);
    assertThat(source.isAtEnd()).isTrue();
  }

  @Test
  void labelsHaveServicesAndTypesOfIcmp() {
    var labels = new Labels();
    int web = labels.id("tcp", "http", 50_000, 80);
    assertThat(labels.id("tcp", "http", 50_001, 80)).isEqualTo(web);
    assertThat(labels.text(web)).asString().isEqualTo("80:tcp:http");
    assertThat(labels.text(labels.id("udp", "", 1, 123))).asString().isEqualTo("123:udp");
    assertThat(labels.text(labels.id("icmp", "", 8, 0))).asString().isEqualTo("icmp:8/0");
    assertThat(labels.id("tcp", "ssl", 50_000, 80)).isNotEqualTo(web);
  }

  @Test
  void namedConnectionsGrow() {
    var named = new NamedConnections();
    for (int i = 2; i < 5000; i++) {
      named.request(i, i, new byte[] {(byte) i, (byte) (i >> 8)}, i % 2 == 0);
      named.handshake(i, new byte[] {9});
    }
    for (int i = 2; i < 5000; i++) {
      int place = named.find(i);
      assertThat(named.names().name(named.host(place))).containsExactly((byte) i, (byte) (i >> 8));
      assertThat(named.isConnect(place)).isEqualTo(i % 2 == 0);
      assertThat(named.names().name(named.server(place))).containsExactly(9);
    }
    assertThat(named.find(5000)).isEqualTo(-1);
    assertThat(named.leftOut()).isZero();
    named.clear();
    assertThat(named.find(7)).isEqualTo(-1);
    assertThat(named.isEmpty()).isTrue();
  }

  @Test
  void thresholdsAndWeightsBelongTogether() {
    assertThatThrownBy(() -> new GivenSettings().with("beaconLow", Optional.of(95.0)).get())
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .hasMessageContaining("must rise");
    assertThatThrownBy(() -> new GivenSettings().with("timesWeight", 0.5).get())
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .hasMessageContaining("1 together");
  }
}
