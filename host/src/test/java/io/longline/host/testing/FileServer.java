package io.longline.host.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A web server on this machine for the files of a folder, with other answers for some paths. */
public final class FileServer implements AutoCloseable {

  private final Path folder;
  private final HttpServer server;
  private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();

  private FileServer(Path folder, HttpServer server) {
    this.folder = folder;
    this.server = server;
  }

  /** Serves a folder. */
  public static FileServer of(Path folder) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var files = new FileServer(folder, HttpServer.create(address, 0));
    files.server.createContext("/", files::answer);
    files.server.start();
    return files;
  }

  /** The address of a path, which begins with a slash. */
  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** From now on a path has another answer. */
  public void answer(String path, HttpHandler handler) {
    answers.put(path, handler);
  }

  /** From now on a path has these bytes. */
  public void answer(String path, byte[] bytes) {
    answer(path, exchange -> send(exchange, 200, bytes));
  }

  /** From now on a path leads to another address. */
  public void redirect(String path, String address) {
    answer(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Location", address);
          send(exchange, 302, new byte[0]);
        });
  }

  /** From now on there is no such path. */
  public void remove(String path) {
    answer(path, exchange -> send(exchange, 404, new byte[0]));
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var other = answers.get(path);
    var file = folder.resolve(path.substring(1));
    if (other != null) {
      other.handle(exchange);
    } else if (Files.isRegularFile(file)) {
      send(exchange, 200, Files.readAllBytes(file));
    } else {
      send(exchange, 404, new byte[0]);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
