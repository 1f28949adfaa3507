package io.longline.host.ledger;

import io.longline.api.HookWarning;
import java.sql.SQLException;
import java.util.function.Function;

/** The warnings in a ledger. Thread-safe, within a transaction of its caller. */
final class WarningRecords {

  private final Roots roots;
  private final Function<HookWarning, String> json;

  WarningRecords(Roots roots, Function<HookWarning, String> json) {
    this.roots = roots;
    this.json = json;
  }

  void insert(Session session, long at, HookWarning warning) throws SQLException {
    var directory = warning.logDirectory();
    session.update(
        "INSERT INTO warning (at, hook, directory, json) VALUES (?, ?, ?, ?)",
        at,
        warning.hook(),
        directory == null ? null : roots.name(directory),
        printable(json.apply(warning)));
  }

  /** PostgreSQL takes no NUL in a text. */
  static String printable(String text) {
    return text.replace("\0", "\\0");
  }
}
