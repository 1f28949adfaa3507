package io.longline.host.ledger.sql;

import io.longline.api.HookWarning;
import io.longline.host.concurrent.HostLoops;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.HostLocks;
import io.longline.host.ledger.IntakeLedger;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.LedgerView;
import io.longline.host.ledger.PausePolicy;
import io.longline.host.ledger.PluginLedger;
import io.longline.host.ledger.PruneLedger;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.ledger.WindowLedger;
import io.longline.host.output.OutputRecords;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A ledger in a database. Thread-safe. */
public final class SqlLedger implements Ledger {

  /** The version of the tables that this program makes and needs. */
  public static final int TABLES_VERSION = Schema.VERSION;

  private final Database database;
  private final LedgerLocation location;
  private final DirectoryNames names;
  private final String id;
  private final HostLocks locks;

  private SqlLedger(Database database, LedgerLocation location, String id) {
    this.database = database;
    this.location = location;
    this.names = new DirectoryNames(location.roots());
    this.id = id;
    this.locks = HostLocks.of(location);
  }

  /**
   * Opens a ledger, making it if there is none.
   *
   * @throws LedgerException if that cannot be done; the message says what to do
   */
  public static Ledger open(LedgerLocation location, LedgerClock clock) throws LedgerException {
    return open(database(location, clock, connection -> connection), location);
  }

  /**
   * The database of a ledger in a file, or in memory, or on a server.
   *
   * @param preparation made with each connection that is opened
   */
  static Database database(
      LedgerLocation location, LedgerClock clock, UnaryOperator<Connection> preparation)
      throws LedgerException {
    return location.isPostgres()
        ? new PostgresDatabase(location, clock, preparation)
        : new SqliteDatabase(location, clock, preparation);
  }

  static Ledger open(Database database, LedgerLocation location) throws LedgerException {
    try {
      Schema.bringUp(database, HostLocks.of(location));
      var ids =
          database.transact(
              session ->
                  session.query(
                      "SELECT value FROM setting WHERE name = 'ledger_id'",
                      row -> row.getString(1)));
      return new SqlLedger(database, location, ids.get(0));
    } catch (LedgerException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public LedgerLocation location() {
    return location;
  }

  @Override
  public BatchLedger batches() {
    return new SqlBatchLedger(database, names);
  }

  @Override
  public IntakeLedger intake() {
    return new SqlIntakeLedger(database, names);
  }

  @Override
  public PluginLedger plugins() {
    return new SqlPluginLedger(database);
  }

  @Override
  public PruneLedger pruning() {
    return new SqlPruneLedger(database, names);
  }

  @Override
  public WindowLedger windows() {
    return new SqlWindowLedger(database);
  }

  @Override
  public LedgerView view() {
    return new SqlLedgerView(database, names, locks);
  }

  @Override
  public OutputRecords outputs(String folder) {
    return new SqlOutputRecords(database, folder);
  }

  @Override
  public HostLedger host(
      HostIdentity host,
      Duration lease,
      RetryPolicy retries,
      PausePolicy pausing,
      Function<HookWarning, String> warningJson) {
    return new SqlHostLedger(
        database,
        names,
        locks,
        new HostRow(host, lease, names),
        new HookPauses(pausing),
        new Retries(retries, new SplittableRandom()),
        new WarningRecords(names, warningJson));
  }

  @Override
  public void hold(HostIdentity host) throws LedgerException {
    try {
      locks.hold(host.id());
    } catch (IOException e) {
      throw new LedgerException(
          "The lock by which other hosts see that this one is there cannot be made: "
              + e
              + ". Look at the disk and at who may write to the state folder.",
          e);
    }
  }

  @Override
  public AutoCloseable listen(Runnable onNews, HostLoops loops) {
    return database.listen(onNews, loops);
  }

  @Override
  public List<String> hooks() throws LedgerException {
    return database.transact(
        session -> session.query("SELECT id FROM hook ORDER BY id", row -> row.getString(1)));
  }

  @Override
  public void close() {
    database.close();
    locks.close();
  }
}
