package io.longline.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A network that can be cut: hands bytes on to a port of this machine. Thread-safe. */
final class TcpProxy implements AutoCloseable {

  private final ServerSocket server;
  private final int target;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile boolean isCut;
  private volatile boolean isSilent;

  private TcpProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  static TcpProxy to(int target) throws IOException {
    var proxy = new TcpProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
    daemon(proxy::acceptAll);
    return proxy;
  }

  int port() {
    return server.getLocalPort();
  }

  /** From now on nothing gets through; what is on its way is gone. */
  void cut() {
    isCut = true;
    open.forEach(TcpProxy::closeQuietly);
    open.clear();
  }

  /** Drops everything without notifying either side, as when a cable is unplugged. */
  void silence() {
    isSilent = true;
  }

  synchronized void restore() {
    isCut = false;
    isSilent = false;
    notifyAll();
  }

  private synchronized void awaitVoice() throws IOException {
    try {
      while (isSilent) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void acceptAll() {
    try {
      for (; ; ) {
        var client = server.accept();
        if (isCut) {
          client.close();
          continue;
        }
        awaitVoice();
        var backend = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(backend);
        daemon(() -> copy(client, backend));
        daemon(() -> copy(backend, client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void copy(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      var bytes = new byte[64 * 1024];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        awaitVoice();
        out.write(bytes, 0, count);
      }
    } catch (IOException e) {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // The socket is no longer needed.
    }
  }

  private static void daemon(Runnable task) {
    var thread = new Thread(task, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
