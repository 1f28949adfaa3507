package io.longline.host.ledger.sql;

import io.longline.host.concurrent.HostLoops;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.LedgerLocation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.UnaryOperator;

/** A ledger on a PostgreSQL server, which several machines share. Thread-safe. */
final class PostgresDatabase extends Database {

  /** A number of ours, that no other program's lock has. */
  private static final long SCHEMA_LOCK = 0x4C4F4E474C494E45L;

  /** So that a host that is stopped or cut off within a transaction does not hold up the others. */
  private static final String SERVER_OPTIONS =
      "-c idle_in_transaction_session_timeout=15s -c lock_timeout=5s"
          + " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

  private final LedgerLocation location;
  private final LedgerClock clock;

  PostgresDatabase(
      LedgerLocation location, LedgerClock clock, UnaryOperator<Connection> preparation)
      throws LedgerException {
    super(() -> preparation.apply(open(location)));
    this.location = location;
    this.clock = clock;
    checkDriver();
  }

  /** A program that embeds the host may be without the driver. */
  private void checkDriver() throws LedgerException {
    try {
      Class.forName("org.postgresql.Driver");
    } catch (ClassNotFoundException e) {
      throw new LedgerException(
          "The ledger "
              + name()
              + " cannot be used: the driver of PostgreSQL is missing. Add org.postgresql:postgresql to the class path.",
          e);
    }
  }

  static Connection open(LedgerLocation location) throws SQLException {
    var url = String.valueOf(location.url());
    var properties = new Properties();
    properties.setProperty("ApplicationName", "longline");
    // A server that does not answer is one that is gone; the lease is 60 s.
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "20");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("options", SERVER_OPTIONS);
    if (!LedgerLocation.hasPassword(url)) {
      PasswordFile.of(location).addTo(properties);
    }
    return DriverManager.getConnection(url, properties);
  }

  @Override
  String name() {
    return location.toString();
  }

  @Override
  String hidden(String message) {
    return LedgerLocation.withoutPassword(
        message.replace(String.valueOf(location.url()), location.toString()));
  }

  @Override
  String identityType() {
    return "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
  }

  @Override
  String clustered() {
    return "";
  }

  @Override
  String skipLocked() {
    return " FOR UPDATE SKIP LOCKED";
  }

  @Override
  String forUpdate() {
    return " FOR UPDATE";
  }

  @Override
  long now(Session session) throws SQLException {
    var sql = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";
    return session.query(sql, row -> row.getLong(1)).get(0) + clock.shiftMillis().getAsLong();
  }

  @Override
  long nanoTime() {
    return clock.nanoTime().getAsLong();
  }

  @Override
  void begin(Session session) throws SQLException {
    session.execute("BEGIN");
  }

  @Override
  void lockSchema(Session session) throws SQLException {
    session.query("SELECT pg_advisory_xact_lock(?)", row -> row.getString(1) == null, SCHEMA_LOCK);
  }

  @Override
  void notifyOthers(Session session) throws SQLException {
    session.execute("NOTIFY " + PostgresListener.CHANNEL);
  }

  @Override
  AutoCloseable listen(Runnable onNews, HostLoops loops) {
    return new PostgresListener(() -> open(location), onNews, loops);
  }

  @Override
  boolean isUnreachable(SQLException failure) {
    var state = String.valueOf(failure.getSQLState());
    return state.startsWith("08") || state.startsWith("57P");
  }

  @Override
  String advice(SQLException failure) {
    var state = String.valueOf(failure.getSQLState());
    if (isUnreachable(failure)) {
      return "Is the server running and reachable?";
    }
    if (failure instanceof PasswordFile.RefusedException) {
      return "";
    }
    return state.startsWith("28") ? "Look at the user name and the password." : "";
  }
}
