package io.longline.host.ledger;

import io.longline.api.LogDirectory;
import java.io.IOException;
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
  private final List<String> names;
  private @Nullable LogDirectory files;

  private Batch(long number, Path directory, int generation, List<String> names) {
    this.number = number;
    this.directory = directory;
    this.generation = generation;
    this.names = List.copyOf(names);
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
    return new Batch(number, directory, generation, names);
  }

  /** The names of its logs. */
  public List<String> names() {
    return names;
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
   * @throws IOException if one of them is not there any more or cannot be read
   */
  public synchronized LogDirectory files() throws IOException {
    var known = files;
    if (known == null) {
      known = LogDirectory.of(directory, names);
      files = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return directory + (generation == 1 ? "" : " (batch " + generation + ")");
  }
}
