package io.longline.host.output;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commits to an output folder: each is staged in the journal, counts when the ledger has
 * recorded it, and is written to its files then. Confined to the committing thread.
 */
final class CommitLog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CommitLog.class);

  /** The size in bytes at which the journal is emptied. */
  private static final long MAX_JOURNAL_BYTES = 64L * 1024 * 1024;

  private static final String ACCEPTED_LOSS = "leave-out-lost-bytes";

  private static final int PIECE_BYTES = 64 * 1024;

  private final OutputFolder folder;
  private final OutputRecords records;
  private final Journal journal;

  /** The number of commits so far. */
  private long commits;

  /** The number of their appends in the journal. */
  private long appends;

  /** The committed appends that are not in their files yet. */
  private final Queue<Placement> unwritten = new ArrayDeque<>();

  private CommitLog(OutputFolder folder, OutputRecords records, Journal journal, long commits) {
    this.folder = folder;
    this.records = records;
    this.journal = journal;
    this.commits = commits;
  }

  /**
   * Opens the log of a folder.
   *
   * @param host the id of this start of the host
   * @param isDurable whether a commit must outlast a crash of the machine
   */
  static CommitLog open(OutputFolder folder, OutputRecords records, String host, boolean isDurable)
      throws IOException {
    long commits = records.register(folder.path().toString(), host);
    return new CommitLog(folder, records, Journal.open(folder.journal(), isDurable), commits);
  }

  /**
   * Writes output to the files that was committed before a crash.
   *
   * @param known the files that the ledger knows
   * @return the names of the files that were written to
   * @throws IOException if committed output cannot be written
   */
  List<String> redo(KnownFiles known) throws IOException {
    var names = new ArrayList<String>();
    for (var append : records.appends()) {
      names.add(append.name());
      var path = folder.path().resolve(append.name());
      if (!known.contains(append.name()) || length(path) < append.position()) {
        LOG.error(
            "{} is shorter than when Longline wrote it: {} committed bytes have no place in it and are left out.",
            path,
            append.length());
      } else {
        redo(append);
      }
    }
    Files.deleteIfExists(acceptedLoss());
    return names;
  }

  /** Exists if a person has decided that committed bytes that are lost are to be left out. */
  private Path acceptedLoss() {
    return folder.journal().resolveSibling(ACCEPTED_LOSS);
  }

  private static long length(Path path) throws IOException {
    return Files.exists(path) ? Files.size(path) : 0;
  }

  private void redo(Append append) throws IOException {
    try {
      write(append);
    } catch (DamagedJournalException e) {
      if (hasBytes(append)) {
        LOG.warn("{} They are in {} already.", e.getMessage(), append.name());
      } else if (Files.exists(acceptedLoss())) {
        LOG.error("{} They are left out, with what follows them.", e.getMessage());
      } else {
        throw new IOException(
            e.getMessage()
                + " Check the disk. To start without these bytes, and without those that follow them in this file: touch "
                + quoted(acceptedLoss())
                + "; then start again, and have the hook's calls made again (longline replay).",
            e);
      }
    }
  }

  /** For a shell. */
  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "'\\''") + "'";
  }

  /** Whether the file has the bytes, at their place. */
  private boolean hasBytes(Append append) throws IOException {
    var checksum = new CRC32();
    try (var in = Files.newInputStream(folder.path().resolve(append.name()))) {
      in.skipNBytes(append.position());
      for (long left = append.length(); left > 0; ) {
        var piece = in.readNBytes((int) Math.min(left, PIECE_BYTES));
        if (piece.length == 0) {
          return false;
        }
        checksum.update(piece);
        left -= piece.length;
      }
    } catch (EOFException e) {
      return false;
    }
    return checksum.getValue() == append.checksum();
  }

  private void write(Append append) throws IOException {
    // Before the file is opened, which removes what is behind the place.
    var part = journal.read(append, folder.staging());
    // The file may hold the same bytes already, or some of them; the journal holds all of them.
    try (var file = OutputFile.open(folder.path(), append.name(), "", append.position())) {
      file.write(append.position(), part);
      file.force();
    }
  }

  /**
   * Writes the next commit to the journal, on the disk, replacing a commit that was staged and not
   * committed.
   */
  OutputCommit stage(List<Placement> placements) throws IOException {
    journal.rewind();
    return append(placements);
  }

  /** Writes a commit with other content after the staged one of the same number, which stays. */
  OutputCommit restage(OutputCommit staged, List<Placement> placements) throws IOException {
    journal.rewindTo(staged.journalEnd());
    return append(placements);
  }

  private OutputCommit append(List<Placement> placements) throws IOException {
    var appended = new ArrayList<Append>();
    long number = appends;
    for (var each : placements) {
      long start = journal.position();
      long checksum = journal.append(each.part());
      number++;
      appended.add(
          new Append(
              number, each.file().name(), each.position(), each.part().length(), start, checksum));
    }
    if (!appended.isEmpty()) {
      journal.force();
    }
    return new OutputCommit(folder.id(), commits + 1, appended, placements, journal.position());
  }

  /**
   * Writes a commit that the ledger has recorded to its files. It can be called again after it
   * failed, and then continues where it stopped.
   *
   * @throws IOException if a file cannot be written
   */
  void commit(OutputCommit recorded) throws IOException {
    if (recorded.number() > commits) {
      commits = recorded.number();
      appends += recorded.appends().size();
      journal.keep(recorded.journalEnd());
      unwritten.addAll(recorded.placements());
    }
    for (var next = unwritten.peek(); next != null; next = unwritten.peek()) {
      next.write();
      unwritten.remove();
    }
  }

  /** Whether all committed output is in its files. */
  boolean isWritten() {
    return unwritten.isEmpty();
  }

  /** Whether it is time for a checkpoint. */
  boolean isFull() {
    return journal.position() > MAX_JOURNAL_BYTES;
  }

  /**
   * Empties the journal. To be called when everything is in the files, and the files are on the
   * disk.
   */
  void checkpoint() throws IOException {
    records.checkpoint();
    journal.clear();
    appends = 0;
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
