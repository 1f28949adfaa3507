package io.longline.plugins.beacons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistogramTest {

  private static final long DAY = 86_400;

  @Test
  void binsHaveTheirStartsAndTheLastOneItsEnd() {
    var histogram = Histogram.of(0, DAY, new long[] {0, 3599, 3600, 7200, 86_399, 86_400});
    assertThat(histogram.counts()).startsWith(2, 1, 1, 0).endsWith(0, 2).hasSize(24);
    assertThat(histogram.bars()).isEqualTo(4);
    assertThat(histogram.longestRun()).as("over midnight").isEqualTo(4);
  }

  @Test
  void whatIsEarlierOrLaterIsInTheFirstAndTheLastBin() {
    var histogram = Histogram.of(1000, 1000 + DAY, new long[] {0, 1, 1000, 900_000});
    assertThat(histogram.counts()).startsWith(3, 0).endsWith(0, 1);
  }

  @Test
  void binsNeedNotBeHours() {
    var histogram = Histogram.of(0, 12, LongStream.range(0, 12).toArray());
    assertThat(histogram.counts()).startsWith(1, 0, 1, 0);
  }

  @Test
  void equalHoursAreFlat() {
    var histogram = Histogram.of(0, DAY, LongStream.range(0, 24).map(i -> i * 3600).toArray());
    assertThat(histogram.longestRun()).isEqualTo(24);
    assertThat(histogram.flatness()).isEqualTo(1);
    assertThat(histogram.score(HistogramRules.RITA)).isEqualTo(1);
  }

  @Test
  void oneHourIsNotFlat() {
    assertThat(Histogram.of(0, DAY, new long[] {1, 2, 3, 4}).score(HistogramRules.RITA)).isZero();
  }

  @Test
  void flatnessIsOneLessTheVariation() {
    // Mean 5.5, variance 8.25.
    var histogram = Histogram.ofCounts(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(histogram.flatness()).isEqualTo(0.478);
    assertThat(histogram.bimodality(HistogramRules.RITA)).as("too few bars").isZero();
  }

  @Test
  void twoHeightsAreBimodal() {
    var counts = new int[24];
    for (int i = 0; i < 24; i++) {
      counts[i] = i % 2 == 0 ? 100 : 1;
    }
    assertThat(Histogram.ofCounts(counts).bimodality(HistogramRules.RITA)).isEqualTo(1);
  }

  @Test
  void heightsThatDifferALittleAreEqual() {
    // Groups of 5: 95-99 and 100; those of 40, 50 and 60 are others.
    var histogram = Histogram.ofCounts(100, 100, 100, 100, 97, 96, 95, 99, 40, 50, 60, 0);
    assertThat(histogram.bars()).isEqualTo(11);
    assertThat(histogram.bimodality(HistogramRules.RITA)).isEqualTo(0.8);
    assertThat(histogram.longestRun()).isEqualTo(11);
  }

  @Test
  void durationIsTheBetterOfCoverageAndRun() {
    var rules = DurationRules.RITA;
    assertThat(rules.score(5, 5, DAY, DAY)).as("too few bars").isZero();
    assertThat(rules.score(6, 1, DAY / 2, DAY)).isEqualTo(0.5);
    assertThat(rules.score(6, 6, DAY / 4, DAY)).isEqualTo(0.5);
    assertThat(rules.score(12, 24, DAY / 4, DAY)).isEqualTo(1);
    assertThat(rules.score(6, 1, 2 * DAY, DAY)).isEqualTo(1);
    assertThat(rules.score(6, 1, 1, 3)).as("rounded up").isEqualTo(0.334, within(1e-12));
  }
}
