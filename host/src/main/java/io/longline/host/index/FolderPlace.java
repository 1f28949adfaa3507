package io.longline.host.index;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A folder. Immutable.
 *
 * @param folder the folder
 */
record FolderPlace(Path folder) implements Place {

  private static final int BUFFER = 1 << 16;

  @Override
  public void read(String file, long limit, OutputStream out) throws IOException {
    var path = folder.resolve(file);
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    // A link may lead anywhere; opening a pipe would wait for somebody to write to it.
    if (!path.toRealPath().startsWith(folder.toRealPath())) {
      throw new IOException(path + " leads out of the folder of the index");
    }
    if (!Files.isRegularFile(path)) {
      throw new IOException(path + " is not a regular file");
    }
    try (var in = Files.newInputStream(path)) {
      var buffer = new byte[BUFFER];
      long rest = limit;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        rest -= read;
        if (rest < 0) {
          throw new IOException("%s has more than %d bytes".formatted(path, limit));
        }
        out.write(buffer, 0, read);
      }
    }
  }

  @Override
  public String text() {
    return folder.toString();
  }

  /** Who can write to the folder can name any other. */
  @Override
  public boolean allows(Place mirror) {
    return true;
  }
}
