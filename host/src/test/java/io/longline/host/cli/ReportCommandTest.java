package io.longline.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a run, and that of the command. */
class ReportCommandTest {

  @TempDir Path home;

  private CliHarness cli;

  @BeforeEach
  void prepare() throws Exception {
    cli = new CliHarness(home);
    new PluginJars(Files.createDirectories(home.resolve("plugins-dir")))
        .jar("finds.jar")
        .plugin("finds", "1.0.0")
        .source(
            PluginJars.logHook(
                "Finds",
                "context.finding(Finding.of(\"rule\", Finding.Severity.HIGH).at(1_713_600_000_000_000L).sentence(\"Found in \" + logs.name() + \".\"));"))
        .index("test.plugin.Finds")
        .build();
    var logs = Files.createDirectories(home.resolve("logs"));
    SampleLogs.directory(logs, "a");
    SampleLogs.directory(logs, "b");
  }

  private int run(Path output, String... more) {
    var args = new ArrayList<String>();
    args.addAll(List.of("run", "--output", output.toString()));
    args.addAll(List.of(more));
    args.add(home.resolve("logs").toString());
    return cli.run(args.toArray(String[]::new));
  }

  @Test
  void aRunThatFindsSomethingNamesItsReport() throws Exception {
    var output = home.resolve("out");
    assertThat(run(output)).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains("findings     1 high: 1 different in 2 rows")
        .contains("report       " + output.resolve("report.html"));
    assertThat(output.resolve("report.html")).content().contains("Found in ");
  }

  @Test
  void aRunThatFindsNothingMakesNone() {
    var output = home.resolve("out");
    run(output);
    assertThat(run(output)).as(cli.err()).isZero();
    assertThat(cli.out()).doesNotContain("report.html");
  }

  @Test
  void theOutputFolderMayLieInTheFolderForWindows() {
    var output = home.resolve("windows/out");
    assertThat(run(output, "--windows", home.resolve("windows").toString())).isZero();
    assertThat(cli.out()).contains("report       " + output.resolve("report.html"));
  }

  @Test
  void theCommandMakesTheReportOfATime() throws Exception {
    var output = home.resolve("out");
    run(output);
    var page = home.resolve("page.html");
    assertThat(
            cli.run(
                "report", output.toString(), "--since", "2024-04-21", "--output", page.toString()))
        .as(cli.err())
        .isZero();
    assertThat(page).content().contains("No detection has found anything");
    assertThat(cli.run("report", output.toString(), "--since", "2024-04-20")).isZero();
    assertThat(output.resolve("report.html")).content().contains("Found in ");
    assertThat(cli.run("report", output.toString(), "--csv")).isZero();
    assertThat(cli.out().lines()).hasSize(3);
  }

  @Test
  void whatIsWrittenWronglyIsSaid() {
    var output = home.resolve("out");
    assertThat(cli.run("report", output.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err()).contains("There is no folder " + output);
    run(output);
    for (var since : new String[] {"yesterday", "2024-13-01", "2024-04-20T99:00:00Z"}) {
      assertThat(cli.run("report", output.toString(), "--since", since)).isEqualTo(ExitCode.USAGE);
      assertThat(cli.err()).contains("--since is \"" + since + "\"");
    }
    assertThat(cli.run("report", output.toString(), "--csv", "--json")).isEqualTo(ExitCode.USAGE);
  }
}
