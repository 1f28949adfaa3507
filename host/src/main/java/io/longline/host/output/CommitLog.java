package io.longline.host.output;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.longline.host.files.ForeignFileException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** The files beside those that are not ours, to which committed bytes were written at start. */
  private final Map<String, String> besides = new HashMap<>();

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
      var found = folder.attributes(append.name());
      long length = found == null ? 0 : found.size();
      if (!known.contains(append.name())
          || length < append.position() && (found == null || found.isRegularFile())) {
        LOG.error(
            "{} is shorter than when Longline wrote it: {} committed bytes have no place in it and are left out.",
            folder.path().resolve(append.name()),
            append.length());
      } else {
        redo(append, known);
      }
    }
    Files.deleteIfExists(acceptedLoss());
    return names;
  }

  /** Exists if a person has decided that committed bytes that are lost are to be left out. */
  private Path acceptedLoss() {
    return folder.journal().resolveSibling(ACCEPTED_LOSS);
  }

  private void redo(Append append, KnownFiles known) throws IOException {
    try {
      write(append, known);
    } catch (DamagedJournalException e) {
      if (hasBytes(append)) {
        LOG.warn("{} They are in {} already.", e.getMessage(), append.name());
      } else if (Files.exists(acceptedLoss(), LinkOption.NOFOLLOW_LINKS)) {
        LOG.error("{} They are left out, with what follows them.", e.getMessage());
      } else {
        throw new IOException(
            e.getMessage()
                + " Check the disk. To start without these bytes, and without those that follow them in this file: touch "
                + quoted(acceptedLoss())
                + "; then start again, and have the hook's calls made again.",
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
    var path = folder.path().resolve(append.name());
    var checksum = new CRC32();
    try (var in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      in.skipNBytes(append.position());
      for (long left = append.length(); left > 0; ) {
        var piece = in.readNBytes((int) Math.min(left, PIECE_BYTES));
        if (piece.length == 0) {
          return false;
        }
        checksum.update(piece);
        left -= piece.length;
      }
    } catch (EOFException | FileSystemException e) {
      return false;
    }
    return checksum.getValue() == append.checksum();
  }

  private void write(Append append, KnownFiles known) throws IOException {
    var state = known.state(append.name(), "");
    var part = journal.read(append, folder.staging());
    // The file may hold the same bytes already, or some of them; the journal holds all of them.
    try (var file = OutputFile.open(folder, state, known.key(state.name()))) {
      file.write(append.position(), part);
      file.force();
      known.opened(file);
    } catch (ForeignFileException e) {
      redoBeside(state, part, known, e);
    }
  }

  /** Writes committed bytes to a file beside the one that they were for. */
  private void redoBeside(
      FileState state, Part part, KnownFiles known, ForeignFileException foreign)
      throws IOException {
    var before = besides.get(state.name());
    var name = before == null ? known.beside(state.name()) : before;
    LOG.error(
        "{}, and is left as it is. {} bytes that were committed to it are written to {}.",
        foreign.getMessage(),
        part.length(),
        name);
    var beside = known.state(name, state.content());
    try (var file = OutputFile.open(folder, beside, known.key(name))) {
      if (before == null) {
        var header = FileState.header(state.content()).getBytes(ISO_8859_1);
        file.write(0, new Part(header, new Staging(folder.staging(), header.length)));
      }
      file.write(file.length(), part);
      file.force();
      known.put(new FileState(name, state.content(), file.length()));
      known.opened(file);
    }
    besides.put(state.name(), name);
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
