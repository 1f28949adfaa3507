package io.longline.host.ledger.sql;

import io.longline.host.ledger.LedgerException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The database that a ledger is kept in, through one connection. Thread-safe: transactions of
 * several threads follow one another.
 *
 * <p>A connection that fails is closed, and the next transaction opens another, so that a database
 * that went away is used again when it is back.
 */
abstract class Database implements AutoCloseable {

  /** How often a transaction is run again that another was in the way of. */
  private static final int MAX_CONFLICTS = 5;

  private final Connector connector;
  private @Nullable Session session;
  private boolean closed;

  /** Opens a connection. */
  @FunctionalInterface
  interface Connector {

    /** A new connection, ready for use. */
    Connection open() throws SQLException;
  }

  /** What is done in one transaction. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T run(Session session) throws SQLException;
  }

  Database(Connector connector) {
    this.connector = connector;
  }

  /** The name of this database, for people. */
  abstract String name();

  /** The column type of a number that the database gives out. */
  abstract String identityType();

  /**
   * Makes a copy of the whole, while a transaction keeps others from writing; nothing where the
   * server's own tools are to be used for that.
   *
   * @param suffix of the copy's name
   */
  void copy(String suffix) throws SQLException {
    // See the server's documentation.
  }

  /** Gives room that is not used back to the disk. */
  void compact() throws LedgerException {
    // Servers do that themselves.
  }

  /** What stands behind a table to have its rows kept in the order of its primary key. */
  abstract String clustered();

  /** What stands behind a SELECT to keep the rows from others, passing over those they have. */
  abstract String skipLocked();

  /** What stands behind a SELECT to keep the rows from others. */
  abstract String forUpdate();

  /** Milliseconds since 1970, by the clock that all hosts on this ledger share. */
  abstract long now(Session session) throws SQLException;

  /** As {@link System#nanoTime()}: measures time, whatever the clock does. */
  abstract long nanoTime();

  /** Begins a transaction that will write. */
  abstract void begin(Session session) throws SQLException;

  /** Keeps other processes from changing the schema until the end of the transaction. */
  abstract void lockSchema(Session session) throws SQLException;

  /** Notifies other processes of something new, when the transaction is committed. */
  void notifyOthers(Session session) throws SQLException {
    // Where that cannot be done, they look now and then.
  }

  /**
   * Calls this when another process notifies of something new, on a thread of its own, until it is
   * closed.
   */
  AutoCloseable listen(Runnable onNews) {
    return () -> {};
  }

  /** A driver's message without what nobody must see. */
  String hidden(String message) {
    return message;
  }

  /** Whether a failure means that the server cannot be reached at present. */
  boolean isUnreachable(SQLException failure) {
    return false;
  }

  /** What a person can do about a failure. */
  abstract String advice(SQLException failure);

  /**
   * Runs a transaction and commits it.
   *
   * @throws LedgerException if it failed; it is rolled back, unless the failure was in committing
   */
  final <T extends @Nullable Object> T transact(Work<T> work) throws LedgerException {
    return run(true, work);
  }

  /** Reads in one transaction, without keeping others from writing. */
  final <T extends @Nullable Object> T read(Work<T> work) throws LedgerException {
    return run(false, work);
  }

  /** Does something outside of any transaction, on a connection that has no statements. */
  final synchronized void outside(String sql) throws LedgerException {
    if (session != null && !isKept()) {
      closeQuietly(session);
      session = null;
    }
    try (var fresh = connector.open()) {
      Session.execute(fresh, sql);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private synchronized <T extends @Nullable Object> T run(boolean isWriting, Work<T> work)
      throws LedgerException {
    for (int conflicts = 0; ; conflicts++) {
      if (closed) {
        throw new LedgerException("The ledger is closed.");
      }
      boolean isCommitting = false;
      boolean committed = false;
      try {
        var current = session;
        if (current == null || current.isClosed()) {
          current = new Session(connector.open());
          session = current;
        }
        if (isWriting) {
          begin(current);
        } else {
          current.update("BEGIN");
        }
        T result = work.run(current);
        isCommitting = true;
        current.update("COMMIT");
        committed = true;
        return result;
      } catch (SQLException e) {
        if (isCommitting || conflicts == MAX_CONFLICTS || !isConflict(e)) {
          throw failure(e);
        }
      } finally {
        if (!committed) {
          abandon();
        }
      }
    }
  }

  /** Whether another transaction was in the way, so that this one may work now. */
  private static boolean isConflict(SQLException e) {
    var state = String.valueOf(e.getSQLState());
    return state.startsWith("40") || state.equals("23505");
  }

  private LedgerException failure(SQLException e) {
    var reason = hidden(String.valueOf(e.getMessage()).strip());
    return new LedgerException(
        "The ledger %s could not be used: %s%s %s"
            .formatted(name(), reason, reason.endsWith(".") ? "" : ".", advice(e))
            .strip(),
        e,
        isUnreachable(e));
  }

  /** Rolls back, and gives the connection up: the next one is clean, whatever went wrong. */
  private void abandon() {
    var current = session;
    if (current == null) {
      return;
    }
    current.reset();
    if (!isKept()) {
      session = null;
      closeQuietly(current);
    }
  }

  private static void closeQuietly(Session session) {
    try {
      session.close();
    } catch (SQLException e) {
      // Everything that was acknowledged is committed; there is nothing to save.
    }
  }

  /** Whether the connection is the database, so that closing it would lose everything. */
  boolean isKept() {
    return false;
  }

  @Override
  public final synchronized void close() {
    closed = true;
    var current = session;
    session = null;
    if (current != null) {
      closeQuietly(current);
    }
  }
}
