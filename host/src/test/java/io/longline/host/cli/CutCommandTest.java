package io.longline.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CutCommandTest {

  private static final String LOG =
      """
      #separator \\x09
      #set_separator	,
      #empty_field	(empty)
      #unset_field	-
      #path	x
      #open	2024-04-29-20-00-00
      #fields	ts	host	s	n
      #types	time	addr	set[string]	count
      1714420800.040740	10.0.0.1	a\\x2cb,(empty)	7
      1714420801.000000	::1	-	-
      #close	2024-04-29-21-00-00
      """;

  @TempDir Path folder;

  private CliHarness cli;

  @BeforeEach
  void prepare() {
    cli = new CliHarness(folder).input(LOG);
  }

  private String cut(String... options) {
    var args = new String[options.length + 1];
    args[0] = "cut";
    System.arraycopy(options, 0, args, 1, options.length);
    assertThat(cli.run(args)).as(cli.err()).isZero();
    return cli.out();
  }

  @Test
  void printsAllColumnsUnchanged() {
    assertThat(cut())
        .isEqualTo(
            "1714420800.040740\t10.0.0.1\ta\\x2cb,(empty)\t7\n1714420801.000000\t::1\t-\t-\n");
  }

  @Test
  void printsColumnsInTheOrderNamedAndNothingForUnknownOnes() {
    assertThat(cut("n", "nope", "ts"))
        .isEqualTo("7\t\t1714420800.040740\n-\t\t1714420801.000000\n");
  }

  @Test
  void printsAllColumnsExceptThoseNamed() {
    assertThat(cut("-n", "ts", "s")).isEqualTo("10.0.0.1\t7\n::1\t-\n");
  }

  @Test
  void takesAnotherSeparator() {
    assertThat(cut("-F", ";", "host", "n")).isEqualTo("10.0.0.1;7\n::1;-\n");
  }

  @Test
  void writesReadableTimes() {
    assertThat(cut("-u", "ts")).isEqualTo("2024-04-29T20:00:00+0000\n2024-04-29T20:00:01+0000\n");
    cli.input(LOG);
    assertThat(cut("-U", "%d/%b/%Y %H:%M %s", "ts"))
        .isEqualTo("29/Apr/2024 20:00 1714420800\n29/Apr/2024 20:00 1714420801\n");
    cli.input(LOG).variable("ZEEK_CUT_TIMEFMT", "%j");
    assertThat(cut("-u", "ts")).isEqualTo("120\n120\n");
  }

  @Test
  void includesTheFirstHeaderOrAll() {
    cli.input(LOG + LOG);
    assertThat(cut("-c", "host"))
        .isEqualTo(
            """
            #separator \\x09
            #set_separator	,
            #empty_field	(empty)
            #unset_field	-
            #path	x
            #open	2024-04-29-20-00-00
            #fields	host
            #types	addr
            10.0.0.1
            ::1
            10.0.0.1
            ::1
            """);
    cli.input(LOG + LOG);
    assertThat(cut("-C", "-u", "ts").lines().filter(line -> line.startsWith("#types")))
        .containsExactly("#types\tstring", "#types\tstring");
    cli.input(LOG + LOG);
    assertThat(cut("-C", "host").lines().filter(line -> line.startsWith("#close"))).hasSize(2);
  }

  @Test
  void includesHeadersAsLinesOfNames() {
    cli.input(LOG + LOG);
    assertThat(cut("-m", "host", "n")).startsWith("host\tn\n10.0.0.1\t7\n").doesNotContain("#");
    cli.input(LOG + LOG);
    assertThat(cut("-M", "host").lines().filter(line -> line.equals("host"))).hasSize(2);
  }

  @Test
  void findsColumnsAgainWhereTheHeaderChanges() {
    cli.input(
        "#fields\ta\tb\n#types\tstring\tstring\n1\t2\n#fields\tb\ta\n#types\tstring\tstring\n3\t4\n");
    assertThat(cut("a")).isEqualTo("1\n4\n");
  }

  @Test
  void acceptsRowsThatEndAfterTheLastRequestedColumn() {
    cli.input("#fields\ta\tb\tc\n#types\tstring\tstring\tstring\n1\t2\n3\n");
    assertThat(cut("a", "b")).isEqualTo("1\t2\n");
    assertThat(cli.err()).contains("1 lines have too few columns").contains("the first in line 4.");
  }

  @Test
  void readsFilesGivenAsArgumentsOrOptions() throws IOException {
    var file = Files.writeString(folder.resolve("x.log"), LOG).toString();
    assertThat(cut("--file", file, "host")).isEqualTo("10.0.0.1\n::1\n");
    assertThat(cut(file, file, "host")).isEqualTo("10.0.0.1\n::1\n10.0.0.1\n::1\n");
  }

  @Test
  void printsJson() {
    assertThat(cut("--json", "ts", "s", "n"))
        .isEqualTo(
            "{\"ts\":1714420800.04074,\"s\":[\"a,b\",\"\"],\"n\":7}\n{\"ts\":1714420801.0}\n");
  }

  @Test
  void readsJson() {
    cli.input(
        "{\"ts\":1714420800.04074,\"host\":\"10.0.0.1\",\"n\":7,\"s\":[\"a,b\",\"\"],\"ok\":true}\n{\"n\":1.5e3}\n");
    assertThat(cut("n", "s", "ts", "ok"))
        .isEqualTo("7\ta\\x2cb,(empty)\t1714420800.040740\tT\n1.5e3\t-\t-\t-\n");
  }

  @Test
  void reportsUnreadableFiles() {
    assertThat(cli.run("cut", "--file", folder + "/gone.log", "a")).isEqualTo(1);
    assertThat(cli.err()).contains("gone.log cannot be read");
    assertThat(cli.input("#fields\ta\n1\n").run("cut", "a")).isEqualTo(1);
    assertThat(cli.err()).contains("line 2: there is no #types line");
    assertThat(cli.input("no log\n").run("cut", "--json", "a")).isEqualTo(1);
    assertThat(cli.err()).contains("before any header");
  }

  @Test
  void refusesOptionsThatMakeNoSense() {
    assertThat(cli.run("cut", "-F", "ab")).isEqualTo(2);
    assertThat(cli.err()).contains("-F takes a single character, not \"ab\".");
    assertThat(cli.run("cut", "-F", "")).isEqualTo(2);
    assertThat(cli.run("cut", "-U", "")).isEqualTo(2);
    assertThat(cli.run("cut", "--json", "-c")).isEqualTo(2);
    assertThat(cli.err()).contains("JSON objects have no header");
    assertThat(cli.run("cut", "--json", "-F", ",")).isEqualTo(2);
    assertThat(cli.err()).contains("JSON objects have no separator");
  }

  @Test
  void takesTheLastOfOptionsThatExcludeEachOther() {
    assertThat(cut("-u", "-C", "-m", "-D", "%Y", "-U", "%y", "-n", "-n", "host", "s", "n"))
        .isEqualTo("ts\n24\n24\n");
  }

  @Test
  void printsTheHeaderOfALogWithoutRows() {
    var header = LOG.lines().filter(line -> line.startsWith("#")).toList();
    cli.input(String.join("\n", header) + "\n");
    assertThat(cut("-c").lines().toList()).isEqualTo(header);
    cli.input(String.join("\n", header) + "\n");
    assertThat(cut("-m", "n", "ts")).isEqualTo("n\tts\n");
    cli.input("");
    assertThat(cut("-c")).isEmpty();
  }

  @Test
  void printsEachOfTwoColumnsOfOneName() {
    cli.input("#fields\tv\tw\tv\n#types\tstring\tstring\tstring\nfirst\t1\tsecond\n");
    assertThat(cut()).isEqualTo("first\t1\tsecond\n");
    cli.input("#fields\tv\tw\tv\n#types\tstring\tstring\tstring\nfirst\t1\tsecond\n");
    assertThat(cut("-n", "w")).isEqualTo("first\tsecond\n");
    cli.input("#fields\tv\tw\tv\n#types\tstring\tstring\tstring\nfirst\t1\tsecond\n");
    assertThat(cli.run("cut", "--json")).isEqualTo(1);
    assertThat(cli.err()).contains("two columns have the name v");
  }

  @Test
  void leavesColumnsWithoutNameOutOfJson() {
    cli.input("#fields\ta\t\t\n#types\tcount\t\t\n1\t\t\n");
    assertThat(cut("-c")).isEqualTo("#fields\ta\t\t\n#types\tcount\t\t\n1\t\t\n");
    cli.input("#fields\ta\t\t\n#types\tcount\t\t\n1\t\t\n");
    assertThat(cut("--json")).isEqualTo("{\"a\":1}\n");
  }

  @Test
  void printsColumnsThatALaterHeaderAddsAsJson() {
    cli.input("#fields\ta\n#types\tcount\n1\n#fields\ta\tb\n#types\tcount\tcount\n2\t3\n");
    assertThat(cut("--json")).isEqualTo("{\"a\":1}\n{\"a\":2,\"b\":3}\n");
    cli.input("{\"a\":1}\n{\"b\":2,\"a\":3}\n");
    assertThat(cut("--json")).isEqualTo("{\"a\":1}\n{\"a\":3,\"b\":2}\n");
    cli.input("{\"a\":1}\n{\"b\":2,\"a\":3}\n");
    assertThat(cut()).isEqualTo("1\n3\n");
    assertThat(cli.err()).contains("columns that the first row does not have were left out: b.");
  }

  @Test
  void keepsTheBytesOfHeaderLines() {
    cli.input("#separator \\x09\n#odd  line\t-\u00e4\n#fields\ta\n#types\tstring\n#open\tx\n1\n");
    assertThat(cut("-c"))
        .isEqualTo(
            "#separator \\x09\n#odd  line\t-\u00e4\n#fields\ta\n#types\tstring\n#open\tx\n1\n");
  }

  @Test
  void convertsTimesOfRowsWithOthersThatAreOutOfRange() {
    var log = "#fields\tt\tu\tv\n#types\ttime\ttime\tinterval\n1.5\t-2.5\t9999999999999999999\n";
    assertThat(cli.input(log)).isNotNull();
    assertThat(cut("-u")).isEqualTo("1970-01-01T00:00:01+0000\t-2.5\t9999999999999999999\n");
    assertThat(cli.err()).contains("1 times cannot be converted").contains("line 3");
    cli.input(log);
    assertThat(cut("--json")).isEqualTo("{\"t\":1.5,\"u\":-2.5}\n");
    assertThat(cli.err()).contains("1 cells are not of the type of their column");
    cli.input(log);
    assertThat(cut("--json", "-u", "v", "t")).isEqualTo("{\"t\":\"1970-01-01T00:00:01+0000\"}\n");
  }

  @Test
  void treatsJsonAsIfItWereTsv() {
    var log =
        "{\"_path\":\"ntp\",\"ts\":1714420800.5,\"n\":1,\"ref_time\":0.5,\"s\":\"a\"}\n{\"ts\":1714420801.5,\"s\":\"b\"}\n";
    cli.input(log);
    assertThat(cut("-c", "-u", "ts", "s", "ref_time", "nope"))
        .isEqualTo(
            """
            #separator \\x09
            #set_separator	,
            #empty_field	(empty)
            #unset_field	-
            #path	ntp
            #fields	ts	s	ref_time	nope
            #types	string	string	string	string
            2024-04-29T20:00:00+0000	a	1970-01-01T00:00:00+0000	-
            2024-04-29T20:00:01+0000	b	-	-
            """);
    cli.input(log);
    assertThat(cut("-M", "-F", ",", "-U", "%s", "-n", "_path", "n", "ref_time"))
        .isEqualTo("ts,s\n1714420800,a\n1714420801,b\n");
    cli.input(log);
    assertThat(cut("--json", "-U", "%s", "ts", "ts"))
        .isEqualTo("{\"ts\":\"1714420800\"}\n{\"ts\":\"1714420801\"}\n");
  }

  @Test
  void treatsCompressedLogsAsIfTheyWereNot() throws IOException {
    var packed = gzip(LOG + LOG);
    for (var options :
        List.of(List.of("-C"), List.of("-M", "-F", ",", "host"), List.of("-n", "ts"))) {
      var args = options.toArray(String[]::new);
      cli.input(LOG + LOG);
      var plain = cut(args);
      cli.input(new ByteArrayInputStream(packed));
      assertThat(cut(args)).isEqualTo(plain);
    }
  }

  @Test
  void printsWhatADamagedLogHasAndSaysThatItIsDamaged() throws IOException {
    var log = new StringBuilder("#fields\tn\n#types\tstring\n");
    new SplittableRandom(1).longs(20_000).forEach(n -> log.append(n).append('\n'));
    var packed = gzip(log.toString());
    for (int length : new int[] {5, packed.length / 2, packed.length - 4}) {
      for (var option : List.of("-c", "--json")) {
        cli.input(new ByteArrayInputStream(packed, 0, length));
        assertThat(cli.run("cut", option)).as("%d bytes, %s", length, option).isEqualTo(1);
        assertThat(cli.err()).contains("the compressed stream is cut off");
        assertThat(cli.out().isEmpty()).isEqualTo(length == 5);
      }
    }
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void endsWhenNobodyReads() {
    cli.input(new EndlessLog()).brokenOutput("Broken pipe");
    assertThat(cli.run("cut")).isEqualTo(141);
    assertThat(cli.err()).isEmpty();
  }

  /** A log without end. */
  private static final class EndlessLog extends InputStream {

    private static final byte[] HEADER = "#fields\ta\n#types\tstring\n".getBytes(UTF_8);

    private int position;

    @Override
    public int read() {
      int at = position++;
      return at < HEADER.length ? HEADER[at] : at % 10 == 0 ? '\n' : 'x';
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      for (int i = 0; i < length; i++) {
        bytes[offset + i] = (byte) read();
      }
      return length;
    }
  }

  @Test
  void convertsRowsOfAnyLength() {
    var cell = "x".repeat(1_000_000);
    cli.input("#fields\ta\tb\n#types\tstring\tstring\n" + cell + "\t1\n2\t3\n");
    assertThat(cut("b", "a")).isEqualTo("1\t" + cell + "\n3\t2\n");
    cli.input("#separator ||\n#fields||a||b\n#types||string||string\n1||2");
    assertThat(cut("b", "a")).isEqualTo("2||1\n");
  }
}
