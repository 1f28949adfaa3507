package io.longline.host.output;

import io.longline.zeek.LogReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One file of an output. Confined to one thread.
 *
 * <p>It is written through a {@link RandomAccessFile}, since an interrupt of the thread closes a
 * channel.
 */
final class OutputFile implements Closeable {

  /** The buffer size in bytes; lines are buffered and written whole. */
  private static final int GATHERED_BYTES = 128 * 1024;

  /** The longest line that is written whole. */
  private static final int MAX_LINE_BYTES = LogReader.DEFAULT_MAX_ROW_BYTES;

  private final Path path;
  private final String name;
  private final String content;
  private final RandomAccessFile file;

  /**
   * Distinguishes the file from another of the same name; null if the file system has no such key.
   */
  private final @Nullable Object key;

  /** The length that the ledger knows, in bytes. */
  private long length;

  private long rowBytes;

  private OutputFile(Path path, String name, String content, long length, RandomAccessFile file)
      throws IOException {
    this.key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    this.path = path;
    this.name = name;
    this.content = content;
    this.length = length;
    this.file = file;
  }

  /**
   * Opens or makes a file of a folder.
   *
   * @param length the length that the ledger knows, in bytes; the line that ended the file may
   *     follow
   */
  static OutputFile open(Path root, String name, String content, long length) throws IOException {
    var path = root.resolve(name);
    Files.createDirectories(path.getParent());
    return new OutputFile(path, name, content, length, new RandomAccessFile(path.toFile(), "rw"));
  }

  /** Removes the line that ended the file. */
  void removeEnd() throws IOException {
    if (file.length() > length) {
      file.setLength(length);
    }
  }

  /** Whether the file is still the one at its path, and not shorter than it was. */
  boolean isInPlace() throws IOException {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return Objects.equals(attributes.fileKey(), key) && attributes.size() >= length;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  String name() {
    return name;
  }

  Path path() {
    return path;
  }

  String content() {
    return content;
  }

  long length() {
    return length;
  }

  /** The number of bytes of rows or lines that this host has added. */
  long rowBytes() {
    return rowBytes;
  }

  /**
   * Writes committed bytes, possibly again after a crash or a full disk. Bytes that are there
   * already are overwritten by equal ones, so that no reader misses them.
   *
   * @param position where the bytes go
   */
  void write(long position, Part part) throws IOException {
    file.seek(position);
    var out = new LineStream();
    part.copyTo(out);
    out.flush();
    length = file.getFilePointer();
    rowBytes += length - position - part.headerLength();
  }

  /** Writes {@code #close} or another end, which the next opening removes. */
  void end(byte[] footer) throws IOException {
    file.setLength(length);
    file.seek(length);
    file.write(footer);
  }

  /** Forces everything to the disk. */
  void force() throws IOException {
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /**
   * Hands whole lines to the file, so that a reader does not find half a line; but a line that is
   * longer than a reader of logs accepts, in pieces. Looks at each byte once.
   */
  private final class LineStream extends OutputStream {

    private byte[] gathered = new byte[8 * 1024];
    private int count;

    /** The index after the last line feed; 0 if there is none. */
    private int lineEnd;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > MAX_LINE_BYTES - count) {
        flush();
      }
      if (length > MAX_LINE_BYTES) {
        file.write(bytes, offset, length);
        return;
      }
      if (count + length > gathered.length) {
        gathered = Arrays.copyOf(gathered, Math.max(count + length, 2 * gathered.length));
      }
      System.arraycopy(bytes, offset, gathered, count, length);
      lineEnd = lastLineEnd(count, count + length);
      count += length;
      if (count > GATHERED_BYTES && lineEnd > 0) {
        handOn(lineEnd);
      }
    }

    /** The index after the last line feed, which may be in this range. */
    private int lastLineEnd(int from, int to) {
      for (int at = to; at > from; at--) {
        if (gathered[at - 1] == '\n') {
          return at;
        }
      }
      return lineEnd;
    }

    private void handOn(int length) throws IOException {
      file.write(gathered, 0, length);
      System.arraycopy(gathered, length, gathered, 0, count - length);
      count -= length;
      lineEnd = 0;
    }

    @Override
    public void flush() throws IOException {
      handOn(count);
    }
  }
}
