package io.longline.host.output;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
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

  private static final int PIECE_BYTES = 4096;
  private static final int MAX_FOOTER_TIME = 40;

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
    var start = new byte[(int) Math.min(file.length(), Math.max(header.length, 16))];
    file.seek(0);
    file.readFully(start);
    var found = new String(start, ISO_8859_1);
    if (header.length == 0) {
      return !found.startsWith("#separator ");
    }
    return withoutOpen(found).startsWith(withoutOpen(new String(header, ISO_8859_1)));
  }

  private static String withoutOpen(String header) {
    return header.replaceFirst("\n[^\n]*open[^\n]*\\d{4}(-\\d\\d){5}\n", "\n");
  }

  /** Takes off what stands behind the last line end, and a last line that ended the file. */
  private static void cutTail(RandomAccessFile file, Content content) throws IOException {
    long end = lineStart(file, file.length());
    long lastLine = lineStart(file, end - 1);
    var start = content.footerStart();
    if (!start.isEmpty() && end - lastLine <= start.length() + MAX_FOOTER_TIME) {
      var line = new byte[(int) (end - lastLine)];
      file.seek(lastLine);
      file.readFully(line);
      if (new String(line, ISO_8859_1).startsWith(start)) {
        end = lastLine;
      }
    }
    file.setLength(end);
  }

  /**
   * Where the line starts that the byte before this place belongs to; a line feed belongs to the
   * line it ends.
   */
  private static long lineStart(RandomAccessFile file, long before) throws IOException {
    var piece = new byte[PIECE_BYTES];
    long to = before;
    while (to > 0) {
      int length = (int) Math.min(to, PIECE_BYTES);
      file.seek(to - length);
      file.readFully(piece, 0, length);
      for (int i = length - 1; i >= 0; i--) {
        if (piece[i] == '\n') {
          return to - length + i + 1;
        }
      }
      to -= length;
    }
    return 0;
  }

  boolean holds(Content other) {
    return content.equals(other);
  }

  /** Appends what a call wrote. */
  void append(Staging staged) throws IOException {
    long before = file.length();
    var out = new BufferedOutputStream(new FileStream(), 64 * 1024);
    staged.copyTo(out);
    out.flush();
    written += file.length() - before;
  }

  /** Takes off what was appended since the file was so long. */
  void cutBack(long length) throws IOException {
    written -= Math.max(0, file.length() - length);
    file.setLength(length);
    file.seek(length);
  }

  /** Not by way of the channel, which an interrupted thread would close. */
  private final class FileStream extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      file.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      file.write(bytes, offset, length);
    }
  }

  long length() throws IOException {
    return file.length();
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
