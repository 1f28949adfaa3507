package io.longline.host.output;

import io.longline.host.files.FileAccess;
import io.longline.host.files.ForeignFileException;
import io.longline.host.files.OpenFolder;
import io.longline.host.files.PositionedFile;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that go to outputs, on the disk before they are committed. Confined to the committing
 * thread.
 *
 * <p>The file has no header, no lengths and no marks: it is the bytes of one append after another.
 * The table {@code output_append} of the ledger says which bytes are which.
 *
 * <pre>
 * 0                                      kept                position
 * +-------------+-----------+------------+-------------------+---------- - -
 * | append 1    | append 2  | append 3   | the commit that   | left from a
 * |             |           |            | is being made     | larger one
 * +-------------+-----------+------------+-------------------+---------- - -
 * ^             ^           ^
 * |             |           journal_position, length, checksum of number 3
 * |             journal_position, length, checksum of number 2
 * journal_position 0, length, checksum of number 1
 * </pre>
 *
 * <p>An append is the header of an output file, if it is the first of that file, and the output of
 * one call for it; the checksum is the CRC-32 of both. Numbers and positions restart when the
 * journal is emptied at a checkpoint.
 *
 * <p><b>Commit point.</b> {@link #force} forces the bytes to the disk; then the ledger's
 * transaction records the appends. A crash before the end of that transaction leaves bytes after
 * {@code kept} that nothing refers to, and the next commit overwrites them. A crash after it leaves
 * appends that the next start {@linkplain #read reads} and writes to their files, even if they are
 * there already.
 *
 * <p><b>Known limit.</b> Committed bytes are read only after a crash. If the disk lost them after
 * it reported them as written, the checksum reveals this then, and the damaged bytes cannot be
 * restored: the host does not start with that output folder.
 */
final class Journal implements Closeable {

  private static final int PIECE_BYTES = 64 * 1024;

  private final Path path;
  private final PositionedFile file;
  private final boolean isDurable;

  /** The end of the committed bytes. */
  private long kept;

  /** Where the next bytes go. */
  private long position;

  private Journal(Path path, PositionedFile file, boolean isDurable) {
    this.path = path;
    this.file = file;
    this.isDurable = isDurable;
  }

  static Journal open(Path path, boolean isDurable) throws IOException {
    try {
      return new Journal(path, opened(path), isDurable);
    } catch (ForeignFileException e) {
      throw new IOException(
          e.getMessage() + ", and not Longline's journal. Move it away, then start again.", e);
    }
  }

  private static PositionedFile opened(Path path) throws IOException {
    try (var folder = OpenFolder.open(Objects.requireNonNull(path.getParent()))) {
      var name = path.getFileName().toString();
      var channel = folder.file(name, FileAccess.OWNER);
      var found = folder.attributes(name);
      var key = found == null ? null : found.fileKey();
      return new PositionedFile(channel, () -> openedAgain(path, key));
    }
  }

  private static FileChannel openedAgain(Path path, @Nullable Object key) throws IOException {
    try (var folder = OpenFolder.open(Objects.requireNonNull(path.getParent()))) {
      return folder.file(path.getFileName().toString(), FileAccess.OWNER, key);
    }
  }

  /** Where the next bytes go. */
  long position() {
    return position;
  }

  /** Forgets uncommitted bytes. */
  void rewind() throws IOException {
    rewindTo(kept);
  }

  /** Forgets uncommitted bytes from a position on. */
  void rewindTo(long end) throws IOException {
    position = end;
    file.seek(end);
  }

  /** Appends a part; returns its checksum. */
  long append(Part part) throws IOException {
    var checksum = new CRC32();
    var out = new CheckedOutputStream(new BufferedOutputStream(file.out(), PIECE_BYTES), checksum);
    part.copyTo(out);
    out.flush();
    position = file.position();
    return checksum.getValue();
  }

  /** Forces appended bytes to the disk. */
  void force() throws IOException {
    if (isDurable) {
      file.force();
    }
  }

  /** Records that the bytes up to a position are committed. */
  void keep(long end) {
    kept = end;
  }

  /**
   * Reads an append from before a crash.
   *
   * @param folder for content that does not fit in memory
   * @throws IOException if the bytes are missing or have changed
   */
  Part read(Append append, Path folder) throws IOException {
    var staging = new Staging(folder, PIECE_BYTES);
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
      throw new DamagedJournalException(
          path
              + " is damaged: "
              + append.length()
              + " committed bytes for "
              + append.name()
              + " are missing from it or have changed.");
    }
    return new Part(new byte[0], staging);
  }

  /** Clears the journal. */
  void clear() throws IOException {
    file.truncate(0);
    file.seek(0);
    kept = 0;
    position = 0;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
