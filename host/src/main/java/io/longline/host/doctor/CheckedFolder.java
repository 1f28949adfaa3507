package io.longline.host.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A folder that a host uses. Immutable.
 *
 * @param use what for
 * @param path where it is; it need not exist
 */
public record CheckedFolder(Use use, Path path) {

  /** What a folder is used for. */
  public enum Use {
    /** The jars of plugins. */
    PLUGINS("plugins", "the setting plugins-dir"),
    /** What hooks write. */
    OUTPUT("output", "the setting output"),
    /** The ledger. */
    STATE("state", "the setting state"),
    /** Temporary files. */
    TEMPORARY("temporary files", "the system property java.io.tmpdir (LONGLINE_JAVA_OPTS)");

    private final String words;
    private final String setting;

    Use(String words, String setting) {
      this.words = words;
      this.setting = setting;
    }

    /** Where a user says which folder it is. */
    String setting() {
      return setting;
    }

    /** Whether a host writes into it. */
    boolean isWritten() {
      return this != PLUGINS;
    }

    /** Whether a host makes it where it is missing. */
    boolean isMade() {
      return this == OUTPUT || this == STATE;
    }
  }

  /** The name of a check of it. */
  String check(String what) {
    return what + ": " + use.words;
  }

  /** The folder, or the nearest above it that exists, without symbolic links; null for none. */
  @Nullable Path nearest() {
    for (var at = path.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      if (Files.exists(at)) {
        try {
          return at.toRealPath();
        } catch (IOException e) {
          return null;
        }
      }
    }
    return null;
  }
}
