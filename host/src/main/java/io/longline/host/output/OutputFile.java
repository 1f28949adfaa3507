package io.longline.host.output;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * One file of an output, which rows or lines are appended to. Confined to the lock of its output.
 *
 * <p>A file that is there already is gone on with: its {@code #close} is taken off, and so is a
 * last line without a line feed, which a crash may have left.
 */
final class OutputFile implements Closeable {

  private static final int TAIL_BYTES = 4096;

  private final Path path;
  private final Content content;
  private final Clock clock;
  private final RandomAccessFile file;
  private long written;

  private OutputFile(Path path, Content content, Clock clock, RandomAccessFile file) {
    this.path = path;
    this.content = content;
    this.clock = clock;
    this.file = file;
  }

  /** Opens or makes the file; empty if it is there and holds something else. */
  static Optional<OutputFile> open(Path path, Content content, Clock clock) throws IOException {
    Files.createDirectories(path.getParent());
    var file = new RandomAccessFile(path.toFile(), "rw");
    try {
      var header = content.header(clock.instant(), clock.getZone());
      if (file.length() == 0) {
        file.write(header);
      } else if (holds(file, header)) {
        cutTail(file, content);
      } else {
        file.close();
        return Optional.empty();
      }
      file.seek(file.length());
      return Optional.of(new OutputFile(path, content, clock, file));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Whether a file starts with this header, leaving the time in {@code #open} out of account. */
  private static boolean holds(RandomAccessFile file, byte[] header) throws IOException {
    var start = new byte[(int) Math.min(file.length(), Math.max(header.length, 1))];
    file.seek(0);
    file.readFully(start);
    var found = new String(start, ISO_8859_1);
    if (header.length == 0) {
      return !found.startsWith("#");
    }
    return withoutOpen(found).equals(withoutOpen(new String(header, ISO_8859_1)));
  }

  private static String withoutOpen(String header) {
    return header.replaceFirst("\n[^\n]*open[^\n]*\\d{4}(-\\d\\d){5}\n", "\n");
  }

  private static void cutTail(RandomAccessFile file, Content content) throws IOException {
    var tail = new byte[(int) Math.min(file.length(), TAIL_BYTES)];
    long from = file.length() - tail.length;
    file.seek(from);
    file.readFully(tail);
    int end = tail.length;
    while (end > 0 && tail[end - 1] != '\n') {
      end--;
    }
    if (end == 0 && from > 0) {
      throw new IOException(
          "The last line is longer than " + TAIL_BYTES + " bytes and has no end.");
    }
    int lineStart = Math.max(0, end - 1);
    while (lineStart > 0 && tail[lineStart - 1] != '\n') {
      lineStart--;
    }
    var lastLine = new String(tail, lineStart, end - lineStart, ISO_8859_1);
    if (isClose(lastLine, content)) {
      end = lineStart;
    }
    file.setLength(from + end);
  }

  private static boolean isClose(String line, Content content) {
    return content instanceof Content.Rows && line.matches("(?s).*close.*\\d{4}(-\\d\\d){5}\n");
  }

  boolean holds(Content other) {
    return content.equals(other);
  }

  /** Appends what a call wrote. If that fails half-way, the file is cut back to where it was. */
  void append(Staging staged) throws IOException {
    long before = file.getFilePointer();
    try {
      var out = new BufferedOutputStream(Channels.newOutputStream(file.getChannel()), 64 * 1024);
      staged.copyTo(out);
      out.flush();
      written += file.getFilePointer() - before;
    } catch (IOException e) {
      file.setLength(before);
      file.seek(before);
      throw new IOException("Cannot write to " + path + ": " + e.getMessage(), e);
    }
  }

  Path path() {
    return path;
  }

  /** How many bytes of rows or lines were appended by this host. */
  long written() {
    return written;
  }

  /** Writes {@code #close} and closes the file. */
  @Override
  public void close() throws IOException {
    try (file) {
      file.write(content.footer(clock.instant(), clock.getZone()));
    }
  }
}
