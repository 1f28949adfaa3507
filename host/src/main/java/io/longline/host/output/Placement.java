package io.longline.host.output;

import java.io.IOException;

/**
 * The addition of one call to a file, and its position. Confined to the committing thread.
 *
 * @param file the open file
 * @param position where it starts, in bytes
 * @param part the addition
 */
record Placement(OutputFile file, long position, Part part) {

  /** The state of the file with this addition. */
  FileState after() {
    return new FileState(file.name(), file.content(), position + part.length());
  }

  void write() throws IOException {
    file.write(position, part);
  }
}
