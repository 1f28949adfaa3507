package io.longline.host.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longline.host.ledger.HostLocks.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLocksTest {

  private static final List<String> OWN_PROCESSES =
      List.of("unshare", "--user", "--map-root-user", "--pid", "--fork", "--mount-proc");

  @TempDir Path state;

  /** Another process, which holds the lock of a host until its standard input ends. */
  static final class Holder {
    public static void main(String[] args) throws Exception {
      HostLocks.of(LedgerLocation.in(Path.of(args[0]))).hold(args[1]);
      System.out.println("held");
      while (System.in.read() >= 0) {}
    }
  }

  private HostLocks locks() {
    return HostLocks.of(LedgerLocation.in(state));
  }

  private Process holder(String host, List<String> before) throws IOException {
    var command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            state.toString(),
            host));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    assertThat(process.inputReader().readLine()).isEqualTo("held");
    return process;
  }

  @Test
  void aHostOfThisProcessIsThereUntilItsLocksAreClosed() throws Exception {
    try (var mine = locks()) {
      mine.hold("one");
      for (int i = 0; i < 3; i++) {
        assertThat(mine.of("one")).isEqualTo(Presence.THERE);
        assertThat(locks().of("one")).isEqualTo(Presence.THERE);
      }
    }
    assertThat(locks().of("one")).isEqualTo(Presence.UNKNOWN);
    assertThat(state.resolve("hosts")).isEmptyDirectory();
  }

  @Test
  void aHostOfAnotherProcessIsThereUntilThatIsKilled() throws Exception {
    killed(holder("two", List.of()));
  }

  @Test
  void aHostWithProcessIdsOfItsOwnIsThereUntilItIsKilled() throws Exception {
    assumeTrue(canUnshare(), "Processes cannot be given ids of their own here.");
    killed(holder("two", OWN_PROCESSES));
  }

  private void killed(Process holder) throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(locks().of("two")).isEqualTo(Presence.THERE);
    }
    locks().forget("two");
    assertThat(locks().of("two"))
        .as("a host that is there is not forgotten")
        .isEqualTo(Presence.THERE);
    holder.descendants().forEach(ProcessHandle::destroyForcibly);
    holder.destroyForcibly();
    assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(becomes(Presence.GONE)).isTrue();
    locks().forget("two");
    assertThat(locks().of("two")).isEqualTo(Presence.UNKNOWN);
  }

  /** The last process of a namespace may end a moment after its first. */
  private boolean becomes(Presence wanted) throws InterruptedException {
    for (int i = 0; i < 1_000 && locks().of("two") != wanted; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return locks().of("two") == wanted;
  }

  @Test
  void ofAHostWithoutALockNothingIsKnown() {
    assertThat(locks().of("none")).isEqualTo(Presence.UNKNOWN);
    var onServer = HostLocks.of(LedgerLocation.at("jdbc:postgresql://host/database"));
    assertThat(onServer.of("none")).isEqualTo(Presence.UNKNOWN);
  }

  @Test
  void aLockIsNotLeftBesideItsName() throws Exception {
    try (var mine = locks()) {
      mine.hold("three");
      try (var files = Files.list(state.resolve("hosts"))) {
        assertThat(files.map(file -> file.getFileName().toString())).containsExactly("three.lock");
      }
    }
  }

  private static boolean canUnshare() {
    try {
      var command = new ArrayList<>(OWN_PROCESSES);
      command.add("true");
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
