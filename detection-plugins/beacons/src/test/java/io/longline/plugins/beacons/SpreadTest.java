package io.longline.plugins.beacons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SpreadTest {

  private static Spread of(long... values) {
    return Spread.of(LongStream.of(values).sorted().toArray());
  }

  @Test
  void equalNumbersScoreOne() {
    var spread = of(60, 60, 60, 60);
    assertThat(spread).isEqualTo(new Spread(60, 0, 0));
    assertThat(spread.score(0)).isEqualTo(1);
  }

  @Test
  void theMiddleOfAnOddNumberIsInNeitherHalf() {
    // Halves (1, 2, 25, 42) and (299, 500, 1500, 4975): quartiles 13.5, 90 and 1000.
    var spread = of(1, 299, 25, 4975, 90, 2, 42, 500, 1500);
    assertThat(spread.median()).isEqualTo(90);
    assertThat(spread.skew()).isCloseTo(833.5 / 986.5, within(1e-12));
    assertThat(spread.mad()).isEqualTo(89);
    assertThat(spread.score(1)).isEqualTo(0.083);
  }

  @Test
  void anEvenNumberHasEvenHalves() {
    // Quartiles 22, 2525 and 311769.5.
    var spread = of(524_885, 1, 5_000, 98_654, 50, 41, 965_842, 3);
    assertThat(spread.median()).isEqualTo(2525);
    assertThat(spread.skew()).isCloseTo(306_741.5 / 311_747.5, within(1e-12));
    assertThat(spread.score(0)).isEqualTo(0.008, within(0.001));
  }

  @Test
  void quartilesThatAreCloseHaveNoSkew() {
    assertThat(of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)).isEqualTo(new Spread(5.5, 2.5, 0));
    assertThat(of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10).score(0)).isEqualTo(0.773);
  }

  @Test
  void aMedianThatIsAQuartileHasNoSkew() {
    assertThat(of(10, 10, 10, 10, 500, 900).skew()).isZero();
    assertThat(of(10, 200, 900, 900, 900, 900).skew()).isZero();
  }

  @Test
  void aSmallMedianCountsWhatItIsSaidTo() {
    assertThat(of(0, 0, 0, 0).score(0)).isEqualTo(0.5);
    assertThat(of(0, 0, 0, 0).score(1)).isEqualTo(1);
  }

  @Test
  void aDeviationAboveTheMedianCountsNothing() {
    // Median 1, distances 0, 0, 0, 1, 98, 99, 100: no skew, since a quartile is the median.
    assertThat(of(0, 0, 1, 99, 100).score(1)).isLessThanOrEqualTo(0.5);
  }

  @Test
  void enormousNumbersDoNotOverflow() {
    var spread = of(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    assertThat(spread.score(0)).isEqualTo(1);
  }
}
