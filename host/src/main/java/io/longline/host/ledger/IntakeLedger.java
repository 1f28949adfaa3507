package io.longline.host.ledger;

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
public final class IntakeLedger {

  private final Database database;
  private final Roots roots;

  IntakeLedger(Database database, Roots roots) {
    this.database = database;
    this.roots = roots;
  }

  /** Records that Zeek has ended a file; the files of a directory and span become one batch. */
  public void recordRotated(Path file, String span) throws LedgerException {
    database.transact(
        session ->
            session.update(
                """
                INSERT INTO rotated_file (directory, name, span, recorded_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (directory, name) DO UPDATE SET
                  span = excluded.span, recorded_at = excluded.recorded_at""",
                roots.name(Objects.requireNonNull(file.getParent())),
                file.getFileName().toString(),
                span,
                database.now(session)));
  }

  /**
   * The files that Zeek has ended, of each directory and span that has been quiet for so long.
   *
   * @param quietMillis how long no file of it was recorded
   */
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
                  + roots.isReachable("directory")
                  + " ORDER BY directory, span, name",
              row ->
                  groups
                      .computeIfAbsent(roots.path(row.getString(1)), d -> new TreeMap<>())
                      .computeIfAbsent(row.getString(2), s -> new ArrayList<>())
                      .add(row.getString(3)),
              latest);
          return groups;
        });
  }

  /** Forgets that Zeek has ended these files, which are in a batch now. */
  public void rotatedAccepted(Path directory, List<String> names) throws LedgerException {
    database.transact(
        session -> {
          for (var name : names) {
            session.update(
                "DELETE FROM rotated_file WHERE directory = ? AND name = ?",
                roots.name(directory),
                name);
          }
          return names.size();
        });
  }

  /**
   * Says which directories are not taken yet, and why.
   *
   * @param settled those of which nothing is to be said any more
   * @param reasons those with a reason that is new
   */
  public void sayWaiting(Collection<Path> settled, Map<Path, String> reasons)
      throws LedgerException {
    database.transact(
        session -> {
          long now = database.now(session);
          for (var directory : settled) {
            session.update(
                "DELETE FROM waiting_directory WHERE directory = ?", roots.name(directory));
          }
          for (var entry : reasons.entrySet()) {
            session.update(
                """
                INSERT INTO waiting_directory (directory, reason, since) VALUES (?, ?, ?)
                ON CONFLICT (directory) DO UPDATE SET reason = excluded.reason""",
                roots.name(entry.getKey()),
                entry.getValue(),
                now);
          }
          return reasons.size();
        });
  }

  /** The directories at or below some folders of which it is said why they are not taken. */
  public Map<Path, String> waiting(Collection<Path> folders) throws LedgerException {
    return database.read(
        session -> {
          var waiting = new TreeMap<Path, String>();
          session.forEach(
              "SELECT directory, reason FROM waiting_directory",
              row -> {
                var directory = roots.path(row.getString(1));
                if (folders.stream().anyMatch(directory::startsWith)) {
                  waiting.put(directory, row.getString(2));
                }
              });
          return waiting;
        });
  }
}
