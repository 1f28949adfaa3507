package io.longline.host.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which directories were accepted, in memory: a directory handed in twice is one batch.
 * Thread-safe. A crash forgets everything.
 */
public final class MemoryLedger {

  private final Set<Path> accepted = new HashSet<>();

  /**
   * Accepts a directory.
   *
   * @return its batch; empty if it was accepted before, by whatever path
   * @throws IOException if it is not there
   */
  public Optional<Batch> accept(Path directory) throws IOException {
    var real = directory.toRealPath();
    synchronized (accepted) {
      return accepted.add(real)
          ? Optional.of(new Batch(accepted.size(), absolute(directory, real)))
          : Optional.empty();
    }
  }

  /** As it was named, but where {@code ..} behind a symbolic link would mislead. */
  private static Path absolute(Path directory, Path real) {
    return directory.toString().contains("..") ? real : directory.toAbsolutePath().normalize();
  }
}
