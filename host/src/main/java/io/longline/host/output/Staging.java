package io.longline.host.output;

import io.longline.host.files.StagingFailedException;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The rows or lines of one call for one output, until it is known whether the call succeeds: in
 * memory, and in a temporary file if they grow. The file is open only while it is written to, since
 * a call may have many outputs. Confined to the hook's thread, but for {@link #discard}. A crash
 * leaves the temporary file behind; the next start empties the folder.
 */
final class Staging extends OutputStream {

  private final Path folder;
  private final int memoryBytes;

  /** What is not in the file yet. */
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();

  private long size;
  private @Nullable Path file;
  private volatile boolean isDiscarded;

  /**
   * Begins to collect.
   *
   * @param folder for the temporary file, which is made when it is needed
   * @param memoryBytes how much is held in memory
   */
  Staging(Path folder, int memoryBytes) {
    this.folder = folder;
    this.memoryBytes = memoryBytes;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      if (length > memoryBytes - memory.size()) {
        spill(bytes, offset, length);
      } else {
        memory.write(bytes, offset, length);
      }
    } catch (IOException e) {
      throw new StagingFailedException(
          "The output of the hook cannot be staged in " + folder + ": " + e.getMessage(), e);
    }
    size += length;
  }

  /** Adds to the file, through a stream that no interrupt closes. */
  private void spill(byte[] bytes, int offset, int length) throws IOException {
    if (isDiscarded) {
      throw new IOException("The call has been given up.");
    }
    var target = file;
    if (target == null) {
      target = Files.createTempFile(Files.createDirectories(folder), "run-", ".staged");
      file = target;
    }
    try (var out = new FileOutputStream(target.toFile(), true)) {
      memory.writeTo(out);
      out.write(bytes, offset, length);
    }
    memory.reset();
  }

  /** The number of bytes. */
  long size() {
    return size;
  }

  /** Copies everything to an output. */
  void copyTo(OutputStream out) throws IOException {
    if (file != null) {
      Files.copy(file, out);
    }
    memory.writeTo(out);
  }

  /** Discards everything. */
  void discard() throws IOException {
    isDiscarded = true;
    memory.reset();
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
