package io.longline.host.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTextTest {

  @Test
  void controlCharactersAreShownAsNumbers() {
    assertThat(PrintableText.line("a\u001b[31mred\u0007\u0000\u007f\u009bb"))
        .isEqualTo("a\\x1b[31mred\\x07\\x00\\x7f\\x9bb");
  }

  @Test
  void aLineHasNoLineEndsAndLinesKeepTheirLineFeedsOnly() {
    assertThat(PrintableText.line("a\r\nb\tc")).isEqualTo("a\\x0d\\x0ab\\x09c");
    assertThat(PrintableText.lines("a\r\nb\tc")).isEqualTo("a\\x0d\nb\\x09c");
  }

  @Test
  void otherTextStaysAsItIs() {
    var text = "Grüße, 日本, \uD83D\uDE00 \\x1b";
    assertThat(PrintableText.line(text)).isEqualTo(text);
    assertThat(PrintableText.line("\n" + text)).isEqualTo("\\x0a" + text);
    assertThat(PrintableText.lines("")).isEmpty();
  }

  @Test
  void charactersThatChangeHowOthersAppearAreShownAsNumbers() {
    assertThat(PrintableText.line("a\u202egpj.exe\u2066b\ufeffc\u2028d\u200be"))
        .isEqualTo("a\\u202egpj.exe\\u2066b\\ufeffc\\u2028d\\u200be");
    assertThat(PrintableText.line("half \ud83d, half \ude00"))
        .isEqualTo("half \\ud83d, half \\ude00");
    var joined = "\u0646\u200c\u0647, \uD83D\uDC69\u200d\uD83D\uDCBB";
    assertThat(PrintableText.line(joined)).isEqualTo(joined);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "1, 1 ms",
    "999, 999 ms",
    "1000, 1 s",
    "59999, 59 s",
    "60000, 1 min",
    "61000, 61 s",
    "90000, 90 s",
    "600000, 10 min",
    "7200000, 120 min"
  })
  void durationsAreInMinutesOrSecondsOrMilliseconds(long millis, String text) {
    assertThat(PrintableText.duration(Duration.ofMillis(millis))).isEqualTo(text);
  }
}
