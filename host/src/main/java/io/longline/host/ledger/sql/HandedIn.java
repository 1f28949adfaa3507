package io.longline.host.ledger.sql;

import io.longline.host.ledger.BatchLedger.Acceptance;
import io.longline.host.ledger.BatchLedger.Kind;
import io.longline.host.ledger.BatchLedger.Mode;
import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.FoundLog;
import io.longline.host.ledger.FoundLog.Likeness;
import io.longline.host.ledger.LogContent;
import io.longline.host.ledger.RecordedLog;
import io.longline.host.ledger.sql.BatchRows.Known;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory that is handed in, compared with the batches that it has. Confined to one
 * transaction.
 */
final class HandedIn {

  private final List<Known> known;
  private final Set<FileStamp> logs;
  private final Map<String, Known> byName = new HashMap<>();
  private final List<RecordedLog> fresh = new ArrayList<>();
  private final List<FileStamp> changed = new ArrayList<>();
  private final List<FoundLog> recognized = new ArrayList<>();

  /** Other names of logs, by the batch that has them; 0 for the one that is made. */
  private final Map<Long, List<RecordedLog>> aliases = new HashMap<>();

  /**
   * Compares.
   *
   * @param known the batches of the directory, the oldest first
   * @param logs the logs that are in it
   */
  HandedIn(List<Known> known, List<FoundLog> logs) {
    this.known = known;
    this.logs = logs.stream().map(log -> log.log().file()).collect(Collectors.toSet());
    var recorded = new HashSet<FileStamp>();
    for (var batch : known) {
      all(batch)
          // What was never processed, and has changed since, is new.
          .filter(log -> !isUnavailable(batch) || this.logs.contains(log.file()))
          .forEach(
              log -> {
                recorded.add(log.file());
                byName.put(log.name(), batch);
              });
    }
    logs.stream().filter(log -> !recorded.contains(log.log().file())).forEach(this::sort);
  }

  private static Stream<RecordedLog> all(Known batch) {
    return Stream.concat(batch.files().stream(), batch.aliases().stream());
  }

  private void sort(FoundLog log) {
    var lost = unavailableWith(log);
    if (lost != null) {
      aliases.computeIfAbsent(lost, id -> new ArrayList<>()).add(log.log());
      return;
    }
    var batch = log.likeness() == Likeness.SAME ? batchWith(log) : null;
    if (batch != null) {
      aliases.computeIfAbsent(batch, id -> new ArrayList<>()).add(log.log());
      recognized.add(log);
    } else if (byName.containsKey(log.name()) && !isOther(log)) {
      changed.add(log.log().file());
    } else {
      fresh.add(log.log());
      if (log.likeness() != Likeness.NEW || byName.containsKey(log.name())) {
        recognized.add(log);
      }
    }
  }

  /** The id of an unavailable batch whose log is there again, with another time; else null. */
  private @Nullable Long unavailableWith(FoundLog log) {
    var content = log.log().content();
    if (content.extent().compareTo(LogContent.Extent.LAST_MEMBER) < 0) {
      return null;
    }
    for (var batch : known) {
      if (isUnavailable(batch)
          && all(batch)
              .anyMatch(each -> each.name().equals(log.name()) && each.content().equals(content))) {
        return batch.id();
      }
    }
    return null;
  }

  /** The id of the batch that has the same log, 0 for the one that is made; null if none has. */
  private @Nullable Long batchWith(FoundLog log) {
    for (var batch : known) {
      if (!isUnavailable(batch) && all(batch).anyMatch(each -> isOf(each, log))) {
        return batch.id();
      }
    }
    return fresh.stream().anyMatch(each -> isOf(each, log)) ? 0L : null;
  }

  private static boolean isOf(RecordedLog each, FoundLog log) {
    return each.name().equals(log.other()) && each.content().equals(log.log().content());
  }

  /** Whether a name that was known has another log now. */
  private static boolean isOther(FoundLog log) {
    return log.log().content().extent() != LogContent.Extent.NOTHING
        && !log.other().equals(log.name());
  }

  /** Makes a batch of the files that are new, and has those before processed as the mode says. */
  Acceptance accept(Session session, String directory, Mode mode, long now) throws SQLException {
    if (!changed.isEmpty()) {
      WarningRecords.insertChange(session, now, directory, changed);
    }
    for (var log : recognized) {
      if (log.isDoubtful()) {
        WarningRecords.insertDoubt(session, now, directory, log);
      }
    }
    int generation = known.isEmpty() ? 0 : known.get(known.size() - 1).generation();
    var kind = Kind.KNOWN;
    if (!fresh.isEmpty()) {
      generation++;
      kind = Kind.NEW;
      long batch = BatchRows.insert(session, directory, generation, fresh, now);
      OwedCalls.oweInstalled(session, batch, now);
      addAliases(session, batch, aliases.getOrDefault(0L, List.of()));
    }
    for (var batch : known) {
      addAliases(session, batch.id(), aliases.getOrDefault(batch.id(), List.of()));
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
    return new Acceptance(
        kind, generation, changed.stream().map(FileStamp::name).toList(), dead, recognized);
  }

  private static void addAliases(Session session, long batch, List<RecordedLog> more)
      throws SQLException {
    if (!more.isEmpty()) {
      BatchRows.addAliases(session, batch, more);
    }
  }

  private static boolean isUnavailable(Known batch) {
    return batch.state() == BatchState.UNAVAILABLE;
  }

  private boolean isThereAgain(Known batch) {
    return aliases.containsKey(batch.id())
        || all(batch).map(RecordedLog::file).anyMatch(logs::contains);
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
      case OPEN, READY, RUNNING, PARKED -> Kind.QUEUED;
    };
  }
}
