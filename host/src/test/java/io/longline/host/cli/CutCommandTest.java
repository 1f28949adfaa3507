package io.longline.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThat(cli.err()).contains("1 bad line");
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
    assertThat(cli.input("no log\n").run("cut", "a")).isEqualTo(1);
    assertThat(cli.err()).contains("before any header");
    assertThat(cli.run("cut", "-U", "%Q", "a")).isEqualTo(2);
    assertThat(cli.err()).contains("Unknown conversion %Q in the time format.");
    assertThat(cli.run("cut", "-c", "-C")).isEqualTo(2);
  }
}
