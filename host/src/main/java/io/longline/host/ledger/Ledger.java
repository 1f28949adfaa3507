package io.longline.host.ledger;

import io.longline.api.HookWarning;
import io.longline.host.output.OutputRecords;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The durable record of batches and outcomes, which is the queue too: what is not finished in it is
 * what is left to do. Thread-safe. Several processes may use one at the same time.
 */
public final class Ledger implements AutoCloseable {

  private final Database database;
  private final LedgerLocation location;
  private final String id;

  private Ledger(Database database, LedgerLocation location, String id) {
    this.database = database;
    this.location = location;
    this.id = id;
  }

  /**
   * Opens a ledger, making it if there is none.
   *
   * @throws LedgerException if that cannot be done; the message says what to do
   */
  public static Ledger open(LedgerLocation location, LedgerClock clock) throws LedgerException {
    return open(Database.of(location, clock), location);
  }

  static Ledger open(Database database, LedgerLocation location) throws LedgerException {
    try {
      Schema.bringUp(database);
      var ids =
          database.transact(
              session ->
                  session.query(
                      "SELECT value FROM setting WHERE name = 'ledger_id'",
                      row -> row.getString(1)));
      return new Ledger(database, location, ids.get(0));
    } catch (LedgerException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** The ledger's own id, by which an output folder knows it. */
  public String id() {
    return id;
  }

  /** Where it is. */
  public LedgerLocation location() {
    return location;
  }

  /** Takes batches in. */
  public BatchLedger batches() {
    return new BatchLedger(database, location.roots());
  }

  /** What is known of files that are in no batch yet. */
  public IntakeLedger intake() {
    return new IntakeLedger(database, location.roots());
  }

  /** Which plugins are known, and called. */
  public PluginLedger plugins() {
    return new PluginLedger(database);
  }

  /** Removes what ended long ago. */
  public PruneLedger pruning() {
    return new PruneLedger(database, location.roots());
  }

  /** Shows what is in it. */
  public LedgerView view() {
    return new LedgerView(database, location.roots());
  }

  /**
   * The records of an output folder.
   *
   * @param folder its id
   */
  public OutputRecords outputs(String folder) {
    return new FolderRecords(database, folder);
  }

  /** The ledger for one start of a host that pauses hooks as is the default. */
  public HostLedger host(
      HostIdentity host,
      Duration lease,
      RetryPolicy retries,
      Function<HookWarning, String> warningJson) {
    return host(host, lease, retries, PausePolicy.DEFAULT, warningJson);
  }

  /**
   * The ledger for one start of a host.
   *
   * @param lease for how long a batch is the host's without its renewing
   * @param pausing when hooks are paused
   * @param warningJson makes the text of a warning that is kept
   */
  public HostLedger host(
      HostIdentity host,
      Duration lease,
      RetryPolicy retries,
      PausePolicy pausing,
      Function<HookWarning, String> warningJson) {
    return new HostLedger(
        database,
        location.roots(),
        host,
        lease,
        retries,
        pausing,
        new SplittableRandom(),
        warningJson);
  }

  /**
   * Calls this when another process has put something into the ledger, as far as the database can
   * tell; on a thread of its own, until it is closed.
   */
  public AutoCloseable listen(Runnable onNews) {
    return database.listen(onNews);
  }

  /** The ids of hooks that are installed. */
  public List<String> hooks() throws LedgerException {
    return database.transact(
        session -> session.query("SELECT id FROM hook ORDER BY id", row -> row.getString(1)));
  }

  @Override
  public void close() {
    database.close();
  }
}
