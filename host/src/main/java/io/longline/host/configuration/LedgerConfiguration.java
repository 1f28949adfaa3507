package io.longline.host.configuration;

import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.Roots;
import io.longline.host.settings.SettingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

/** Reads which ledger is used. What is wrong is reported to the reader of the settings. */
public final class LedgerConfiguration {

  private LedgerConfiguration() {}

  /**
   * The ledger that the settings name, or this one. The settings can name a folder or a URL; if
   * they name both in different places, the one of higher precedence counts.
   */
  public static LedgerLocation read(SettingReader reader, LedgerLocation otherwise) {
    return named(reader, otherwise)
        .withRoots(roots(reader))
        .withPasswordFile(reader.find(DeclaredSettings.LEDGER_PASSWORD_FILE));
  }

  /**
   * The ledger that the settings name, or that of the user in {@code $XDG_STATE_HOME}. One in
   * memory is a problem, since other processes cannot use it.
   */
  public static LedgerLocation readShared(SettingReader reader) {
    var location = read(reader, LedgerLocation.in(userFolder(reader)));
    if (location.isInMemory()) {
      var state = Objects.requireNonNull(reader.sources().find(DeclaredSettings.STATE));
      reader.problem(
          state.where()
              + " is \""
              + DeclaredSettings.NO_STATE
              + "\"; other processes cannot use a ledger in memory: name a folder.");
    }
    return location;
  }

  private static LedgerLocation named(SettingReader reader, LedgerLocation otherwise) {
    var state = reader.sources().find(DeclaredSettings.STATE);
    var url = reader.sources().find(DeclaredSettings.LEDGER);
    if (state != null && url != null && state.source() == url.source()) {
      reader.problem(
          state.place() + " and " + url.place() + " name two ledgers; give only one of them.");
      return otherwise;
    }
    if (url != null && (state == null || url.source().compareTo(state.source()) < 0)) {
      return reader.get(DeclaredSettings.LEDGER, otherwise);
    }
    if (state == null) {
      return otherwise;
    }
    if (state.text().equals(DeclaredSettings.NO_STATE)) {
      return LedgerLocation.inMemory();
    }
    var folder = reader.find(DeclaredSettings.STATE);
    return folder == null ? otherwise : LedgerLocation.in(folder);
  }

  private static Roots roots(SettingReader reader) {
    var roots = new LinkedHashMap<String, Path>();
    for (var root : reader.get(DeclaredSettings.ROOTS, List.of())) {
      int equals = root.indexOf('=');
      var folder = root.substring(equals + 1);
      try {
        roots.put(root.substring(0, equals), Path.of(folder).toRealPath());
      } catch (IOException e) {
        var written = Objects.requireNonNull(reader.sources().find(DeclaredSettings.ROOTS));
        reader.problem(written.where() + ": there is no folder " + folder + ".");
      }
    }
    return new Roots(roots);
  }

  private static Path userFolder(SettingReader reader) {
    var environment = reader.sources().environment();
    var home = environment.getOrDefault("XDG_STATE_HOME", "");
    var base =
        home.isBlank()
            ? Path.of(environment.getOrDefault("HOME", "."), ".local", "state")
            : Path.of(home);
    return base.resolve("longline");
  }
}
