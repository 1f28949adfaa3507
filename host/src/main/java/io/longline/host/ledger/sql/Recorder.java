package io.longline.host.ledger.sql;

import io.longline.api.HookWarning;
import io.longline.host.event.HostEvent;
import io.longline.host.ledger.CallResult;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.Outcome;
import io.longline.host.ledger.RecordedCall;
import io.longline.host.ledger.Recording;
import io.longline.host.output.OutputCommit;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records how calls ended and what they wrote, in one transaction, and once: if the answer of a
 * transaction was lost, the number of commits of the output folder says whether it was committed.
 * Thread-safe.
 */
final class Recorder {

  private final Database database;
  private final OutcomeRecords outcomes;
  private final WarningRecords warnings;

  /** What was recorded by a transaction whose answer did not come; null if all came. */
  private @Nullable Recording unanswered;

  Recorder(Database database, OutcomeRecords outcomes, WarningRecords warnings) {
    this.database = database;
    this.outcomes = outcomes;
    this.warnings = warnings;
  }

  /** Records calls that wrote nothing. */
  List<RecordedCall> record(List<Outcome> ended, List<HookWarning> remarks) throws LedgerException {
    return database.transact(session -> record(session, ended, remarks));
  }

  /** Records damaged logs; see {@link HostLedger#recordDamaged}. */
  void recordDamaged(List<HostEvent.LogDamaged> logs) throws LedgerException {
    database.transact(
        session -> {
          long now = database.now(session);
          for (var log : logs) {
            warnings.recordDamaged(session, now, log);
          }
          return true;
        });
  }

  /** Records calls with what they wrote; see {@link HostLedger#record}. */
  synchronized Recording record(
      List<Outcome> ended,
      List<HookWarning> remarks,
      OutputCommit staged,
      Function<Set<Claim>, OutputCommit> withoutLost)
      throws LedgerException {
    var before = unanswered;
    if (before == null || !isSame(before.outputs(), staged) || !isRecorded(staged)) {
      before =
          database.transact(
              session -> {
                // First, so that the last transaction is not under way any more.
                SqlOutputRecords.count(session, staged);
                var recorded = record(session, ended, remarks);
                var lost = lost(ended, recorded);
                var outputs = lost.isEmpty() ? staged : withoutLost.apply(lost);
                SqlOutputRecords.insert(session, outputs);
                var recording = new Recording(recorded, outputs);
                unanswered = recording;
                return recording;
              });
    }
    unanswered = null;
    return before;
  }

  private static boolean isSame(OutputCommit one, OutputCommit other) {
    return one.number() == other.number() && one.folder().equals(other.folder());
  }

  private boolean isRecorded(OutputCommit commit) throws LedgerException {
    return database.transact(session -> SqlOutputRecords.isRecorded(session, commit));
  }

  private List<RecordedCall> record(Session session, List<Outcome> ended, List<HookWarning> remarks)
      throws SQLException {
    long now = database.now(session);
    var recorded = outcomes.record(session, ended, now);
    for (var remark : remarks) {
      warnings.insert(session, now, remark);
    }
    return recorded;
  }

  /** The claims that this host no longer owns. */
  private static Set<Claim> lost(List<Outcome> ended, List<RecordedCall> recorded) {
    var lost = new HashSet<Claim>();
    for (int i = 0; i < recorded.size(); i++) {
      if (recorded.get(i).result() == CallResult.LOST) {
        lost.add(ended.get(i).claim());
      }
    }
    return lost;
  }
}
