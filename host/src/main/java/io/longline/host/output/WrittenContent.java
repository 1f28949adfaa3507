package io.longline.host.output;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.longline.host.files.PositionedFile;
import java.io.IOException;

/**
 * What Longline has written to a file, as far as it can be recognised: the header, and that nothing
 * follows but the line that ends a file, or a line that a crash has cut off. So a file that was
 * moved with its folder, or restored from a copy, is used; one that somebody else has put there is
 * not, and loses nothing. Immutable.
 *
 * @param description the ledger's description of the content
 * @param length the length that the ledger knows, in bytes, without the line that ends the file
 */
record WrittenContent(String description, long length) {

  /** The time in it is another in each file, and as long in each. */
  private static final String OPEN_TIME = "#open\t[0-9-]*";

  private static final String END = "#close";

  /** The bytes in which the end of a file, or a line that a crash has cut off, must fit. */
  private static final int MAX_END = 64 * 1024;

  /** Whether a file has it, all or the beginning of it. */
  boolean isContentOf(PositionedFile file) throws IOException {
    return length > 0 && startsWithHeader(file) && endsWithIt(file);
  }

  private boolean startsWithHeader(PositionedFile file) throws IOException {
    var header = FileState.header(description);
    var start = read(file, 0, header.length());
    return withoutTime(start).equals(withoutTime(header.substring(0, start.length())));
  }

  private static String withoutTime(String header) {
    return header.replaceAll(OPEN_TIME, "#open");
  }

  private boolean endsWithIt(PositionedFile file) throws IOException {
    if (file.length() <= length) {
      return true;
    }
    var end = read(file, length, MAX_END);
    boolean isUnfinished = end.length() < MAX_END && end.indexOf('\n') < 0;
    return isUnfinished || Content.hasFooter(description) && end.startsWith(END);
  }

  private static String read(PositionedFile file, long position, int length) throws IOException {
    file.seek(position);
    return new String(file.in().readNBytes(length), ISO_8859_1);
  }
}
