package io.longline.host.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server for tests, durable as a real one: that of {@code LONGLINE_TEST_POSTGRES}, a
 * JDBC URL of somebody who may make databases, or one that is started.
 */
public final class PostgresServer implements AutoCloseable {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String url;
  private final EmbeddedPostgres started;

  private PostgresServer(String url, EmbeddedPostgres started) {
    this.url = url;
    this.started = started;
  }

  /** Finds or starts a server. */
  public static PostgresServer start() throws IOException {
    var given = System.getenv("LONGLINE_TEST_POSTGRES");
    if (given != null) {
      return new PostgresServer(given, null);
    }
    var server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .start();
    return new PostgresServer(server.getJdbcUrl("postgres", "postgres"), server);
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

  @Override
  public void close() throws IOException {
    if (started != null) {
      started.close();
    }
  }
}
