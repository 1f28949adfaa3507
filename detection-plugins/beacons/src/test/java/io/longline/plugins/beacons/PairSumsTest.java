package io.longline.plugins.beacons;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which pairs need a further look. */
class PairSumsTest {

  private static final long MICROS = 1_000_000;

  private final PairSums sums;

  PairSumsTest() throws ReflectiveOperationException {
    sums = new PairSums(new GivenSettings().get().rules());
  }

  private boolean mayBeThreat(long... heads) {
    int pair = sums.pair(sums.count() + 1L);
    for (long head : heads) {
      sums.add(pair, head);
    }
    return sums.mayBeThreat(pair);
  }

  @Test
  void fewConnectionsAreNoThreat() {
    assertThat(mayBeThreat(PairHead.of(1000, 3, 0, 0))).isFalse();
    assertThat(mayBeThreat(PairHead.of(3, 3, 0, 0), PairHead.of(1, 1, 0, 3599))).isTrue();
  }

  @Test
  void durationsAreRoundedUp() {
    assertThat(mayBeThreat(PairHead.of(1, 1, 3599 * MICROS, 0))).isFalse();
    assertThat(mayBeThreat(PairHead.of(1, 1, 3599 * MICROS + 1, 0))).isTrue();
    assertThat(mayBeThreat(PairHead.of(1, 1, Long.MAX_VALUE, 0))).isTrue();
  }

  @Test
  void manyConnectionsAreAThreatInWhateverSecond() {
    assertThat(mayBeThreat(PairHead.of(86_399, 1, 0, 0))).isFalse();
    assertThat(mayBeThreat(PairHead.of(86_399, 1, 0, 0), PairHead.of(1, 1, 0, 0))).isTrue();
    assertThat(mayBeThreat(PairHead.of(Long.MAX_VALUE, 1, 0, 0))).isTrue();
  }

  @Test
  void sumsStayAtTheGreatest() {
    var heads = new long[20];
    Arrays.fill(heads, PairHead.of(Long.MAX_VALUE, 5000, Long.MAX_VALUE, 3599));
    assertThat(mayBeThreat(heads)).isTrue();
    assertThat(mayBeThreat(PairHead.of(1, 1, 0, 0))).as("the next pair").isFalse();
  }

  @Test
  void openConnectionsAlwaysNeedALook() {
    assertThat(mayBeThreat(PairHead.ofOpen(0))).isTrue();
    assertThat(mayBeThreat(PairHead.of(1, 1, 0, 0), PairHead.ofOpen(0xffffffffL))).isTrue();
  }

  @Test
  void aPairIsOneHost() {
    int pair = sums.pair(7);
    assertThat(sums.add(pair, PairHead.ofOpen(5))).isFalse();
    assertThat(sums.add(pair, PairHead.of(1, 1, 0, 0))).isTrue();
    assertThat(sums.add(pair, PairHead.of(1, 1, 0, 0))).isFalse();
    assertThat(sums.addHost(pair)).isFalse();
    assertThat(sums.pair(7)).isEqualTo(pair);
  }

  @Test
  void manyPairsAreDistinguished() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(sums.pair(i * 0x9E3779B97F4A7C15L)).isEqualTo(i);
    }
    for (int i = 0; i < 10_000; i++) {
      assertThat(sums.pair(i * 0x9E3779B97F4A7C15L)).isEqualTo(i);
    }
    sums.clear();
    assertThat(sums.count()).isZero();
  }
}
