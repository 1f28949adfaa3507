package io.longline.plugins.beacons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BeaconTest {

  private static final long DAY = 86_400;

  private static @Nullable Beacon of(long[] times, long[] sizes) {
    return Beacon.of(times, sizes, 0, DAY, BeaconRules.RITA);
  }

  private static long[] every(int seconds) {
    return LongStream.range(0, DAY / seconds).map(i -> i * seconds).toArray();
  }

  private static long[] sizes(int count) {
    var sizes = new long[count];
    Arrays.fill(sizes, 100);
    return sizes;
  }

  @Test
  void aPerfectBeaconScoresOne() {
    var beacon = Objects.requireNonNull(of(every(300), sizes(288)));
    assertThat(beacon.score()).isEqualTo(1);
    assertThat(beacon.intervals().median()).isEqualTo(300);
    assertThat(beacon.sizes().median()).isEqualTo(100);
  }

  @Test
  void fourDifferentSecondsAreNeeded() {
    assertThat(of(new long[] {1, 1, 2, 2, 3, 3}, sizes(6))).isNull();
    assertThat(of(new long[] {1, 2, 3, 4}, sizes(4))).isNotNull();
    assertThat(of(new long[0], new long[0])).isNull();
  }

  @Test
  void threeSizesAndSomeTimeAreNeeded() {
    assertThat(of(new long[] {1, 2, 3, 4}, sizes(2))).isNull();
    assertThat(Beacon.of(new long[] {1, 2, 3, 4}, sizes(4), 5, 5, BeaconRules.RITA)).isNull();
  }

  @Test
  void intervalsOfZeroDoNotCount() {
    assertThat(Beacon.intervals(new long[] {10, 10, 70, 75, 75})).containsExactly(5, 60);
  }

  @Test
  void intervalsInTwoSizesScoreHalf() {
    // 98 and 300 in turn: median 199, deviation 101, no skew.
    long time = 0;
    var times = new long[11];
    for (int i = 1; i < times.length; i++) {
      time += i % 2 == 1 ? 98 : 300;
      times[i] = time;
    }
    var beacon = Objects.requireNonNull(of(times, sizes(11)));
    assertThat(beacon.timeScore()).isEqualTo(0.746);
    assertThat(beacon.sizeScore()).isEqualTo(1);
    assertThat(beacon.durationScore()).as("one hour").isZero();
    assertThat(beacon.histogramScore()).isZero();
    assertThat(beacon.score()).isEqualTo(0.437, within(0.0005));
  }

  @Test
  void weightsCountScores() {
    assertThat(new BeaconRules.Weights(0.2, 0.2, 0.3, 0.3).score(0.8, 0.7, 0.6, 0.5))
        .isEqualTo(0.63);
    assertThat(
            new BeaconRules.Weights(0.173, 0.325, 0.299, 0.203).score(0.111, 0.222, 0.333, 0.444))
        .isEqualTo(0.281);
    assertThatThrownBy(() -> new BeaconRules.Weights(0.5, 0.3, 0.3, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BeaconRules.Weights(0.6, -0.1, 0.25, 0.25))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bucketsRiseInStraightLines() {
    var bucket = new Bucket(50, 75, 90, 100);
    assertThat(bucket.score(49.9)).isZero();
    assertThat(bucket.score(50)).isEqualTo(0.2);
    assertThat(bucket.score(62.5)).isCloseTo(0.3, within(1e-12));
    assertThat(bucket.score(75)).isEqualTo(0.4);
    assertThat(bucket.score(82.5)).isCloseTo(0.5, within(1e-12));
    assertThat(bucket.score(90)).isCloseTo(0.6, within(1e-12));
    assertThat(bucket.score(96.3)).isCloseTo(0.726, within(1e-12));
    assertThat(bucket.score(1000)).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void thresholdsThatDoNotRiseAreRefused() {
    assertThatThrownBy(() -> new Bucket(50, 50, 90, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("50.0, 50.0, 90.0, 100.0");
    assertThatThrownBy(() -> new Bucket(50, Double.NaN, 90, 100))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
