package io.longline.host.isolation.process;

import io.longline.host.concurrent.HostThread;
import io.longline.host.concurrent.Uninterruptibly;
import io.longline.host.isolation.wire.Connection;
import io.longline.host.isolation.wire.HostMessage;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main class of a process with the hooks of one plugin, which makes the calls that the host
 * asks for. It ends when the host closes the socket or dies.
 */
public final class ProcessMain {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessMain.class);

  private static final int EXIT_NOT_CONNECTED = 98;

  private ProcessMain() {}

  /**
   * Serves until the host closes the socket or dies.
   *
   * @param args the path of the socket
   */
  public static void main(String[] args) {
    MarkedOutput.install();
    ignoreSignals();
    // Hooks can interrupt the thread that runs main, which would close the socket that it reads.
    var serving = new HostThread(() -> serve(args[0]), "host-reader");
    serving.start();
    Uninterruptibly.wait(serving::join);
  }

  private static void serve(String socket) {
    int code = 0;
    try {
      var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel.connect(UnixDomainSocketAddress.of(Path.of(socket)));
      var connection = new Connection(channel, "host");
      if (connection.read() instanceof HostMessage.Hello hello) {
        var server = new CallServer(connection, hello);
        server.start();
        new SignsOfLife(server::send).start();
        connection.readAll(server::take);
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("The messages of the host cannot be read: {}", e.toString());
      code = EXIT_NOT_CONNECTED;
    } catch (Error e) {
      // Such as a lack of memory for a message.
      code = EXIT_NOT_CONNECTED;
      LOG.error("The messages of the host cannot be read any more.", e);
    } finally {
      // Threads that hooks have left running end too.
      Runtime.getRuntime().halt(code);
    }
  }

  /**
   * Ignores signals to the whole process group, such as Ctrl-C, which the host handles. By
   * reflection, since the compiler's warning about {@code sun.misc.Signal} cannot be suppressed.
   */
  private static void ignoreSignals() {
    try {
      var signalType = Class.forName("sun.misc.Signal");
      var handlerType = Class.forName("sun.misc.SignalHandler");
      var ignore = handlerType.getField("SIG_IGN").get(null);
      for (var name : List.of("INT", "TERM", "HUP")) {
        var signal = signalType.getConstructor(String.class).newInstance(name);
        signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, ignore);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.debug("Signals cannot be ignored here.", e);
    }
  }
}
