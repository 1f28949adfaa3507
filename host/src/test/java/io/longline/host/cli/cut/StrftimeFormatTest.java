package io.longline.host.cli.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrftimeFormatTest {

  /** A Sunday, the last day of an ISO year that began in the year before. */
  private static final long SUNDAY = 1_704_070_799L - 3_600;

  private static String utc(String format, long second) {
    return String.valueOf(new StrftimeFormat(format, LocalZone.UTC).format(second));
  }

  /** What strftime of the GNU C library writes, in the C locale. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "%a %A %b %B %h,Sun Sunday Dec December Dec",
        "%C %y %Y %G %g,20 23 2023 2023 23",
        "%d %e %j,31 31 365",
        "%H %I %k %l,23 11 23 11",
        "%M %S %m,59 59 12",
        "%p %P %r,PM pm 11:59:59 PM",
        "%R %T %X,23:59 23:59:59 23:59:59",
        "%D %x %F,12/31/23 12/31/23 2023-12-31",
        "%c,Sun Dec 31 23:59:59 2023",
        "%u %w %U %W %V,7 0 53 52 52",
        "%s %z %Z,1704067199 +0000 GMT",
        "%-d %_m %05e %^a %#p %8Y %-5j,31 12 00031 SUN pm 00002023 365",
        "%Ey %Od %E x%,23 31 %E x%",
        "%N %Q %% %-,%N %Q % %-",
      })
  void convertsAsTheCLibraryDoes(String format, String text) {
    assertThat(utc(format, SUNDAY)).isEqualTo(text);
  }

  @Test
  void countsWeeksFromTheFirstSundayOrMonday() {
    assertThat(utc("%U %W %V %G %k %l %e", 1_704_070_800L - 3_600 + 1))
        .isEqualTo("00 01 01 2024  0 12  1");
    assertThat(utc("%U %W %V %G", 1_609_459_200L)).isEqualTo("00 00 53 2020");
    assertThat(utc("%Y", Long.MAX_VALUE)).isEqualTo("null");
    assertThat(utc("%Y", 4_000_000_000_000L)).isEqualTo("128724");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PST+8 | 1970-01-01T16 -0800 PST | 1970-07-01T16 -0800 PST",
        "<+03>-3 | 1970-01-02T03 +0300 +03 | 1970-07-02T03 +0300 +03",
        "CET-1CEST,M3.5.0,M10.5.0/3 | 1970-01-02T01 +0100 CET | 1970-07-02T02 +0200 CEST",
        "PST8PDT,M3.2.0,M11.1.0 | 1970-01-01T16 -0800 PST | 1970-07-01T17 -0700 PDT",
        "AEST-10AEDT,M10.1.0,M4.1.0/3 | 1970-01-02T11 +1100 AEDT | 1970-07-02T10 +1000 AEST",
        "EST | 1970-01-01T19 -0500 EST | 1970-07-01T19 -0500 EST",
        ":Asia/Tokyo | 1970-01-02T09 +0900 JST | 1970-07-02T09 +0900 JST",
        "/usr/share/zoneinfo/UTC | 1970-01-02T00 +0000 UTC | 1970-07-02T00 +0000 UTC",
        "no zone | 1970-01-02T00 +0000 UTC | 1970-07-02T00 +0000 UTC",
      })
  void readsZonesAsTheCLibraryDoes(String zone, String winter, String summer) {
    var format = new StrftimeFormat("%Y-%m-%dT%H %z %Z", ZoneVariable.in(Map.of("TZ", zone)));
    assertThat(format.format(86_400L)).isEqualTo(winter);
    assertThat(format.format(182 * 86_400L)).isEqualTo(summer);
  }

  @Test
  void changesTheOffsetWhenTheRuleSaysSo() {
    var format =
        new StrftimeFormat("%H:%M %Z", ZoneVariable.in(Map.of("TZ", "XXX-1YYY,M3.5.0,M10.5.0/3")));
    assertThat(format.format(1_711_846_799L)).isEqualTo("01:59 XXX");
    assertThat(format.format(1_711_846_800L)).isEqualTo("03:00 YYY");
    assertThat(format.format(1_729_990_800L)).isEqualTo("02:00 XXX");
  }

  @Test
  void refusesRulesThatItCannotUse() {
    assertThatThrownBy(() -> ZoneVariable.in(Map.of("TZ", "AAA3BBB,J60,J300")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("J60");
  }
}
