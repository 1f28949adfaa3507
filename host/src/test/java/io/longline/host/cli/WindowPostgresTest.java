package io.longline.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.PostgresServer;
import io.longline.host.testing.WindowPlugin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder for windows of hosts that share a ledger. */
class WindowPostgresTest {

  private static PostgresServer server;

  @TempDir Path home;

  private CliHarness cli;
  private Path plugins;
  private String ledger;
  private Path directory;

  @BeforeAll
  static void start() throws Exception {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void prepare() throws Exception {
    cli = new CliHarness(home);
    plugins = Files.createDirectories(home.resolve("plugins-dir"));
    WindowPlugin.in(plugins).build();
    ledger = server.newDatabase();
    directory = WindowPlugin.logs(home, "a", "1714348800.000000 C1 10.0.0.1");
  }

  private int run(String output, Object... more) {
    var args = new ArrayList<>(List.of("run", "--ledger", ledger, "--output"));
    args.add(home.resolve(output).toString());
    for (var each : more) {
      args.add(each.toString());
    }
    return cli.run(args.toArray(String[]::new));
  }

  @Test
  void aHookWithWindowsIsRefusedWithoutAFolderThatHostsShare() throws Exception {
    assertThat(run("out", directory)).isEqualTo(ExitCode.REFUSED);
    assertThat(cli.err())
        .contains(
            "Some hooks have windows, whose parts must lie in a folder that all hosts of this ledger share.")
        .contains("setting windows (--windows)");
    assertThat(run("out", "--without", "counts", directory)).as(cli.err()).isLessThan(3);
    assertThat(run("out", "--windows", home.resolve("w"), directory)).as(cli.err()).isZero();
    assertThat(Files.readAllLines(home.resolve("w/counts/run.log")))
        .containsExactly("10.0.0.1 1 [C1]");
  }

  @Test
  void hostsUseOneFolder() throws Exception {
    var shared = home.resolve("shared");
    assertThat(run("out-0", "--windows", shared, directory)).as(cli.err()).isZero();
    assertThat(run("out-1", "--windows", home.resolve("own"), directory))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(cli.err()).contains("in another folder than " + home.resolve("own"), shared + "");
    var b = WindowPlugin.logs(home, "b", "1714348801.000000 C2 10.0.0.1");
    assertThat(run("out-1", "--windows", shared, b)).as(cli.err()).isZero();
    assertThat(Files.readAllLines(shared.resolve("counts/run.log")))
        .containsExactly("10.0.0.1 2 [C1, C2]");
  }
}
