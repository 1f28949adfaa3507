package io.longline.host.ledger;

import io.longline.api.LogDirectory;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of one log directory that are processed together. Thread-safe.
 *
 * <p>The files are opened when the first hook is called, so that a long queue of batches costs
 * little.
 */
public final class Batch {

  private final long number;
  private final Path directory;
  private final int generation;
  private final List<RecordedLog> logs;
  private final List<RecordedLog> aliases;
  private @Nullable LogDirectory files;

  private Batch(
      long number,
      Path directory,
      int generation,
      List<RecordedLog> logs,
      List<RecordedLog> aliases) {
    this.number = number;
    this.directory = directory;
    this.generation = generation;
    this.logs = List.copyOf(logs);
    this.aliases = List.copyOf(aliases);
  }

  /**
   * A batch.
   *
   * @param number in the ledger, starting at 1
   * @param directory the log directory, absolute
   * @param generation which batch of the directory it is, starting at 1
   * @param names the names of its logs
   */
  public static Batch of(long number, Path directory, int generation, List<String> names) {
    var logs =
        names.stream()
            .map(name -> new RecordedLog(new FileStamp(name, -1, -1), LogContent.UNKNOWN))
            .toList();
    return of(number, directory, generation, logs, List.of());
  }

  /**
   * A batch whose logs may have other names by now.
   *
   * @param logs its logs as they were
   * @param aliases the same logs under other names
   */
  public static Batch of(
      long number,
      Path directory,
      int generation,
      List<RecordedLog> logs,
      List<RecordedLog> aliases) {
    return new Batch(number, directory, generation, logs, aliases);
  }

  /** The names that its logs have now, as far as that is known. */
  public List<String> names() {
    return logs.stream().map(this::name).toList();
  }

  private String name(RecordedLog log) {
    if (aliases.isEmpty() || isThere(log)) {
      return log.name();
    }
    return aliases.stream()
        .filter(alias -> alias.content().equals(log.content()) && isThere(alias))
        .findFirst()
        .orElse(log)
        .name();
  }

  /** Whether a file is as it was. */
  private boolean isThere(RecordedLog log) {
    try {
      return FileStamp.of(directory.resolve(log.name())).equals(log.file());
    } catch (IOException e) {
      return false;
    }
  }

  /** Its number in the ledger, starting at 1. */
  public long number() {
    return number;
  }

  /** The log directory, absolute. */
  public Path directory() {
    return directory;
  }

  /** Which batch of the directory it is, starting at 1. */
  public int generation() {
    return generation;
  }

  /**
   * The directory with the logs of this batch; one object for all hooks.
   *
   * @throws IOException if one of them is not there any more, not with the same content, or cannot
   *     be read
   */
  public synchronized LogDirectory files() throws IOException {
    var known = files;
    if (known == null) {
      var names = names();
      checkContents(names);
      known = LogDirectory.of(directory, names);
      files = known;
    }
    return known;
  }

  /** A name that has another log by now must not be read for this one: that is in another batch. */
  private void checkContents(List<String> names) throws IOException {
    for (int i = 0; i < names.size(); i++) {
      var log = logs.get(i);
      var file = directory.resolve(names.get(i));
      if (names.get(i).equals(log.name())
          && log.content().hasHead()
          && !isThere(log)
          && !log.content().mayBegin(file)) {
        throw new NoSuchFileException(
            file.toString(), null, "it has other content than when it was taken");
      }
    }
  }

  @Override
  public String toString() {
    return directory + (generation == 1 ? "" : " (batch " + generation + ")");
  }
}
