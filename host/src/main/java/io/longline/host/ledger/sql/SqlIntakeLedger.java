package io.longline.host.ledger.sql;

import io.longline.host.ledger.IntakeLedger;
import io.longline.host.ledger.LedgerException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What is known of files that are in no batch yet: which of them Zeek has ended, and why
 * directories are not taken. Thread-safe.
 */
final class SqlIntakeLedger implements IntakeLedger {

  private final Database database;
  private final DirectoryNames names;

  SqlIntakeLedger(Database database, DirectoryNames names) {
    this.database = database;
    this.names = names;
  }

  @Override
  public void recordRotated(Path file, String span) throws LedgerException {
    database.transact(
        session ->
            session.update(
                """
                INSERT INTO rotated_file (directory, name, span, recorded_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (directory, name) DO UPDATE SET
                  span = excluded.span, recorded_at = excluded.recorded_at""",
                names.name(Objects.requireNonNull(file.getParent())),
                file.getFileName().toString(),
                span,
                database.now(session)));
  }

  @Override
  public Map<Path, Map<String, List<String>>> rotated(long quietMillis) throws LedgerException {
    return database.transact(
        session -> {
          long latest = database.now(session) - quietMillis;
          var groups = new TreeMap<Path, Map<String, List<String>>>();
          session.forEach(
              """
              SELECT directory, span, name FROM rotated_file AS each
              WHERE NOT EXISTS (SELECT 1 FROM rotated_file AS other
                WHERE other.directory = each.directory AND other.span = each.span
                AND other.recorded_at > ?)"""
                  + names.isReachable("directory")
                  + " ORDER BY directory, span, name",
              row ->
                  groups
                      .computeIfAbsent(names.path(row.getString(1)), d -> new TreeMap<>())
                      .computeIfAbsent(row.getString(2), s -> new ArrayList<>())
                      .add(row.getString(3)),
              latest);
          return groups;
        });
  }

  @Override
  public void rotatedAccepted(Path directory, List<String> files) throws LedgerException {
    database.transact(
        session -> {
          for (var file : files) {
            session.update(
                "DELETE FROM rotated_file WHERE directory = ? AND name = ?",
                names.name(directory),
                file);
          }
          return files.size();
        });
  }

  @Override
  public void sayWaiting(Collection<Path> settled, Map<Path, String> reasons)
      throws LedgerException {
    database.transact(
        session -> {
          long now = database.now(session);
          for (var directory : settled) {
            session.update(
                "DELETE FROM waiting_directory WHERE directory = ?", names.name(directory));
          }
          for (var entry : reasons.entrySet()) {
            session.update(
                """
                INSERT INTO waiting_directory (directory, reason, since) VALUES (?, ?, ?)
                ON CONFLICT (directory) DO UPDATE SET reason = excluded.reason""",
                names.name(entry.getKey()),
                entry.getValue(),
                now);
          }
          return reasons.size();
        });
  }

  @Override
  public Map<Path, String> waiting(Collection<Path> folders) throws LedgerException {
    return database.read(
        session -> {
          var waiting = new TreeMap<Path, String>();
          session.forEach(
              "SELECT directory, reason FROM waiting_directory",
              row -> {
                var directory = names.path(row.getString(1));
                if (folders.stream().anyMatch(directory::startsWith)) {
                  waiting.put(directory, row.getString(2));
                }
              });
          return waiting;
        });
  }
}
