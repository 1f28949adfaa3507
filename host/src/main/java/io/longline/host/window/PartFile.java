package io.longline.host.window;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A part in a file. Immutable.
 *
 * @param file the file
 * @param position where the part starts in it, in bytes
 * @param length the number of its bytes
 * @param origin what the part is of, for messages: a directory, say
 */
public record PartFile(Path file, long position, long length, String origin) {

  /**
   * Its sections, in order of their panes.
   *
   * @throws DamagedPartException if the bytes are not those of a part
   * @throws IOException if the file cannot be read
   */
  public List<Section> sections() throws IOException {
    try (var in = open(Math.max(0, length - PartWriter.TRAILER_BYTES))) {
      var trailer = new DataInputStream(in);
      int count = trailer.readInt();
      int checksum = trailer.readInt();
      long bytes = (long) count * Section.BYTES;
      if (trailer.readInt() != PartWriter.MAGIC
          || count < 0
          || bytes > length - PartWriter.TRAILER_BYTES) {
        throw damaged("its end is not that of a part");
      }
      return sections(count, checksum);
    } catch (EOFException e) {
      throw damaged("it is too short");
    }
  }

  private List<Section> sections(int count, int checksum) throws IOException {
    int bytes = Math.multiplyExact(count, Section.BYTES);
    try (var in = open(length - PartWriter.TRAILER_BYTES - bytes)) {
      var index = in.readNBytes(bytes);
      var found = new CRC32();
      found.update(index);
      if ((int) found.getValue() != checksum) {
        throw damaged("the checksum of its index is wrong");
      }
      var data = new DataInputStream(new ByteArrayInputStream(index));
      var sections = new ArrayList<Section>();
      for (int i = 0; i < count; i++) {
        sections.add(Section.readFrom(data));
      }
      return sections;
    }
  }

  /** Its bytes from a position on, through a stream that no interrupt closes. */
  InputStream open(long from) throws IOException {
    var in = open();
    try {
      in.skipNBytes(position + from);
      return in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private FileInputStream open() throws IOException {
    try {
      return new FileInputStream(file.toFile());
    } catch (FileNotFoundException e) {
      // It is the exception for everything that keeps a file from being opened.
      if (Files.notExists(file)) {
        throw damaged("its file is gone");
      }
      throw e;
    }
  }

  /** The exception for bytes that are not as they were written. */
  DamagedPartException damaged(String how) {
    return new DamagedPartException(
        "The part of %s is damaged: %s (%s, from byte %,d). Process that directory again to have it made again."
            .formatted(origin, how, file, position));
  }
}
