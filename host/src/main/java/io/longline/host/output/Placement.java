package io.longline.host.output;

import java.io.IOException;

/**
 * What one call adds to a file, and where. Confined to the committing thread.
 *
 * @param file the file, which is open
 * @param position where it starts, in bytes
 * @param part what is added
 */
record Placement(OutputFile file, long position, Part part) {

  /** The file with this in it. */
  FileState after() {
    return new FileState(file.name(), file.content(), position + part.length());
  }

  void write() throws IOException {
    file.write(position, part);
  }
}
