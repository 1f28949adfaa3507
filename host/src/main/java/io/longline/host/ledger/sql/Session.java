package io.longline.host.ledger.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the database of a ledger, with the statements that were prepared on it. Confined
 * to one thread at a time, as {@link Database} sees to.
 */
final class Session implements AutoCloseable {

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Session(Connection connection) {
    this.connection = connection;
  }

  /** Makes something of a row. */
  @FunctionalInterface
  interface RowMapper<T extends @Nullable Object> {
    T map(ResultSet row) throws SQLException;
  }

  /** Does something with a row. */
  @FunctionalInterface
  interface RowConsumer {
    void accept(ResultSet row) throws SQLException;
  }

  void execute(String sql) throws SQLException {
    execute(connection, sql);
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Runs a statement with these values; returns how many rows it changed. */
  int update(String sql, @Nullable Object... values) throws SQLException {
    return bound(sql, values).executeUpdate();
  }

  /** Runs a statement once for each list of values. */
  void updateAll(String sql, List<List<Object>> rows) throws SQLException {
    var statement = prepared(sql);
    for (var row : rows) {
      bind(statement, row.toArray());
      statement.addBatch();
    }
    statement.executeBatch();
  }

  /** What a query gives. */
  <T extends @Nullable Object> List<T> query(
      String sql, RowMapper<T> mapper, @Nullable Object... values) throws SQLException {
    var found = new ArrayList<T>();
    try (var rows = bound(sql, values).executeQuery()) {
      while (rows.next()) {
        found.add(mapper.map(rows));
      }
    }
    return found;
  }

  /** Does something with each row that a query gives. */
  void forEach(String sql, RowConsumer consumer, @Nullable Object... values) throws SQLException {
    try (var rows = bound(sql, values).executeQuery()) {
      while (rows.next()) {
        consumer.accept(rows);
      }
    }
  }

  private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
    var statement = prepared(sql);
    bind(statement, values);
    return statement;
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    var statement = prepared.get(sql);
    if (statement == null || statement.isClosed()) {
      statement = connection.prepareStatement(StateNames.in(sql));
      prepared.put(sql, statement);
    }
    return statement;
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  /**
   * Ends the transaction and all statements, whatever state a failure has left them in: SQLite
   * commits nothing while a statement with RETURNING is under way. What fails here is ignored,
   * since the transaction or the connection is gone already.
   */
  void reset() {
    for (var statement : prepared.values()) {
      try {
        statement.close();
      } catch (SQLException e) {
        // It is not used again.
      }
    }
    prepared.clear();
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      // There is no transaction any more.
    }
  }

  boolean isClosed() throws SQLException {
    return connection.isClosed();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
