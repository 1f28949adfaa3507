package io.longline.host.output;

import io.longline.host.files.ForeignFileException;
import io.longline.host.files.PositionedFile;
import io.longline.zeek.LogReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One file of an output. Confined to one thread.
 *
 * <p>It is never a symbolic link, and never another file than the one that Longline has written:
 * see {@link WrittenContent}.
 */
final class OutputFile implements Closeable {

  /** The buffer size in bytes; lines are buffered and written whole. */
  private static final int GATHERED_BYTES = 128 * 1024;

  /** The longest line that is written whole. */
  private static final int MAX_LINE_BYTES = LogReader.DEFAULT_MAX_ROW_BYTES;

  private final Path path;
  private final String name;
  private final String content;
  private final PositionedFile file;

  /**
   * Distinguishes the file from another of the same name; null if the file system has no such key.
   */
  private final @Nullable Object key;

  /** The length that the ledger knows, in bytes. */
  private long length;

  private long rowBytes;

  private OutputFile(OutputFolder folder, FileState state, OutputFolder.Opened opened) {
    this.path = folder.path().resolve(state.name());
    this.name = state.name();
    this.content = state.content();
    this.length = state.length();
    this.key = opened.key();
    this.file = opened.file();
  }

  /**
   * Opens or makes a file of a folder.
   *
   * @param state what the ledger knows of it; the line that ended the file may follow
   * @param key the key of the file that this host has written before; null if it has not
   * @throws ForeignFileException if what is there is not a file that Longline has written
   */
  static OutputFile open(OutputFolder folder, FileState state, @Nullable Object key)
      throws IOException {
    var opened = folder.open(state.name());
    try {
      var file = new OutputFile(folder, state, opened);
      if (key == null || !key.equals(opened.key())) {
        file.check(key == null);
      }
      return file;
    } catch (IOException | RuntimeException e) {
      opened.file().close();
      throw e;
    }
  }

  /** A file that is new here is empty, or one that an earlier host has written. */
  private void check(boolean isFirst) throws IOException {
    if (file.length() > 0 && !(isFirst && new WrittenContent(content, length).isContentOf(file))) {
      throw new ForeignFileException(
          path, isFirst ? "has content that is not Longline's" : "is another file now", false);
    }
  }

  /** Shortens what is known of the file to what is there; returns whether anything is missing. */
  boolean isShorter() throws IOException {
    long actual = file.length();
    if (actual >= length) {
      return false;
    }
    length = actual;
    return true;
  }

  /** Removes the line that ended the file. */
  void removeEnd() throws IOException {
    if (file.length() > length) {
      file.truncate(length);
    }
  }

  /** Whether the file is still the one at its path, and not shorter than it was. */
  boolean isInPlace() throws IOException {
    try {
      var attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return Objects.equals(attributes.fileKey(), key) && attributes.size() >= length;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Distinguishes the file from another of the same name; null if nothing does. */
  @Nullable Object key() {
    return key;
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
    length = file.position();
    rowBytes += length - position - part.headerLength();
  }

  /** Writes {@code #close} or another end, which the next opening removes. */
  void end(byte[] footer) throws IOException {
    file.truncate(length);
    file.seek(length);
    file.write(footer, 0, footer.length);
  }

  /** The content from the start. Reading it moves the place where is written next. */
  InputStream bytes() {
    file.seek(0);
    return file.in();
  }

  /** Forces everything to the disk. */
  void force() throws IOException {
    file.force();
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
