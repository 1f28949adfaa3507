package io.longline.host.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The rows or lines of one call for one output, until it is known whether the call succeeds: in
 * memory, and in a temporary file if they grow. Confined to the hook's thread. A crash leaves the
 * temporary file behind; the next start empties the folder.
 */
final class Staging extends OutputStream {

  private static final int MAX_MEMORY_BYTES = 256 * 1024;

  private final Path folder;
  private ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private long size;
  private @Nullable Path file;
  private @Nullable OutputStream spill;

  Staging(Path folder) {
    this.folder = folder;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      if (spill == null && memory.size() + length > MAX_MEMORY_BYTES) {
        file = Files.createTempFile(Files.createDirectories(folder), "run-", ".staged");
        spill = Files.newOutputStream(file);
        memory.writeTo(spill);
        memory = new ByteArrayOutputStream();
      }
      if (spill != null) {
        spill.write(bytes, offset, length);
      } else {
        memory.write(bytes, offset, length);
      }
    } catch (IOException e) {
      throw new StagingFailedException(
          "The output of the hook cannot be staged in " + folder + ": " + e.getMessage(), e);
    }
    size += length;
  }

  /** The number of bytes. */
  long size() {
    return size;
  }

  /** Copies everything to an output. */
  void copyTo(OutputStream out) throws IOException {
    if (file == null) {
      memory.writeTo(out);
    } else {
      close();
      Files.copy(file, out);
    }
  }

  @Override
  public void close() throws IOException {
    if (spill != null) {
      spill.close();
    }
  }

  /** Discards everything. */
  void discard() throws IOException {
    close();
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
