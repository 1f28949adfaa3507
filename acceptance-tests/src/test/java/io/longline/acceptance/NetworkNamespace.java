package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

/**
 * A network namespace of Linux, joined with this one by a virtual cable that can be unplugged: a
 * separate machine to the network. Needs root and iproute2. Confined to one thread.
 */
final class NetworkNamespace implements AutoCloseable {

  private final String name;
  private final String cable;
  private final String subnet;

  private NetworkNamespace(int number) {
    long process = ProcessHandle.current().pid();
    this.name = "longline-" + process + "-" + number;
    // The name of a device has 15 characters at most.
    this.cable = "ll" + process % 1_000_000 + "x" + number;
    this.subnet = "10.213." + (process % 100 * 2 + number) + ".";
  }

  /** Whether namespaces can be made here. */
  static boolean isPossible() throws InterruptedException {
    try {
      var probe = "longline-probe-" + ProcessHandle.current().pid();
      return run("ip", "netns", "add", probe) == 0 && run("ip", "netns", "delete", probe) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Makes one.
   *
   * @param number 0 or 1
   */
  static NetworkNamespace create(int number) throws Exception {
    var made = new NetworkNamespace(number);
    must("ip", "netns", "add", made.name);
    var inner = made.cable + "i";
    must("ip", "link", "add", made.cable, "type", "veth", "peer", "name", inner);
    must("ip", "link", "set", inner, "netns", made.name);
    must("ip", "address", "add", made.outside() + "/24", "dev", made.cable);
    must("ip", "link", "set", made.cable, "up");
    made.inside("ip", "address", "add", made.subnet + "2/24", "dev", inner);
    made.inside("ip", "link", "set", inner, "up");
    made.inside("ip", "link", "set", "lo", "up");
    return made;
  }

  /** The address of this machine as the namespace sees it. */
  String outside() {
    return subnet + "1";
  }

  /** The prefix of a command that is to run in it. */
  List<String> prefix() {
    return List.of("ip", "netns", "exec", name);
  }

  /** Unplugs the cable: nothing gets through, and neither side is notified. */
  void cut() throws Exception {
    must("ip", "link", "set", cable, "down");
  }

  void reconnect() throws Exception {
    must("ip", "link", "set", cable, "up");
  }

  private void inside(String... command) throws Exception {
    var whole = new java.util.ArrayList<>(prefix());
    whole.addAll(List.of(command));
    must(whole.toArray(String[]::new));
  }

  private static void must(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s: %s", String.join(" ", command), output).isZero();
  }

  private static int run(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  /** Removes it, and the cable with it. */
  @Override
  public void close() throws IOException {
    try {
      must("ip", "link", "delete", cable);
      must("ip", "netns", "delete", name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
