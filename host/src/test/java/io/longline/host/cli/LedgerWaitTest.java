package io.longline.host.cli;

import static io.longline.host.testing.PluginJars.goodHook;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.PluginJars;
import io.longline.host.testing.PostgresServer;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host that starts while its PostgreSQL server cannot be reached. Needs a server, which is
 * downloaded and started.
 */
@Tag("slow")
class LedgerWaitTest {

  private static PostgresServer server;

  @TempDir Path folder;
  private CliHarness cli;
  private int port;

  @BeforeAll
  static void startServer() throws Exception {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @BeforeEach
  void prepare() throws IOException {
    var plugins = Files.createDirectories(folder.resolve("plugins-dir"));
    new PluginJars(plugins)
        .jar("good.jar")
        .plugin("good", "1.0.0")
        .source(goodHook("Good"))
        .index("test.plugin.Good")
        .build();
    SampleLogs.directory(folder.resolve("logs"), "a");
    cli = new CliHarness(folder);
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  /** A run whose ledger is behind the port, at which nothing listens yet. */
  private CompletableFuture<Integer> run(String wait) throws Exception {
    var url = server.newDatabase().replaceFirst("//[^/]*/", "//127.0.0.1:" + port + "/");
    return CompletableFuture.supplyAsync(
        () ->
            cli.run(
                "run",
                "--ledger",
                url,
                "--ledger-wait",
                wait,
                "--output",
                folder.resolve("out").toString(),
                folder.resolve("logs").toString()));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 3_000 && !condition.getAsBoolean(); i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void waitsForTheServerAndThenWorks() throws Exception {
    var code = run("60s");
    await(() -> cli.err().contains("Waiting for it, for up to 60 s."));
    try (var gate = new Gate(port, server.port())) {
      assertThat(gate).isNotNull();
      assertThat(code.get(60, TimeUnit.SECONDS)).as(cli.err()).isZero();
    }
    assertThat(cli.out()).contains("directories  1 processed");
    assertThat(cli.err()).containsOnlyOnce("Waiting for it").containsOnlyOnce("can be reached.");
  }

  @Test
  void waitsAgainForAServerThatGoesAwayWhileTheHostStarts() throws Exception {
    var code = run("60s");
    await(() -> cli.err().contains("Waiting for it"));
    try (var gate = new Gate(port, server.port(), 1)) {
      await(() -> cli.err().contains("can be reached."));
      await(() -> cli.err().split("Waiting for it, for up to 60 s", -1).length == 3);
      assertThat(gate).isNotNull();
    }
    try (var gate = new Gate(port, server.port())) {
      assertThat(gate).isNotNull();
      assertThat(code.get(60, TimeUnit.SECONDS)).as(cli.err()).isZero();
    }
    assertThat(cli.out()).contains("directories  1 processed");
  }

  @Test
  void endsWithExitCode3WhenTheWaitIsOver() throws Exception {
    assertThat(run("1s").get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.REFUSED);
    assertThat(cli.err())
        .containsOnlyOnce("Waiting for it, for up to 1 s.")
        .contains("Is the server running and reachable?");
  }

  @Test
  void doesNotWaitIfThatIsSet() throws Exception {
    assertThat(run("0s").get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.REFUSED);
    assertThat(cli.err()).doesNotContain("Waiting");
  }

  @Test
  void aSignalEndsTheWait() throws Exception {
    var code = run("1h");
    await(() -> cli.err().contains("Waiting for it"));
    cli.raise(SignalSource.Name.TERM);
    assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.SIGNAL + 15);
  }

  /** Lets connections through to another port, from its opening to its closing. */
  private static final class Gate implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket();
    private final int to;
    private final int connections;

    Gate(int port, int to) throws IOException {
      this(port, to, Integer.MAX_VALUE);
    }

    /**
     * A gate that is closed by itself after so many connections.
     *
     * @param port where it listens
     * @param to where it leads
     */
    Gate(int port, int to, int connections) throws IOException {
      this.to = to;
      this.connections = connections;
      listening.setReuseAddress(true);
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      start(this::accept);
    }

    private static void start(Runnable task) {
      var thread = new Thread(task, "gate");
      thread.setDaemon(true);
      thread.start();
    }

    private void accept() {
      try (listening) {
        for (int i = 0; i < connections; i++) {
          var near = listening.accept();
          var far = new Socket(InetAddress.getLoopbackAddress(), to);
          pump(near.getInputStream(), far.getOutputStream());
          pump(far.getInputStream(), near.getOutputStream());
        }
      } catch (IOException e) {
        // It was closed.
      }
    }

    private static void pump(InputStream from, OutputStream into) {
      start(
          () -> {
            try (from;
                into) {
              var piece = new byte[8_192];
              for (int count = from.read(piece); count >= 0; count = from.read(piece)) {
                into.write(piece, 0, count);
                into.flush();
              }
            } catch (IOException e) {
              // The other end was closed.
            }
          });
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }
  }
}
