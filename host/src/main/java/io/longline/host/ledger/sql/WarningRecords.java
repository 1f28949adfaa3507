package io.longline.host.ledger.sql;

import io.longline.api.HookWarning;
import io.longline.host.event.EventJson;
import io.longline.host.event.HostEvent;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.FoundLog;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** The warnings in a ledger. Thread-safe, within a transaction of its caller. */
final class WarningRecords {

  /** What a warning starts with, as long as it always is; the same change differs only there. */
  private static final String AT_START =
      "{\"type\":\"warning\",\"instant\":\"" + EventJson.time(Instant.EPOCH) + "\"";

  /** What follows the name of a damaged log; a name cannot contain it, since quotes are escaped. */
  private static final String HOOKS = "\",\"hooks\":[";

  private final DirectoryNames names;
  private final Function<HookWarning, String> json;

  WarningRecords(DirectoryNames names, Function<HookWarning, String> json) {
    this.names = names;
    this.json = json;
  }

  void insert(Session session, long at, HookWarning warning) throws SQLException {
    var directory = warning.logDirectory();
    session.update(
        "INSERT INTO warning (at, hook, directory, json) VALUES (?, ?, ?, ?)",
        at,
        warning.hook(),
        directory == null ? null : names.name(directory),
        printable(json.apply(warning)));
    if (isMissing(warning.kind())) {
      insertMissing(session, at, warning);
    }
  }

  private static boolean isMissing(HookWarning.Kind kind) {
    return switch (kind) {
      case MISSING_FIELD, MISSING_LOG -> true;
      case FAILED, REMARK -> false;
    };
  }

  /** Keeps for the status what a hook misses, once for each version of the hook. */
  private static void insertMissing(Session session, long at, HookWarning warning)
      throws SQLException {
    session.update(
        """
        INSERT INTO missing (hook, version, message, at) VALUES (?, ?, ?, ?)
        ON CONFLICT (hook, version, message) DO UPDATE SET at = excluded.at""",
        warning.hook(),
        warning.pluginVersion(),
        printable(warning.message()),
        at);
  }

  /** PostgreSQL takes no NUL in a text. */
  static String printable(String text) {
    return text.replace("\0", "\\0");
  }

  /** Warns of files that changed after they were processed, once for each change. */
  static void insertChange(Session session, long at, String directory, List<FileStamp> changed)
      throws SQLException {
    insertOnce(session, at, directory, change(directory, changed, Instant.ofEpochMilli(at)));
  }

  /** Warns, unless the same warning is there, perhaps of another time. */
  private static void insertOnce(Session session, long at, String directory, String json)
      throws SQLException {
    int afterTime = AT_START.length() + 1;
    session.update(
        """
        INSERT INTO warning (at, hook, directory, json)
        SELECT CAST(? AS BIGINT), '', CAST(? AS TEXT), CAST(? AS TEXT)
        WHERE NOT EXISTS (
          SELECT 1 FROM warning WHERE hook = '' AND directory = ?
          AND substr(json, CAST(? AS INTEGER)) = ?)""",
        at,
        directory,
        json,
        directory,
        afterTime,
        json.substring(AT_START.length()));
  }

  /** Warns that rows of a log may come twice or be missing, once for each. */
  static void insertDoubt(Session session, long at, String directory, FoundLog log)
      throws SQLException {
    insertOnce(
        session,
        at,
        directory,
        EventJson.object(
            "warning",
            line -> {
              line.writeStringField("instant", EventJson.time(Instant.ofEpochMilli(at)));
              line.writeStringField("kind", "RECOGNIZED_LOG");
              line.writeStringField("directory", directory);
              line.writeStringField("file", log.name());
              line.writeStringField("like", log.other());
              line.writeStringField("message", log.sentence());
            }));
  }

  /**
   * Warns of a batch that is unavailable.
   *
   * @param directory its name in the ledger
   * @param why the reason, as a sentence
   */
  static void insertUnavailable(Session session, long at, String directory, String why)
      throws SQLException {
    session.update(
        "INSERT INTO warning (at, hook, directory, json) VALUES (?, '', ?, ?)",
        at,
        directory,
        printable(EventJson.unavailable(directory, why, Instant.ofEpochMilli(at))));
  }

  /** Warns of a batch that is unavailable. */
  void insertUnavailable(Session session, long at, Path directory, String why) throws SQLException {
    insertUnavailable(session, at, names.name(directory), why);
  }

  /**
   * Warns of a damaged log, once for each batch: what was found before of the same log, since its
   * directory was taken last, is replaced.
   */
  void recordDamaged(Session session, long at, HostEvent.LogDamaged log) throws SQLException {
    var directory = names.name(Objects.requireNonNull(log.file().toAbsolutePath().getParent()));
    var json = printable(EventJson.damagedLog(log, Instant.ofEpochMilli(at)));
    // The list of hooks follows the name of the log.
    int end = json.indexOf(HOOKS, AT_START.length()) + HOOKS.length();
    var same = json.substring(AT_START.length(), end);
    int updated =
        session.update(
            """
            UPDATE warning SET json = ? WHERE hook = '' AND directory = ?
            AND at >= coalesce((SELECT max(created_at) FROM batch WHERE directory = ?), 0)
            AND substr(json, CAST(? AS INTEGER), CAST(? AS INTEGER)) = ?""",
            json,
            directory,
            directory,
            AT_START.length() + 1,
            same.length(),
            same);
    if (updated == 0) {
      session.update(
          "INSERT INTO warning (at, hook, directory, json) VALUES (?, '', ?, ?)",
          at,
          directory,
          json);
    }
  }

  private static String change(String directory, List<FileStamp> changed, Instant at) {
    return EventJson.object(
        "warning",
        line -> {
          line.writeStringField("instant", EventJson.time(at));
          line.writeStringField("kind", "CHANGED_FILES");
          line.writeStringField("directory", directory);
          line.writeArrayFieldStart("files");
          for (var file : changed) {
            line.writeStartObject();
            line.writeStringField("name", file.name());
            line.writeNumberField("size", file.size());
            line.writeStringField(
                "modified", EventJson.time(Instant.ofEpochMilli(file.modifiedMillis())));
            line.writeEndObject();
          }
          line.writeEndArray();
          line.writeStringField(
              "message",
              "Changed after they were processed, and left as they are. To process the directory again, have the ledger forget it, and submit it.");
        });
  }
}
