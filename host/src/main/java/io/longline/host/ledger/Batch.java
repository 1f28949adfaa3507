package io.longline.host.ledger;

import io.longline.api.LogDirectory;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files of one log directory that are processed together. Thread-safe.
 *
 * <p>The files are looked up when the first hook is called, so that a long queue of batches costs
 * little.
 */
public final class Batch {

  private final long number;
  private final Path directory;
  private @Nullable LogDirectory files;

  Batch(long number, Path directory) {
    this.number = number;
    this.directory = directory;
  }

  /** The place in the order of acceptance, from 1. */
  public long number() {
    return number;
  }

  /** The log directory, absolute. */
  public Path directory() {
    return directory;
  }

  /**
   * The directory with its logs, the same for all hooks.
   *
   * @throws IOException if it cannot be read
   */
  public synchronized LogDirectory files() throws IOException {
    var known = files;
    if (known == null) {
      known = LogDirectory.of(directory);
      files = known;
    }
    return known;
  }
}
