package io.longline.plugins.dnsanomalies;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterEntropyTest {

  private final LetterEntropy entropy = new LetterEntropy();

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    ".., 0",
    "a, 0",
    "www, 0",
    "ab, 1000",
    "a.b., 1000",
    "abcd, 2000",
    "aabbccdd, 2000",
    "aab, 918",
    "0123456789abcdef, 4000",
  })
  void isInThousandthsOfABit(String name, int thousandths) {
    // The last bytes do not belong to the range.
    var bytes = ("x" + name + "zz").getBytes(US_ASCII);
    for (int round = 0; round < 2; round++) {
      assertThat(entropy.thousandths(bytes, 1, bytes.length - 2)).isEqualTo(thousandths);
    }
  }

  @Test
  void aLongNameIsReadInPart() {
    var bytes = "ab".repeat(100_000).getBytes(US_ASCII);
    assertThat(entropy.thousandths(bytes, 0, bytes.length)).isEqualTo(1000);
  }
}
