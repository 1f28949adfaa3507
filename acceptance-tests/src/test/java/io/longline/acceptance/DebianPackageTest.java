package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Debian package, installed, upgraded and purged by apt and dpkg in a copy of this machine that
 * lives in memory and is gone with its processes.
 */
@Tag("slow")
class DebianPackageTest {

  @TempDir Path folder;

  private static boolean isCi() {
    return "true".equals(System.getenv("CI"));
  }

  private record Result(int exitCode, String text) {}

  private static Result run(List<String> command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), text);
  }

  @Test
  void lintianHasNothingToSay() throws Exception {
    boolean isThere = run(List.of("sh", "-c", "command -v lintian")).exitCode() == 0;
    assertThat(isThere || !isCi()).as("lintian, which CI must have").isTrue();
    assumeTrue(isThere, "SKIPPED: there is no lintian");
    var result =
        run(
            List.of(
                "lintian",
                "--allow-root",
                "--fail-on",
                "error,warning",
                Distribution.file("longline_*.deb").toString()));
    assertThat(result.text()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void itIsInstalledUpgradedWithItsLedgerAndPurgedWithoutItsOutputs() throws Exception {
    boolean isDebian =
        Files.exists(Path.of("/etc/debian_version"))
            && run(List.of("unshare", "-m", "true")).exitCode() == 0;
    assertThat(isDebian || !isCi()).as("Debian, and root").isTrue();
    assumeTrue(isDebian, "SKIPPED: this is no Debian, or the user is not root");
    var command = new ArrayList<String>();
    command.addAll(List.of("unshare", "-m", "bash", "-eu"));
    command.add(Checkout.root().resolve("acceptance-tests/debian-package").toString());
    command.add(Distribution.file("longline_*.deb").toString());
    command.add(Checkout.sampleLogs().toString());
    command.add(Files.createDirectories(folder.resolve("machine")).toString());
    var result = run(command);
    assertThat(result.text()).contains("all right\n");
    assertThat(result.exitCode()).as(result.text()).isZero();
  }
}
