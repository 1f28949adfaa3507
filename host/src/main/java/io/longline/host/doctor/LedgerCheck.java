package io.longline.host.doctor;

import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.sql.LedgerExamination;
import io.longline.host.ledger.sql.SqlLedger;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the ledger can be read, is whole and fits this program, and which hosts are on it.
 * Immutable.
 *
 * @param location where the ledger is
 * @param clock the clock of this machine
 * @param limit how long the check of the database may take
 */
record LedgerCheck(LedgerLocation location, Clock clock, Duration limit) implements Check {

  private static final long MOST_SKEW_MILLIS = 5_000;

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public List<Diagnosis> make() {
    if (location.isInMemory()) {
      return List.of();
    }
    var folder = location.folder();
    if (folder != null && Files.notExists(folder.resolve("ledger.db"))) {
      return List.of(
          Diagnosis.ok(name(), "there is none in " + folder + "; a host makes it at its start"));
    }
    try {
      return found(LedgerExamination.of(location, clock, limit));
    } catch (LedgerException e) {
      return List.of(
          Diagnosis.fault(
              name(),
              SettingsCheck.withoutStop(String.valueOf(e.getMessage())),
              location.isPostgres()
                  ? "Is the server running and reachable, and are user and password right?"
                  : "Run this as the user of the host, and look at the disk and the modes of the state folder."));
    }
  }

  private List<Diagnosis> found(LedgerExamination ledger) {
    var found = new ArrayList<Diagnosis>();
    if (ledger.integrity() == LedgerExamination.Integrity.DAMAGED) {
      return List.of(
          Diagnosis.fault(
              name(),
              location + " is damaged: " + ledger.damage(),
              "Stop its hosts and put a copy of it in its place, or have sqlite3 recover it (.recover)."));
    }
    found.add(tables(ledger));
    if (ledger.integrity() == LedgerExamination.Integrity.UNKNOWN && !location.isPostgres()) {
      found.add(
          Diagnosis.ok(
              name(), "its check was not finished after %d s".formatted(limit.toSeconds())));
    }
    addTimes(found, ledger);
    ledger.hosts().forEach(host -> found.add(host(host)));
    return found;
  }

  private Diagnosis tables(LedgerExamination ledger) {
    int known = SqlLedger.TABLES_VERSION;
    var version = "%s has version %d of the tables".formatted(location, ledger.tables());
    if (ledger.tables() > known) {
      return Diagnosis.fault(
          name(), version + ", this program knows " + known, "Use the newer program.");
    }
    if (ledger.tables() == 0) {
      return Diagnosis.ok(name(), location + " has no tables; a host makes them at its start");
    }
    return Diagnosis.ok(
        name(),
        ledger.tables() < known
            ? version + "; the next start brings them to version " + known
            : version);
  }

  private void addTimes(List<Diagnosis> found, LedgerExamination ledger) {
    long ahead = ledger.newestMillis() - ledger.nowMillis();
    if (ahead > MOST_SKEW_MILLIS) {
      found.add(
          Diagnosis.warning(
              name(),
              "its newest entry is of %s, %d s from now"
                  .formatted(Instant.ofEpochMilli(ledger.newestMillis()), ahead / 1_000),
              "The clock was set back, or another machine's is ahead: set the clocks right."));
    }
    long skew = ledger.nowMillis() - clock.millis();
    if (Math.abs(skew) > MOST_SKEW_MILLIS) {
      found.add(
          Diagnosis.warning(
              name(),
              "the clock of its server differs from this one by %d s".formatted(skew / 1_000),
              "Set the clocks right: the times of outputs are this machine's."));
    }
  }

  private Diagnosis host(LedgerExamination.Host host) {
    var who =
        "host with process %d on %s, output %s"
            .formatted(host.pid(), host.machine(), host.output());
    if (host.isGone()) {
      return Diagnosis.ok("hosts", who + ": it has ended, and the next host takes its work over");
    }
    return host.leaseMillis() >= 0
        ? Diagnosis.ok("hosts", "%s: lease for %d s".formatted(who, host.leaseMillis() / 1_000))
        : Diagnosis.warning(
            "hosts",
            "%s: its lease has run out %d s ago".formatted(who, -host.leaseMillis() / 1_000),
            "If its process is still there, it hangs or cannot reach the ledger; otherwise the next host takes its work over.");
  }
}
