package io.longline.host.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;

/**
 * An open file with a position, which outlasts interrupts: an interrupt of a thread closes the
 * channel that it uses, and then the same file is opened again. The thread stays interrupted.
 * Confined to one thread.
 */
public final class PositionedFile implements Closeable {

  /** Opens the file again. */
  @FunctionalInterface
  public interface Opening {
    /**
     * The same file.
     *
     * @throws IOException if it cannot be opened, or is not at its place any more
     */
    FileChannel open() throws IOException;
  }

  @FunctionalInterface
  private interface Operation {
    long on(FileChannel channel) throws IOException;
  }

  private final Opening again;
  private FileChannel channel;
  private long position;

  /**
   * A file.
   *
   * @param channel the open file
   * @param again opens it again, and no other
   */
  public PositionedFile(FileChannel channel, Opening again) {
    this.channel = channel;
    this.again = again;
  }

  private long uninterrupted(Operation operation) throws IOException {
    boolean wasInterrupted = Thread.interrupted();
    try {
      for (; ; ) {
        try {
          return operation.on(channel);
        } catch (ClosedByInterruptException e) {
          wasInterrupted |= Thread.interrupted();
          channel = again.open();
        }
      }
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Where the next bytes are read or written. */
  public long position() {
    return position;
  }

  /** Goes to a position, which may be behind the end. */
  public void seek(long to) {
    position = to;
  }

  /** Writes bytes, and goes behind them. */
  public void write(byte[] bytes, int offset, int length) throws IOException {
    long start = position;
    uninterrupted(
        open -> {
          var left = ByteBuffer.wrap(bytes, offset, length);
          while (left.hasRemaining()) {
            open.write(left, start + left.position() - offset);
          }
          return length;
        });
    position = start + length;
  }

  /** Reads bytes, and goes behind them; returns how many, or -1 at the end. */
  public int read(byte[] bytes, int offset, int length) throws IOException {
    long start = position;
    int count =
        (int) uninterrupted(open -> open.read(ByteBuffer.wrap(bytes, offset, length), start));
    position = start + Math.max(0, count);
    return count;
  }

  /** What follows the position. Closing it does not close the file. */
  public InputStream in() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return PositionedFile.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return PositionedFile.this.read(bytes, offset, length);
      }
    };
  }

  /** Everything that is written through this goes to the position. Closing it closes nothing. */
  public OutputStream out() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        PositionedFile.this.write(bytes, offset, length);
      }
    };
  }

  /** The length in bytes. */
  public long length() throws IOException {
    return uninterrupted(FileChannel::size);
  }

  /** Cuts everything off from a position on. */
  public void truncate(long length) throws IOException {
    uninterrupted(open -> open.truncate(length).size());
  }

  /** Forces everything to the disk. */
  public void force() throws IOException {
    uninterrupted(
        open -> {
          open.force(true);
          return 0;
        });
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
