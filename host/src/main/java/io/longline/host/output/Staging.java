package io.longline.host.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The rows or lines of one call for one output, until it is known whether the call succeeds: in
 * memory, and in a temporary file if they grow. Confined to the hook's thread. A crash leaves the
 * temporary file behind; the next start empties the folder.
 */
final class Staging extends OutputStream {

  private static final int MAX_MEMORY_BYTES = 256 * 1024;

  /** What is collected for the file before it is opened; between, it is closed. */
  private static final int PIECE_BYTES = 64 * 1024;

  private final Path folder;
  private ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private long size;
  private @Nullable Path file;

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
      memory.write(bytes, offset, length);
      if (memory.size() > (file == null ? MAX_MEMORY_BYTES : PIECE_BYTES)) {
        spill();
      }
    } catch (IOException e) {
      throw new StagingFailedException(
          "The output of the hook cannot be staged in " + folder + ": " + e.getMessage(), e);
    }
    size += length;
  }

  /** Moves what is in memory to the file, which is not left open: a call may have many outputs. */
  private void spill() throws IOException {
    var spilled = file;
    if (spilled == null) {
      spilled = Files.createTempFile(Files.createDirectories(folder), "run-", ".staged");
      file = spilled;
    }
    try (var out = Files.newOutputStream(spilled, StandardOpenOption.APPEND)) {
      memory.writeTo(out);
    }
    memory = new ByteArrayOutputStream();
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
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
