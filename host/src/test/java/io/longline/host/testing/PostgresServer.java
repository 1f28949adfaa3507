package io.longline.host.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A PostgreSQL server for tests, durable as a real one: that of {@code LONGLINE_TEST_POSTGRES}, a
 * JDBC URL of a user who may create databases, or one that is started.
 */
public final class PostgresServer implements AutoCloseable {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String url;
  private final EmbeddedPostgres started;

  private PostgresServer(String url, EmbeddedPostgres started) {
    this.url = url;
    this.started = started;
  }

  private PostgresServer(EmbeddedPostgres started) {
    this(started.getJdbcUrl("postgres", "postgres"), started);
  }

  /** Finds or starts a server. */
  public static PostgresServer start() throws IOException {
    var given = System.getenv("LONGLINE_TEST_POSTGRES");
    if (given != null) {
      return new PostgresServer(given, null);
    }
    return new PostgresServer(start("localhost"));
  }

  /** Starts a server that can be reached from the networks of some of this machine's addresses. */
  public static PostgresServer start(List<String> addresses) throws IOException, SQLException {
    var server = new PostgresServer(start("localhost," + String.join(",", addresses)));
    try (Connection connection = DriverManager.getConnection(server.url);
        var statement = connection.createStatement()) {
      String hba;
      try (var rows = statement.executeQuery("SHOW hba_file")) {
        rows.next();
        hba = rows.getString(1);
      }
      for (var address : addresses) {
        Files.writeString(
            Path.of(hba), "host all all " + address + "/24 trust\n", StandardOpenOption.APPEND);
      }
      statement.execute("SELECT pg_reload_conf()");
    }
    return server;
  }

  private static EmbeddedPostgres start(String addresses) throws IOException {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("listen_addresses", addresses)
        .start();
  }

  /** The port that it listens on, on loopback. */
  public int port() {
    return started.getPort();
  }

  /** An empty database; its URL. */
  public String newDatabase() throws SQLException {
    var name = "longline_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + name);
      statement.execute("CREATE DATABASE " + name);
    }
    return url.replaceFirst("(//[^/]*/)[^?]*", "$1" + name);
  }

  /** Room for a ledger in a database that others share; its URL. */
  public String newSchema() throws SQLException {
    var name = "longline_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + name);
    }
    return url + (url.contains("?") ? "&" : "?") + "currentSchema=" + name;
  }

  /**
   * Has the server crash and come back: it ends all connections and recovers when one of its
   * processes is killed. Returns when it is back.
   */
  public void crash() {
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT pg_backend_pid()")) {
      rows.next();
      ProcessHandle.of(rows.getLong(1)).orElseThrow().destroyForcibly();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    awaitRecovery();
  }

  private void awaitRecovery() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end) {
      try (Connection connection = DriverManager.getConnection(url)) {
        if (connection.isValid(1)) {
          return;
        }
      } catch (SQLException e) {
        // It recovers, or has not noticed yet.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
    throw new IllegalStateException("The server does not come back.");
  }

  @Override
  public void close() throws IOException {
    if (started != null) {
      started.close();
    }
  }
}
