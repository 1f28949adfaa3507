package io.longline.host.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.longline.api.Finding;
import io.longline.api.Finding.Severity;
import io.longline.host.testing.FindingsFolder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {

  private static final long DAY = Duration.ofDays(1).toMillis() * 1_000;

  @TempDir Path folder;

  private static Finding finding(String rule, Severity severity) {
    return Finding.of(rule, severity).at(DAY).source("10.0.0.1").uid("C1").log("conn");
  }

  private Report report() throws Exception {
    return Report.of(new FindingFiles(List.of(folder, folder)), micros -> true);
  }

  private String page() throws Exception {
    var out = new ByteArrayOutputStream();
    new ReportPage(report(), Instant.parse("2026-11-27T10:00:00Z"), folder.toString()).writeTo(out);
    return out.toString(UTF_8);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void findingsThatAreAboutTheSameAreOneGroupAndTheWorstComesFirst(boolean isJson)
      throws Exception {
    var files = new FindingsFolder(folder);
    files.batches(
        isJson,
        finding("a", Severity.LOW),
        finding("a", Severity.LOW).at(2 * DAY),
        finding("b", Severity.HIGH).score(0.5).sentence("half"),
        finding("b", Severity.HIGH).score(0.9).sentence("more").at(3 * DAY),
        finding("b", Severity.MEDIUM).score(1),
        finding("c", Severity.CRITICAL).allowedBy("own"));
    files.window("2024-04-29", finding("day", Severity.MEDIUM).name("x"));
    files.window("2024-04-30", finding("day", Severity.MEDIUM).name("x"));
    var report = report();
    assertThat(report.problems()).isEmpty();
    assertThat(report.findings()).isEqualTo(8);
    assertThat(report.allowed()).isEqualTo(1);
    assertThat(report.bySeverity())
        .containsExactly(
            Map.entry(Severity.HIGH, 1L),
            Map.entry(Severity.MEDIUM, 1L),
            Map.entry(Severity.LOW, 1L));
    assertThat(report.groups())
        .extracting(group -> group.worst().what().rule(), FindingGroup::count)
        .containsExactly(tuple("b", 3L), tuple("day", 2L), tuple("a", 2L));
    var worst = report.groups().get(0);
    assertThat(worst.worst().sentence()).isEqualTo("more");
    assertThat(worst.first()).isEqualTo(DAY);
    assertThat(worst.lastMicros()).isEqualTo(3 * DAY);
    assertThat(report.allowedGroups()).hasSize(1);
  }

  @Test
  void rowsThatADirectoryHasWrittenTwiceCountOnce() throws Exception {
    new FindingsFolder(folder)
        .batches(false, finding("a", Severity.LOW), finding("a", Severity.LOW));
    assertThat(report().findings()).isEqualTo(1);
  }

  /** One severity cannot take the room of another, whatever is read first. */
  @Test
  void theWorstIsInTheReportBesideVeryManyOthers() throws Exception {
    var many = new Finding[25_010];
    for (int i = 0; i < many.length; i++) {
      many[i] = finding("scan", Severity.LOW).destination("host-" + i);
    }
    new FindingsFolder(folder).batches(false, many);
    new FindingsFolder(folder).window("2024-04-29", finding("beacon", Severity.CRITICAL));
    var report = report();
    assertThat(report.groups().get(0).worst().what().rule()).isEqualTo("beacon");
    assertThat(report.leftOut()).isEqualTo(10);
    assertThat(report.findings()).isEqualTo(25_011);
  }

  @Test
  void noCommandNamesAFileThatIsNotThere() throws Exception {
    var logs = Files.createDirectories(folder.resolve("logs"));
    var where = new ReportedFinding.Where("C1", "conn", logs.toString());
    assertThat(CutCommand.of(where)).isEmpty();
    Files.writeString(logs.resolve("conn.01.log"), "");
    assertThat(CutCommand.of(where)).startsWith("longline cut -c " + logs + "/conn.*");
  }

  @Test
  void onlyThoseOfTheTimeThatIsAskedForAreInIt() throws Exception {
    new FindingsFolder(folder)
        .batches(
            false,
            finding("old", Severity.LOW),
            finding("new", Severity.LOW).at(9 * DAY),
            Finding.of("without a time", Severity.LOW));
    var report = Report.of(new FindingFiles(List.of(folder)), micros -> micros > 5 * DAY);
    assertThat(report.groups())
        .extracting(group -> group.worst().what().rule())
        .containsExactlyInAnyOrder("new", "without a time");
  }

  @Test
  void whatCannotBeReadIsSaidAndTheRestIsInIt() throws Exception {
    new FindingsFolder(folder).batches(false, finding("a", Severity.LOW));
    new FindingsFolder(folder).window("2024-04-29", finding("b", Severity.LOW));
    // Cut off as by a crash, of another program, and a link that leads out.
    Files.write(folder.resolve("findings-2.log"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
    Files.writeString(folder.resolve("findings/plugin/other.log"), "no log\n\0\n");
    Files.createSymbolicLink(folder.resolve("findings/out.log"), Path.of("/etc/passwd"));
    var report = report();
    assertThat(report.groups()).hasSize(2);
    assertThat(report.problems())
        .hasSize(2)
        .allMatch(problem -> problem.contains("cannot be read to its end"))
        .anyMatch(problem -> problem.contains("findings-2.log"));
    assertThat(page()).contains("Not everything could be read");
  }

  @Test
  void aFolderWithoutFindingsHasAPageThatSaysSo() throws Exception {
    assertThat(page()).contains("No detection has found anything").doesNotContain("<table");
  }

  /** Each text of a finding, in every place of the page. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "</script><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</style><svg/onload=alert(1)>",
        "<!--",
        "&lt;script&gt;",
        "javascript:alert(1)",
        "\u202egnp.exe",
        "a\u0000b\u001bc\u2028d"
      })
  void nothingOfANameBecomesMarkup(String hostile) throws Exception {
    var plain = new FindingsFolder(folder);
    plain.batches(false, hostileIn("name"), hostileIn("name").allowedBy("name"));
    var skeleton = skeleton(page());
    plain.batches(false, hostileIn(hostile), hostileIn(hostile).allowedBy(hostile));
    var page = page();
    assertThat(skeleton(page)).isEqualTo(skeleton);
    assertThat(page).doesNotContain("\u0000", "\u001b", "\u2028", "\u202e");
  }

  private static Finding hostileIn(String text) {
    return Finding.of(text, Severity.HIGH)
        .at(DAY)
        .source(text)
        .destination(text)
        .name(text)
        .uid(text)
        .log("conn")
        .sentence(text)
        .basis(text)
        .chart(Finding.Chart.ofNumbers(text, text, 0, 1, 1, 2));
  }

  /** The markup of a page without its texts and without the values of attributes. */
  private static String skeleton(String page) {
    var tags = new StringBuilder();
    var tag = Pattern.compile("<(/?[A-Za-z!][^\\s>\"]*)((?:[^>\"]|\"[^\"]*\")*)>").matcher(page);
    while (tag.find()) {
      tags.append(tag.group(1)).append(tag.group(2).replaceAll("\"[^\"]*\"", "")).append('\n');
    }
    return tags.toString();
  }

  @Test
  void thePageNamesTheCommandThatPrintsTheRecords() throws Exception {
    new FindingsFolder(folder).batches(false, finding("a", Severity.LOW));
    assertThat(page())
        .contains(
            "longline cut -c &#39;/logs/it&#39;\\&#39;&#39;s here&#39;/conn.* | grep -e &#39;^#fields&#39; -e C1<");
  }

  @Test
  void aTimeThatIsFarFromAllOthersDoesNotHideThem() {
    var timeline = new Timeline();
    for (int i = 0; i < 1_000; i++) {
      timeline.add(20_000 * DAY + i * (DAY / 24), Severity.LOW);
    }
    timeline.add(0, Severity.CRITICAL);
    timeline.add(2_000_000 * DAY, Severity.CRITICAL);
    var bars = timeline.bars();
    assertThat(bars.outside()).isPositive();
    assertThat(bars.bars().size()).isBetween(30, 121);
    long shown = bars.bars().stream().mapToLong(Timeline.Bar::all).sum();
    assertThat(shown).isGreaterThan(900).isEqualTo(1_002 - bars.outside());
  }

  @Test
  void csvHasEveryFindingAndNoFormula() throws Exception {
    new FindingsFolder(folder)
        .batches(
            false,
            finding("a", Severity.LOW).name("=cmd|' /C calc'!A0").sentence("one, \"two\""),
            finding("b", Severity.LOW).score(-0.5));
    var out = new ByteArrayOutputStream();
    var lines = new FindingLines(new FindingFiles(List.of(folder)), micros -> true);
    assertThat(lines.csv(new PrintStream(out, true, UTF_8))).isEmpty();
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            ts,window,plugin,hook,rule,severity,score,source,destination,name,uid,log,directory,sentence,basis,allowed_by\r
            1970-01-02T00:00:00.000000Z,,plugin,Hook,a,low,,10.0.0.1,,'=cmd|' /C calc'!A0,C1,conn,/logs/it's here,"one, ""two\""",,\r
            1970-01-02T00:00:00.000000Z,,plugin,Hook,b,low,-0.5,10.0.0.1,,,C1,conn,/logs/it's here,,,\r
            """);
  }
}
