package io.longline.plugins.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.PermanentFailureException;
import io.longline.api.testing.HookTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outputs named by the day of the record. */
class RecordDaysTest {

  private static final String HEADER =
      """
      #path	http
      #fields	ts	id.orig_h	id.orig_p	id.resp_h	id.resp_p	uri
      #types	time	addr	port	addr	port	string
      """;

  private static final Instant NOW = Instant.parse("2026-11-24T23:30:00Z");

  @TempDir Path folder;

  private static HookTester tester(OutputDay day, String zone) {
    return HookTester.of(new HttpConnections())
        .settings(new HttpConnectionsSettings(false, day))
        .clock(Clock.fixed(NOW, ZoneId.of(zone)));
  }

  private static String row(String time, long port) {
    return time + "\t10.0.0.1\t" + port + "\t10.0.0.2\t80\t/\n";
  }

  private static String seconds(Instant time) {
    return "%d.%06d".formatted(time.getEpochSecond(), time.getNano() / 1_000);
  }

  private static String at(String time, long port) {
    return row(seconds(Instant.parse(time)), port);
  }

  private void write(String name, String rows) throws IOException {
    Files.writeString(folder.resolve(name), HEADER + rows);
  }

  /** The ports, which number the rows. */
  private static List<String> ports(HookTester tester, String output) {
    return tester.written(output).stream().map(row -> row.split("\t", -1)[8]).toList();
  }

  @Test
  void logsOfThreeYearsAreInTheFilesOfTheirDays() throws Exception {
    write("http.log", at("2024-04-29T20:00:00Z", 1) + at("2024-04-29T20:00:01Z", 2));
    write("http.2.log", at("2009-11-14T10:00:00Z", 3));
    write("http.3.log", at("2021-03-04T00:00:00Z", 4) + at("2009-11-14T11:00:00Z", 5));
    var tester = tester(OutputDay.RECORD, "UTC").process(folder);
    assertThat(tester.written("http")).hasSize(5);
    assertThat(ports(tester, "http/2009-11-14")).containsExactlyInAnyOrder("3", "5");
    assertThat(ports(tester, "http/2021-03-04")).containsExactly("4");
    assertThat(ports(tester, "http/2024-04-29")).containsExactly("1", "2");
  }

  @Test
  void theDayOfProcessingIsTheDefault() throws Exception {
    write("http.log", at("2024-04-29T20:00:00Z", 1) + at("2009-11-14T10:00:00Z", 2));
    var tester = tester(OutputDay.PROCESSING, "UTC").process(folder);
    assertThat(ports(tester, "http/2026-11-24")).containsExactly("1", "2");
    assertThat(
            HttpConnectionsSettings.class
                .getRecordComponents()[1]
                .getAnnotation(io.longline.api.Setting.class)
                .defaultValue())
        .isEqualTo("processing");
  }

  @Test
  void recordsWithoutATimeAreInTheFileOfTheDayOfProcessing() throws Exception {
    write(
        "http.log",
        row("-", 1)
            + at("2009-11-14T10:00:00Z", 2)
            + row("-", 3)
            + row("-62135596800.000000", 5)
            + row("253402300799.999999", 6));
    var tester = tester(OutputDay.RECORD, "UTC").process(folder);
    assertThat(ports(tester, "http/2026-11-24")).containsExactly("1", "3");
    assertThat(ports(tester, "http/2009-11-14")).containsExactly("2");
    assertThat(ports(tester, "http/0001-01-01")).containsExactly("5");
    assertThat(ports(tester, "http/9999-12-31")).containsExactly("6");
  }

  @Test
  void aTimeThatIsOfTheYear10000InTheZoneIsInTheFileOfTheDayOfProcessing() throws Exception {
    write("http.log", row("253402300799.999999", 1));
    assertThat(ports(tester(OutputDay.RECORD, "Asia/Tokyo").process(folder), "http/2026-11-25"))
        .containsExactly("1");
  }

  @Test
  void bothDaysAreThoseOfTheZoneOfTheClock() throws Exception {
    write(
        "http.log",
        at("2024-04-29T21:59:59.999999Z", 1) + at("2024-04-29T22:00:00Z", 2) + row("-", 3));
    var tester = tester(OutputDay.RECORD, "Europe/Berlin").process(folder);
    assertThat(ports(tester, "http/2024-04-29")).containsExactly("1");
    assertThat(ports(tester, "http/2024-04-30")).containsExactly("2");
    assertThat(ports(tester, "http/2026-11-25")).containsExactly("3");
  }

  /** In Newfoundland the clock was set back at a minute past midnight; Samoa left a day out. */
  @ParameterizedTest
  @CsvSource({
    "UTC, 2021-03-04T00:00:00Z",
    "Europe/Berlin, 2024-03-31T01:00:00Z",
    "Europe/Berlin, 2024-10-27T01:00:00Z",
    "America/St_Johns, 2009-11-01T02:31:00Z",
    "America/Sao_Paulo, 2018-11-04T03:00:00Z",
    "Pacific/Apia, 2011-12-30T10:00:00Z",
    "Africa/Monrovia, 1972-01-07T00:44:30Z"
  })
  void aTimeIsInTheFileOfItsDayInWhateverOrderTheyCome(String zone, Instant around)
      throws Exception {
    var random = new SplittableRandom(1);
    var rows = new StringBuilder();
    var expected = new TreeMap<LocalDate, List<String>>();
    for (int port = 0; port < 2_000; port++) {
      long micros = random.nextLong(-200_000_000_000L, 200_000_000_000L);
      long edge = random.nextInt(-1, 2) + 3_600_000_000L * random.nextInt(-50, 50);
      var time = around.plusNanos(1_000 * (port % 2 == 0 ? micros : edge));
      rows.append(row(seconds(time), port));
      expected
          .computeIfAbsent(LocalDate.ofInstant(time, ZoneId.of(zone)), day -> new ArrayList<>())
          .add(Integer.toString(port));
    }
    write("http.log", rows.toString());
    var tester = tester(OutputDay.RECORD, zone).process(folder);
    assertThat(expected).hasSizeBetween(4, 6);
    expected.forEach(
        (day, ports) -> assertThat(ports(tester, "http/" + day)).as("%s", day).isEqualTo(ports));
    assertThat(tester.written("http")).hasSize(2_000);
  }

  private static String days(int count) {
    var rows = new StringBuilder();
    for (long day = 0; day < count; day++) {
      rows.append(row(seconds(Instant.EPOCH.plusSeconds(86_400 * day)), day));
    }
    return rows.toString();
  }

  @Test
  void recordsOfTooManyDaysFailForGood() throws Exception {
    write("http.log", row("-", 1) + days(999));
    var tester = tester(OutputDay.RECORD, "UTC").process(folder);
    assertThat(tester.written("http")).hasSize(1_000);
    write("http.log", days(1_000));
    assertThatThrownBy(() -> tester.process(folder))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("more than 999 days, such as 1972-09-26")
        .hasMessageContaining("setting day");
  }
}
