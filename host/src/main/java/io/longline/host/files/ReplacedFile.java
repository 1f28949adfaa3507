package io.longline.host.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Writes small files as a whole, so that readers see the old one or the new one. Thread-safe. */
public final class ReplacedFile {

  private ReplacedFile() {}

  /**
   * Writes a file that everybody may read: under a hidden name beside it, has it written to the
   * disk, and puts it into its place. A crash leaves the old file or the new one.
   *
   * @throws IOException if that fails
   */
  public static void write(Path file, byte[] content) throws IOException {
    var folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    FileAccess.ALL.makeFolders(folder);
    var fresh = folder.resolve("." + file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    FileAccess.ALL.makeFile(fresh);
    try (var out = FileChannel.open(fresh, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      var bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (var written = FileChannel.open(folder, StandardOpenOption.READ)) {
      written.force(true);
    }
  }
}
