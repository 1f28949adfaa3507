package io.longline.host.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file to whose end is written, also by other processes. Confined to one thread; an interrupt of
 * it does not close the file.
 */
public final class AppendedFile extends OutputStream {

  private final PositionedFile file;

  /**
   * Opens or makes a file.
   *
   * @param folder the folder that it is in, which may be closed afterwards
   * @throws ForeignFileException if what is there is not a file of a trusted user
   */
  public AppendedFile(OpenFolder folder, String name, FileAccess access) throws IOException {
    var channel = folder.file(name, access);
    var found = folder.attributes(name);
    var key = found == null ? null : found.fileKey();
    file = new PositionedFile(channel, () -> again(folder.path(), name, access, key));
  }

  private static FileChannel again(Path path, String name, FileAccess access, @Nullable Object key)
      throws IOException {
    try (var folder = OpenFolder.open(path)) {
      return folder.file(name, access, key);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    file.seek(file.length());
    file.write(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
