package io.longline.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longline.host.testing.SampleLogs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchTest extends WatchContract {

  @Override
  Map<String, String> ledger() {
    return Map.of("XDG_STATE_HOME", folder.resolve("state").toString());
  }

  @Test
  void commandsWithoutALedgerSayWhereItCouldBe() throws Exception {
    try (var status = Program.start(ledger(), "status")) {
      assertThat(status.rest()).isEmpty();
      assertThat(status.exitCode()).isEqualTo(2);
      assertThat(status.err()).contains("there is no ledger in").contains("--state");
    }
    assertThat(folder.resolve("state")).doesNotExist();
  }

  /** Nobody may read everything but root, who therefore cannot try this as itself. */
  @Test
  void anUnreadableFolderIsReportedAndTakenOnceReadable() throws Exception {
    boolean isRoot = System.getProperty("user.name").equals("root");
    assumeTrue(!isRoot || Files.exists(Path.of("/usr/bin/setpriv")), "root needs setpriv for this");
    var prefix = isRoot ? List.of("setpriv", "--reuid=65534", "--clear-groups") : List.<String>of();
    assumeTrue(
        !isRoot || canBeReadBy(prefix, Checkout.root().resolve("host/target/longline.jar")),
        "another user than root cannot read this checkout");
    var root = SampleLogs.directory(folder, "root/a").getParent();
    // The same content under another name would be the same log.
    var secret = Files.copy(root.resolve("a/conn.log"), root.resolve("a/dns.log"));
    Files.writeString(secret, "1714420801.1\tC2\t10.0.0.2\n", StandardOpenOption.APPEND);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    var command =
        new ArrayList<>(List.of("watch", "--plugins", folder.resolve("plugins").toString()));
    command.addAll(List.of("--output", folder.resolve("out").toString()));
    command.addAll(List.of("--interval", "200ms", "--ready", "quiet:200ms", root.toString()));
    try (var host = Program.start(prefix, ledger(), command.toArray(String[]::new))) {
      host.awaitErr("dns.log: It cannot be read");
      awaitSeen("a");
      long end = System.nanoTime() + 60_000_000_000L;
      while (!run(0, "status", root.resolve("a").toString())
          .toString()
          .contains("dns.log cannot be read")) {
        assertThat(System.nanoTime()).as(host.err()).isLessThan(end);
      }
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
      while (Files.readAllLines(folder.resolve("out/seen.log")).size() < 2) {
        assertThat(System.nanoTime()).as(host.err()).isLessThan(end);
        TimeUnit.MILLISECONDS.sleep(20);
      }
      host.signal("TERM");
      host.rest();
      assertThat(host.exitCode()).isEqualTo(143);
    }
  }

  private static boolean canBeReadBy(List<String> prefix, Path file) throws Exception {
    var command = new ArrayList<>(prefix);
    command.addAll(List.of("test", "-r", file.toString()));
    return new ProcessBuilder(command).start().waitFor() == 0;
  }
}
