package io.longline.host.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Optional;

/**
 * A service manager of which there is only the socket, in Python, since Java has no such sockets.
 * Confined to one thread.
 */
final class NoticeListener implements AutoCloseable {

  private static final String PROGRAM =
      """
      import socket, sys
      name = sys.argv[1]
      socket_ = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      socket_.bind('\\0' + name[1:] if name[0] == '@' else name)
      print('bound', flush=True)
      while True:
          # Descriptors that come with it, such as that of BARRIER=1, are closed by the system.
          print(socket_.recv(65536).decode().strip().replace('\\n', ' '), flush=True)
      """;

  private final Process process;
  private final BufferedReader printed;

  private NoticeListener(Process process) {
    this.process = process;
    this.printed = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** Listens at an address as in {@code NOTIFY_SOCKET}. */
  static NoticeListener at(String address) throws IOException {
    var process =
        new ProcessBuilder("python3", "-c", PROGRAM, address)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var listener = new NoticeListener(process);
    if (!"bound".equals(listener.printed.readLine())) {
      listener.close();
      throw new IOException("python3 cannot listen at " + address);
    }
    return listener;
  }

  /** The next notice, which may still have to come; its assignments are parted by blanks. */
  String next() throws IOException {
    for (; ; ) {
      var line =
          Optional.ofNullable(printed.readLine())
              .orElseThrow(() -> new IOException("python3 has ended"));
      if (!line.equals("BARRIER=1")) {
        return line;
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
