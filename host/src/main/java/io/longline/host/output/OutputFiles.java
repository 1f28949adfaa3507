package io.longline.host.output;

import io.longline.host.files.ForeignFileException;
import io.longline.zeek.LogReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of an output folder. Confined to the committing thread, except for {@link #written()}.
 *
 * <p>The output of calls gets there in three steps: {@link #stage} writes it to the journal, on the
 * disk; the ledger records, in the transaction that records how the calls ended, which bytes of the
 * journal go to which place of which file; {@link #commit} writes them there. A crash before the
 * second step leaves nothing, and after a later crash the next start does the third. So rows that a
 * reader has seen are never taken away; only the line that ends a file is.
 */
public final class OutputFiles implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OutputFiles.class);

  private static final byte[] NOTHING = {};

  private static final String MOVED = "was moved, removed or truncated while Longline wrote to it";

  /** How many things that are not ours may be in the way of one output. */
  private static final int MAX_PASSED_OVER = 100;

  private final OutputFolder folder;
  private final CommitLog commits;
  private final Clock clock;

  private final KnownFiles known;
  private final Map<String, OutputFile> open = new TreeMap<>();
  private final Map<OutputKey, LocalDate> days = new HashMap<>();
  private final Map<Path, Long> written = new TreeMap<>();

  private OutputFiles(OutputFolder folder, CommitLog commits, Clock clock) {
    this.folder = folder;
    this.commits = commits;
    this.clock = clock;
    this.known = new KnownFiles(folder);
  }

  /**
   * Opens the files of a folder, and writes output to them that was committed before a crash.
   *
   * @param records the ledger's records of the folder
   * @param host the id of this start of the host
   * @param isDurable whether a commit must outlast a crash of the machine
   * @throws IOException if committed output cannot be written
   */
  public static OutputFiles open(
      OutputFolder folder, OutputRecords records, String host, Clock clock, boolean isDurable)
      throws IOException {
    var commits = CommitLog.open(folder, records, host, isDurable);
    var files = new OutputFiles(folder, commits, clock);
    try {
      files.recover(records.files());
      return files;
    } catch (IOException | RuntimeException e) {
      commits.close();
      throw e;
    }
  }

  private void recover(List<FileState> states) throws IOException {
    states.forEach(known::put);
    var redone = commits.redo(known);
    var today = LocalDate.now(clock).toString();
    for (var state : states) {
      if (redone.contains(state.name()) || isLeftOpen(state)) {
        recover(state, today);
      }
    }
    checkpoint();
  }

  private void recover(FileState state, String today) throws IOException {
    try {
      // Opening removes everything after the rows.
      file(state);
      if (state.isDaily() && !state.name().contains("/" + today)) {
        end(state.name());
      }
    } catch (ForeignFileException e) {
      passOver(state, e);
    }
  }

  /** Leaves something as it is that is not ours, and continues beside it. */
  private void passOver(FileState state, ForeignFileException foreign) {
    LOG.error(
        "{}, and is left as it is. Longline continues in a new file beside it; move it away if it does not belong there.",
        foreign.getMessage());
    known.passOver(state.name(), foreign);
  }

  /** Whether a file was written to and not ended because the host was killed. */
  private boolean isLeftOpen(FileState state) throws IOException {
    var found = folder.attributes(state.name());
    return Content.hasFooter(state.content()) && found != null && found.size() == state.length();
  }

  /**
   * Opens the files that a call's outputs go to.
   *
   * @throws OutputFailedException if an output cannot be opened
   */
  public void prepare(StagedOutputs staged) throws OutputFailedException {
    for (var entry : staged.opened().entrySet()) {
      var key = entry.getKey();
      try {
        endLastDay(key);
        openTarget(key, entry.getValue().content());
      } catch (IOException e) {
        throw new OutputFailedException(
            "The output " + key.described() + " could not be written: " + e.getMessage(), e);
      }
    }
  }

  private void openTarget(OutputKey key, Content content) throws IOException {
    for (int tries = 1; ; tries++) {
      var state = known.target(key, content, LocalDate.now(clock));
      try {
        closeIfMoved(state.name());
        file(state);
        return;
      } catch (ForeignFileException e) {
        if (tries == MAX_PASSED_OVER) {
          throw e;
        }
        passOver(state, e);
      }
    }
  }

  /** Closes a file that was moved or removed; it is no longer written to. */
  private void closeIfMoved(String name) throws IOException {
    var file = open.get(name);
    if (file != null && !file.isInPlace()) {
      LOG.error("{} {}; Longline continues with a new file.", file.path(), MOVED);
      open.remove(name);
      file.close();
    }
  }

  /**
   * Ends the files of a day that is over; a failure of this does not fail the call. Those of days
   * that hooks choose are never over.
   */
  private void endLastDay(OutputKey key) {
    var today = LocalDate.now(clock);
    var before = key.isOfToday() ? days.put(key, today) : null;
    if (before == null || before.equals(today)) {
      return;
    }
    for (var name : List.copyOf(open.keySet())) {
      if (name.startsWith(key.name() + "/" + before)) {
        try {
          end(name);
        } catch (IOException e) {
          LOG.error(
              "{} could not be ended: {}. The next start does it.",
              name,
              String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private OutputFile target(OutputKey key, Content content) throws IOException {
    return file(known.target(key, content, LocalDate.now(clock)));
  }

  private OutputFile file(FileState state) throws IOException {
    var found = open.get(state.name());
    if (found != null) {
      return found;
    }
    var file = OutputFile.open(folder, state, known.key(state.name()));
    if (file.isShorter()) {
      LOG.error(
          "{} is shorter than when Longline wrote it ({} of {} bytes): it was changed or removed. Longline continues from its current length.",
          file.path(),
          file.length(),
          state.length());
    }
    file.removeEnd();
    open.put(state.name(), file);
    known.opened(file);
    known.put(new FileState(state.name(), state.content(), file.length()));
    return file;
  }

  /**
   * Writes the output of calls to the journal, on the disk; before the ledger's transaction, which
   * others may wait for. All calls must be prepared. Output that was staged before and not
   * committed is discarded.
   *
   * @return the next commit, to be recorded in the ledger
   * @throws IOException if the journal cannot be written
   */
  public OutputCommit stage(List<StagedOutputs> calls) throws IOException {
    return commits.stage(placements(calls));
  }

  /**
   * Writes some of the calls of a commit to the journal again, since the others do not count. The
   * first staged commit stays valid until one of the two is committed.
   *
   * @param calls those that count
   * @throws UncheckedIOException if the journal cannot be written
   */
  public OutputCommit restage(OutputCommit staged, List<StagedOutputs> calls) {
    try {
      return commits.restage(staged, placements(calls));
    } catch (IOException e) {
      throw new UncheckedIOException("The journal of the outputs cannot be written", e);
    }
  }

  private List<Placement> placements(List<StagedOutputs> calls) throws IOException {
    var placements = new ArrayList<Placement>();
    var ends = new HashMap<String, Long>();
    for (var call : calls) {
      for (var entry : call.opened().entrySet()) {
        var content = entry.getValue().content();
        var file = target(entry.getKey(), content);
        // Committed output that is not written yet counts too.
        long length = known.state(file.name(), file.content()).length();
        long position = ends.getOrDefault(file.name(), length);
        var header = position == 0 ? content.header(clock.instant(), clock.getZone()) : NOTHING;
        var part = new Part(header, entry.getValue().staging());
        if (part.length() > 0) {
          placements.add(new Placement(file, position, part));
          ends.put(file.name(), position + part.length());
        }
      }
    }
    return placements;
  }

  /**
   * Writes a commit to its files, after the ledger has recorded it. It can be called again after it
   * failed; the next commit must not be staged before it has succeeded.
   *
   * @throws IOException if a file cannot be written
   */
  public void commit(OutputCommit recorded) throws IOException {
    recorded.files().forEach(known::put);
    commits.commit(recorded);
    count();
    if (commits.isFull()) {
      checkpoint();
    }
  }

  private void count() {
    synchronized (written) {
      for (var file : open.values()) {
        if (file.rowBytes() > 0) {
          written.put(file.path(), file.rowBytes());
        }
      }
    }
  }

  /** The number of bytes of rows and lines written to each file so far. Thread-safe. */
  public Map<Path, Long> written() {
    synchronized (written) {
      return new TreeMap<>(written);
    }
  }

  /** Forces the files to the disk and empties the journal. */
  private void checkpoint() throws IOException {
    for (var file : open.values()) {
      if (!file.isLost()) {
        file.force();
      }
    }
    commits.checkpoint();
  }

  private void end(String name) throws IOException {
    var file = open.remove(name);
    if (file == null) {
      return;
    }
    if (file.isLost()) {
      LOG.error("{} {}, and has no end.", file.path(), MOVED);
      return;
    }
    try (file) {
      boolean isEnded = file.length() > 0 && Content.hasFooter(file.content());
      file.end(isEnded ? footer(file) : NOTHING);
      file.force();
    }
    if (file.length() == 0 && file.isInPlace()) {
      // The file was opened for a call that did not count.
      folder.delete(name);
    }
  }

  /** The bytes that end a file, according to its header. */
  private byte[] footer(OutputFile file) throws IOException {
    try (var reader = LogReader.builder(file.name(), file.bytes()).open()) {
      return new Content.Rows(reader.schema()).footer(clock.instant(), clock.getZone());
    }
  }

  /**
   * Ends all files.
   *
   * @throws IOException if a file cannot be ended, or committed output is left to be written; the
   *     other files are ended anyway, and the next start does the rest
   */
  @Override
  public void close() throws IOException {
    if (!commits.isWritten()) {
      for (var file : open.values()) {
        file.close();
      }
      commits.close();
      throw new IOException(
          "Committed rows could not be written; the next start with this output folder writes them.");
    }
    IOException first = null;
    for (var name : List.copyOf(open.keySet())) {
      try {
        end(name);
      } catch (IOException e) {
        first = first(first, e);
      }
    }
    try {
      if (first == null) {
        checkpoint();
      }
    } catch (IOException e) {
      first = first(first, e);
    }
    commits.close();
    if (first != null) {
      throw first;
    }
  }

  private static IOException first(@Nullable IOException first, IOException next) {
    if (first == null) {
      return next;
    }
    first.addSuppressed(next);
    return first;
  }
}
