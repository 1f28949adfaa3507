package io.longline.host.ledger.sql;

import io.longline.host.concurrent.HostLoops;
import io.longline.host.concurrent.HostThread;
import io.longline.host.concurrent.Uninterruptibly;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for notifications of other hosts, on a connection and a thread of its own. Thread-safe. It
 * opens another connection when that breaks; what it misses meanwhile is found by looking.
 */
final class PostgresListener implements AutoCloseable {

  static final String CHANNEL = "longline";

  private static final Logger LOG = LoggerFactory.getLogger(PostgresListener.class);

  /** How long one pass may take, before this loop counts as stuck. */
  private static final Duration PASS_LIMIT = Duration.ofMinutes(5);

  private static final int WAIT_MILLIS = 5_000;
  private static final long PAUSE_MILLIS = 5_000;

  private final Database.Connector connector;
  private final Runnable onNews;
  private final CountDownLatch closed = new CountDownLatch(1);

  PostgresListener(Database.Connector connector, Runnable onNews, HostLoops loops) {
    this.connector = connector;
    this.onNews = onNews;
    loops.start("ledger-news", PASS_LIMIT, this::listenAll, () -> closed.getCount() == 0);
  }

  private void listenAll() {
    while (closed.getCount() > 0) {
      HostThread.pass();
      try (var connection = connector.open()) {
        listen(connection);
      } catch (SQLException | RuntimeException e) {
        LOG.debug(
            "No notifications from other hosts arrive; the ledger is looked at now and then.", e);
      }
      var unused = Uninterruptibly.pause(closed, PAUSE_MILLIS);
    }
  }

  private void listen(Connection connection) throws SQLException {
    Session.execute(connection, "LISTEN " + CHANNEL);
    var postgres = connection.unwrap(PGConnection.class);
    while (closed.getCount() > 0) {
      HostThread.pass();
      var news = postgres.getNotifications(WAIT_MILLIS);
      if (news != null && news.length > 0) {
        onNews.run();
      }
    }
  }

  /** Ends the listening; the thread ends within seconds. */
  @Override
  public void close() {
    closed.countDown();
  }
}
