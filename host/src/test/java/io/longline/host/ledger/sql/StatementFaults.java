package io.longline.host.ledger.sql;

import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.LedgerLocation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes one statement on a real connection fail: the n-th, before it is executed or after, when the
 * reply is lost. Thread-safe.
 */
public final class StatementFaults {

  private final AtomicInteger count = new AtomicInteger();
  private final int failing;
  private final boolean isAfter;

  /** The statement with this number, from 1, fails; 0 for none. */
  public StatementFaults(int failing, boolean isAfter) {
    this.failing = failing;
    this.isAfter = isAfter;
  }

  /** Whether it has failed. */
  public boolean hasFailed() {
    return count.get() >= failing;
  }

  /** A ledger whose statements fail. */
  public Ledger open(LedgerLocation location, LedgerClock clock) throws LedgerException {
    return SqlLedger.open(SqlLedger.database(location, clock, this::wrap), location);
  }

  private Connection wrap(Connection connection) {
    return proxy(Connection.class, connection);
  }

  @SuppressWarnings("unchecked")
  private <T> T proxy(Class<T> type, T target) {
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              boolean counts = method.getName().startsWith("execute");
              boolean fails = counts && count.incrementAndGet() == failing;
              if (fails && !isAfter) {
                throw failure();
              }
              Object result;
              try {
                result = method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (fails) {
                throw failure();
              }
              if (result instanceof PreparedStatement statement) {
                return proxy(PreparedStatement.class, statement);
              }
              return result instanceof Statement statement
                  ? proxy(Statement.class, statement)
                  : result;
            });
  }

  private SQLException failure() {
    return new SQLException(
        "Statement " + failing + " fails " + (isAfter ? "after" : "before") + " it was executed",
        "08006");
  }
}
