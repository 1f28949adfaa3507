package io.longline.host.intake;

import io.longline.zeek.HostAccess;
import io.longline.zeek.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds out whether files are logs. Thread-safe. */
public final class LogProbe {

  private final Predicate<Path> hasLogName;

  /**
   * A probe.
   *
   * @param names which names logs have
   */
  public LogProbe(LogNames names) {
    this.hasLogName = names.test();
  }

  /** A probe for files whose names are those of logs. */
  public static LogProbe ofKnownNames() {
    return new LogProbe(LogNames.KNOWN);
  }

  /** A probe for files that Zeek or a person has named as logs. */
  public static LogProbe ofAnyName() {
    return new LogProbe(LogNames.ANY);
  }

  /**
   * Looks for a log in a file.
   *
   * @return empty if it has a name that no log has, or its content is not that of a log
   * @throws IOException if it cannot be read
   */
  Optional<LogFile> look(Path file) throws IOException {
    return hasLogName.test(file) ? HostAccess.probe(file) : Optional.empty();
  }

  /**
   * Whether a file is passed over because of its name alone.
   *
   * @throws IOException if it cannot be read
   */
  boolean passesOver(Path file) throws IOException {
    return !hasLogName.test(file) && HostAccess.probe(file).isPresent();
  }
}
