package io.longline.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.ApiVersion;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionCommandTest {

  @TempDir Path home;

  @Test
  void theProgramSaysWhatItIs() throws IOException {
    var cli = new CliHarness(home);
    assertThat(cli.run("version")).isZero();
    assertThat(cli.out())
        .startsWith("longline ")
        .contains(System.getProperty("java.version"))
        .contains(System.getProperty("java.home"));
    assertThat(cli.run("version", "--json")).isZero();
    var version = cli.jsonLines().get(0);
    assertThat(version.get("java").textValue()).isEqualTo(System.getProperty("java.version"));
    assertThat(version.get("ledger_tables").intValue()).isPositive();
    assertThat(version.get("version").textValue()).isEqualTo(ApiVersion.current());
  }
}
