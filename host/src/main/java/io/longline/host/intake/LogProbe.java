package io.longline.host.intake;

import io.longline.host.ledger.FileStamp;
import io.longline.zeek.HostAccess;
import io.longline.zeek.LogFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Looks at files that may be logs, on threads of its own: whatever a file is, a look at it ends
 * within its time. Only regular files are opened. Thread-safe.
 */
public final class LogProbe {

  /** How long to wait for what can be asked for again at the next look. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** How long a look at one file may take. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Predicate<Path> hasLogName;
  private final BooleanSupplier isEnded;
  private final TimedReads reads;

  /**
   * A probe.
   *
   * @param names which names logs have
   */
  public LogProbe(LogNames names) {
    this(names.test(), () -> false, reads());
  }

  private LogProbe(Predicate<Path> hasLogName, BooleanSupplier isEnded, TimedReads reads) {
    this.hasLogName = hasLogName;
    this.isEnded = isEnded;
    this.reads = reads;
  }

  private static TimedReads reads() {
    var number = new AtomicInteger();
    return new TimedReads(
        PATIENCE,
        LIMIT,
        task -> {
          var thread = new Thread(task, "log-look-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /** A probe for files whose names are those of logs. */
  public static LogProbe ofKnownNames() {
    return new LogProbe(LogNames.KNOWN);
  }

  /** A probe for files that Zeek or a person has named as logs. */
  public static LogProbe ofAnyName() {
    return new LogProbe(LogNames.ANY);
  }

  /** A probe whose looks are ended, with an {@link InterruptedIOException}, when this is true. */
  public LogProbe until(BooleanSupplier end) {
    return new LogProbe(hasLogName, end, reads);
  }

  /** This probe, for files that Zeek has named as logs. */
  LogProbe forAnyName() {
    return new LogProbe(LogNames.ANY.test(), isEnded, reads);
  }

  /** Whether the looks are to be ended. */
  boolean isEnded() {
    return isEnded.getAsBoolean();
  }

  /**
   * Looks for a log in a file.
   *
   * @return empty if it has a name that no log has, or its content is not that of a log
   * @throws IOException if it cannot be read, or that takes too long
   */
  Optional<LogFile> look(Path file) throws IOException {
    return hasLogName.test(file)
        ? reads.read(() -> HostAccess.probe(file), isEnded)
        : Optional.empty();
  }

  /**
   * Looks at the end of a file, once as long as the file is unchanged.
   *
   * @param stamp the file as it is
   * @throws IOException if it cannot be read, that takes too long, or is still under way
   */
  LogEnd end(Path file, FileStamp stamp) throws IOException {
    return hasLogName.test(file)
        ? reads.readOnce(file, stamp, () -> endOf(file), isEnded)
        : LogEnd.NO_TSV;
  }

  private static LogEnd endOf(Path file) throws IOException {
    var log = HostAccess.probe(file);
    return log.isPresent() ? LogEnd.of(log.get()) : LogEnd.NO_TSV;
  }

  /**
   * Whether a file is passed over because of its name alone.
   *
   * @throws IOException if it cannot be read, or that takes too long
   */
  boolean passesOver(Path file) throws IOException {
    return !hasLogName.test(file) && reads.read(() -> HostAccess.probe(file).isPresent(), isEnded);
  }
}
