package io.longline.zeek;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers equal those that the JDK's slower classes read, wherever in an array the text is. */
class DecimalTextTest {

  private static final int ROUNDS = 400_000;

  private final SplittableRandom random = new SplittableRandom(20261124);

  @Test
  void readsWholeNumbersAsLongDoes() {
    for (int i = 0; i < ROUNDS; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      assertThat(parseLong(Long.toString(value))).isEqualTo(value);
    }
    assertThat(parseLong("18446744073709551615")).isEqualTo(-1);
  }

  @Test
  void readsDoublesAsDoubleDoes() {
    for (int i = 0; i < ROUNDS; i++) {
      var text = decimal(random.nextInt(1, 22), random.nextInt(0, 22));
      assertThat(parseDouble(text)).as(text).isEqualTo(Double.parseDouble(text));
      var small =
          "0." + "0".repeat(random.nextInt(8)) + random.nextLong(1_000_000_000_000_000_000L);
      assertThat(parseDouble(small)).as(small).isEqualTo(Double.parseDouble(small));
      double any = random.nextDouble() * Math.pow(10, random.nextInt(-9, 12));
      assertThat(parseDouble(Double.toString(any))).isEqualTo(any);
    }
  }

  @Test
  void roundsANumberHalfwayBetweenTwoDoublesToTheEvenOne() {
    for (long odd = (1L << 53) + 1; odd < (1L << 53) + 2_001; odd += 2) {
      for (int shift = 0; shift < 5; shift++) {
        for (var text : new String[] {odd * (1L << shift) + "", odd * (1L << shift) + ".5"}) {
          assertThat(parseDouble(text)).as(text).isEqualTo(Double.parseDouble(text));
        }
      }
      var decimals = new BigDecimal(odd).movePointLeft(odd % 3 == 0 ? 2 : 4).toPlainString();
      assertThat(parseDouble(decimals)).as(decimals).isEqualTo(Double.parseDouble(decimals));
    }
  }

  @Test
  void roundsToTheNearestMicrosecond() {
    for (int i = 0; i < ROUNDS; i++) {
      var text = decimal(random.nextInt(1, 13), random.nextInt(0, 10));
      long expected =
          new BigDecimal(text).movePointRight(6).setScale(0, RoundingMode.HALF_EVEN).longValue();
      assertThat(parseMicros(text)).as(text).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        ".",
        "x",
        "1x",
        "12:4567",
        "1234567/",
        "123456789012345x",
        " 1",
        "1 ",
        "--1",
        "0x10",
        "1_000",
        "\u00b21",
        "1d",
        "NaN"
      })
  void rejectsTextThatIsNotANumber(String text) {
    assertThatThrownBy(() -> parseLong(text)).isInstanceOf(NumberFormatException.class);
    assertThatThrownBy(() -> parseDouble(text)).isInstanceOf(NumberFormatException.class);
    assertThatThrownBy(() -> parseMicros(text)).isInstanceOf(NumberFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.12345x", "123456.12x456", "1.2.345678", "1e", "1..234567"})
  void rejectsMalformedDecimals(String text) {
    assertThatThrownBy(() -> parseDouble(text)).isInstanceOf(NumberFormatException.class);
    assertThatThrownBy(() -> parseMicros(text)).isInstanceOf(NumberFormatException.class);
  }

  private String decimal(int digits, int decimals) {
    var text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
    for (int i = 0; i < digits; i++) {
      text.append(random.nextInt(10));
    }
    if (decimals > 0) {
      text.append('.');
      for (int i = 0; i < decimals; i++) {
        text.append(random.nextInt(10));
      }
    }
    return text.toString();
  }

  private interface Parser<T> {
    T parse(byte[] bytes, int from, int to);
  }

  private long parseLong(String text) {
    return parse(text, DecimalText::parseLong);
  }

  private double parseDouble(String text) {
    return parse(text, DecimalText::parseDouble);
  }

  private long parseMicros(String text) {
    return parse(text, DecimalText::parseMicros);
  }

  /**
   * Parses a text at the start of an array or after other digits, at random; digits always follow
   * it.
   */
  private <T> T parse(String text, Parser<T> parser) {
    var before = "9".repeat(random.nextInt(3) * 12);
    var bytes = (before + text + "7777").getBytes(ISO_8859_1);
    return parser.parse(bytes, before.length(), before.length() + text.length());
  }
}
