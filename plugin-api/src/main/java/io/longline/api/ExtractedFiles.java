package io.longline.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the files that Zeek extracted from the traffic. Thread-safe.
 *
 * <p>Names come from a log, which is not trusted: no name leads out of the folder, whether it is
 * absolute, contains {@code ..}, or goes through a symbolic link.
 *
 * @since 0.1.0
 */
public final class ExtractedFiles {

  /** No file system has longer paths, and to shorten one takes quadratic time. */
  private static final int MAX_NAME = 4_096;

  private final @Nullable Path folder;
  private volatile @Nullable Path realFolder;

  private ExtractedFiles(@Nullable Path folder) {
    this.folder = folder;
  }

  /** The files of a folder, which need not exist. */
  public static ExtractedFiles in(Path folder) {
    return new ExtractedFiles(folder.toAbsolutePath().normalize());
  }

  /** No files at all. */
  public static ExtractedFiles none() {
    return new ExtractedFiles(null);
  }

  /** The absolute path of the folder; empty if there is none. */
  public Optional<Path> folder() {
    return Optional.ofNullable(folder);
  }

  /**
   * Finds the file with this name.
   *
   * @param name as in the column {@code extracted} of {@code files.log}
   * @return its absolute path; empty if it does not exist, is not a regular file, or is not in the
   *     folder
   */
  public Optional<Path> find(String name) {
    if (folder == null || name.isEmpty() || name.length() > MAX_NAME) {
      return Optional.empty();
    }
    try {
      var file = folder.resolve(name).normalize();
      if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
        return Optional.empty();
      }
      return file.toRealPath().startsWith(realFolder()) ? Optional.of(file) : Optional.empty();
    } catch (InvalidPathException | IOException e) {
      return Optional.empty();
    }
  }

  private Path realFolder() throws IOException {
    var real = realFolder;
    if (real == null) {
      real = Objects.requireNonNull(folder).toRealPath();
      realFolder = real;
    }
    return real;
  }
}
