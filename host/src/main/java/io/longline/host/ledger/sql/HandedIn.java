package io.longline.host.ledger.sql;

import io.longline.host.ledger.BatchLedger.Acceptance;
import io.longline.host.ledger.BatchLedger.Kind;
import io.longline.host.ledger.BatchLedger.Mode;
import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.sql.BatchRows.Known;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/**
 * A directory that is handed in, compared with the batches that it has. Confined to one
 * transaction.
 */
final class HandedIn {

  private final List<Known> known;
  private final Set<FileStamp> logs;
  private final List<FileStamp> fresh = new ArrayList<>();
  private final List<FileStamp> changed = new ArrayList<>();

  /**
   * Compares.
   *
   * @param known the batches of the directory, the oldest first
   * @param logs the logs that are in it
   */
  HandedIn(List<Known> known, List<FileStamp> logs) {
    this.known = known;
    this.logs = Set.copyOf(logs);
    var before = new HashMap<String, FileStamp>();
    for (var batch : known) {
      for (var file : batch.files()) {
        // What was never processed, and has changed since, is new.
        if (!isUnavailable(batch) || logs.contains(file)) {
          before.put(file.name(), file);
        }
      }
    }
    for (var log : logs) {
      var earlier = before.get(log.name());
      if (earlier == null) {
        fresh.add(log);
      } else if (!earlier.equals(log)) {
        changed.add(log);
      }
    }
  }

  /** Makes a batch of the files that are new, and has those before processed as the mode says. */
  Acceptance accept(Session session, String directory, Mode mode, long now) throws SQLException {
    if (!changed.isEmpty()) {
      WarningRecords.insertChange(session, now, directory, changed);
    }
    int generation = known.isEmpty() ? 0 : known.get(known.size() - 1).generation();
    var kind = Kind.KNOWN;
    if (!fresh.isEmpty()) {
      generation++;
      kind = Kind.NEW;
      long batch = BatchRows.insert(session, directory, generation, fresh, now);
      OwedCalls.oweInstalled(session, batch, now);
    }
    int dead = 0;
    for (var batch : known) {
      var renewed =
          isUnavailable(batch) && isThereAgain(batch)
              ? retry(session, batch, now)
              : renew(session, batch, mode, now);
      kind = renewed.compareTo(kind) < 0 ? renewed : kind;
      dead += OwedCalls.dead(session, batch.id());
    }
    return new Acceptance(kind, generation, changed.stream().map(FileStamp::name).toList(), dead);
  }

  private static boolean isUnavailable(Known batch) {
    return batch.state() == BatchState.UNAVAILABLE;
  }

  private boolean isThereAgain(Known batch) {
    return batch.files().stream().anyMatch(logs::contains);
  }

  private static Kind retry(Session session, Known batch, long now) throws SQLException {
    OwedCalls.oweInstalled(session, batch.id(), now);
    BatchRows.makeReady(session, batch.id(), now);
    return Kind.OWED;
  }

  private static Kind renew(Session session, Known batch, Mode mode, long now) throws SQLException {
    int owed =
        switch (mode) {
          case NEW_FILES -> 0;
          case NEW_HOOKS -> OwedCalls.oweInstalled(session, batch.id(), now);
          case AGAIN -> OwedCalls.oweAgain(session, batch.id(), now);
        };
    if (owed > 0) {
      BatchRows.makeReady(session, batch.id(), now);
      return Kind.OWED;
    }
    return switch (batch.state()) {
      case DONE, UNAVAILABLE -> Kind.KNOWN;
      case READY, RUNNING, PARKED -> Kind.QUEUED;
    };
  }
}
