package io.longline.host.output;

import io.longline.host.ledger.OutputLedger.Append;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Bytes that go to outputs, on the disk before they are committed. The ledger knows what is where
 * in it. Confined to the committing thread.
 */
final class Journal implements Closeable {

  private static final int PIECE_BYTES = 64 * 1024;

  private final Path path;
  private final RandomAccessFile file;
  private final boolean isDurable;

  /** Behind what was committed. */
  private long kept;

  private long position;

  private Journal(Path path, RandomAccessFile file, boolean isDurable) {
    this.path = path;
    this.file = file;
    this.isDurable = isDurable;
  }

  static Journal open(Path path, boolean isDurable) throws IOException {
    return new Journal(path, new RandomAccessFile(path.toFile(), "rw"), isDurable);
  }

  /** Where the next bytes go. */
  long position() {
    return position;
  }

  /** Forgets what was appended and not committed. */
  void rewind() throws IOException {
    position = kept;
    file.seek(position);
  }

  /** Appends a part; returns its checksum. */
  long append(Part part) throws IOException {
    var checksum = new CRC32();
    var out = new CheckedOutputStream(new BufferedOutputStream(stream(), PIECE_BYTES), checksum);
    part.copyTo(out);
    out.flush();
    position = file.getFilePointer();
    return checksum.getValue();
  }

  private OutputStream stream() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        file.write(b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        file.write(bytes, offset, length);
      }
    };
  }

  /** Brings it to the disk. */
  void force() throws IOException {
    if (isDurable) {
      file.getFD().sync();
    }
  }

  /** What was appended is committed. */
  void keep() {
    kept = position;
  }

  /**
   * What was appended once.
   *
   * @param folder for what does not fit in memory
   * @throws IOException if it is not there as it was
   */
  Part read(Append append, Path folder) throws IOException {
    var staging = new Staging(folder);
    var checksum = new CRC32();
    var piece = new byte[PIECE_BYTES];
    file.seek(append.journalPosition());
    for (long left = append.length(); left > 0; ) {
      int count = file.read(piece, 0, (int) Math.min(left, piece.length));
      if (count < 0) {
        break;
      }
      checksum.update(piece, 0, count);
      staging.write(piece, 0, count);
      left -= count;
    }
    if (checksum.getValue() != append.checksum()) {
      staging.discard();
      throw new IOException(
          path
              + " is damaged: "
              + append.length()
              + " bytes for "
              + append.name()
              + " that were committed are not in it. Look at the disk; the rest of the outputs is whole");
    }
    return new Part(new byte[0], staging);
  }

  /** Forgets everything. */
  void clear() throws IOException {
    file.setLength(0);
    kept = 0;
    position = 0;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
