package io.longline.host.output;

import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.OutputLedger;
import io.longline.host.ledger.OutputLedger.Append;
import io.longline.host.ledger.OutputLedger.OutputState;
import io.longline.host.ledger.Session;
import io.longline.zeek.LogReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of an output folder. Confined to the committing thread, but for {@link #written()}.
 *
 * <p>What calls wrote gets there in three steps: it goes to a journal, on the disk; the ledger
 * records, in the transaction that records the calls' outcomes, which bytes of the journal go to
 * which place of which file; then they are written there. A crash before the second step leaves
 * nothing, a crash after it is made up for at the next start. So what a reader has seen is never
 * taken away, but for the line that ends a file.
 */
public final class OutputFiles implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OutputFiles.class);

  /** The journal is emptied when it has grown to this. */
  private static final long MAX_JOURNAL_BYTES = 64L * 1024 * 1024;

  private static final byte[] NOTHING = {};

  /** What the description of the content of a daily file starts with. */
  private static final String DAILY = "daily ";

  private final OutputFolder folder;
  private final OutputLedger ledger;
  private final Clock clock;
  private final Journal journal;

  /** Every file that the ledger knows: what it holds and how long it is. */
  private final Map<String, OutputState> known = new HashMap<>();

  private final Map<String, OutputFile> open = new TreeMap<>();
  private final Map<OutputKey, LocalDate> days = new HashMap<>();
  private final Map<Path, Long> written = new TreeMap<>();

  /** What the transaction that is under way will have written. */
  private List<Planned> planned = List.of();

  /** The calls that this is of, and where in the journal it is. */
  private List<StagedOutputs> staged = List.of();

  private List<Append> rows = List.of();

  private long commits;
  private long appends;

  /** Something that is committed, or about to be: it goes to a place in a file. */
  private record Planned(OutputFile file, long position, Part part) {
    OutputState after() {
      return new OutputState(file.name(), file.content(), position + part.length());
    }
  }

  private OutputFiles(
      OutputFolder folder, OutputLedger ledger, Clock clock, Journal journal, long commits) {
    this.folder = folder;
    this.ledger = ledger;
    this.clock = clock;
    this.journal = journal;
    this.commits = commits;
  }

  /**
   * Opens the files of a folder, and writes to them what was committed before a crash.
   *
   * @param host the id of this start of the host
   * @param isDurable whether what is committed must outlast the machine's
   * @throws IOException if something that was committed cannot be written
   */
  public static OutputFiles open(
      OutputFolder folder, OutputLedger ledger, String host, Clock clock, boolean isDurable)
      throws IOException {
    long commits = ledger.register(folder.path().toString(), host);
    var journal = Journal.open(folder.journal(), isDurable);
    var files = new OutputFiles(folder, ledger, clock, journal, commits);
    try {
      files.recover();
      return files;
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private void recover() throws IOException {
    for (var state : ledger.files()) {
      known.put(state.name(), state);
    }
    var redo = ledger.appends();
    for (var append : redo) {
      redo(append);
    }
    var today = LocalDate.now(clock).toString();
    for (var state : List.copyOf(known.values())) {
      boolean isRedone = redo.stream().anyMatch(append -> append.name().equals(state.name()));
      if (isRedone || isLeftOpen(state)) {
        // Opening takes off what is behind the rows.
        file(state.name(), state.content());
        if (state.content().startsWith(DAILY) && !state.name().contains("/" + today)) {
          end(state.name());
        }
      }
    }
    checkpoint();
  }

  private void redo(Append append) throws IOException {
    var state = known.get(append.name());
    var path = folder.path().resolve(append.name());
    long length = Files.exists(path) ? Files.size(path) : 0;
    if (state == null || length < append.position()) {
      LOG.error(
          "{} is shorter than when Longline wrote it: {} bytes that were committed have no place in it and are left out.",
          path,
          append.length());
      return;
    }
    // What is there already is torn, or the same bytes; the journal is sure to have them.
    try (var file =
        OutputFile.open(folder.path(), append.name(), state.content(), append.position())) {
      file.write(append.position(), journal.read(append, folder.staging()));
      file.force();
    }
  }

  /** A file that was written to and not ended, since the host was killed. */
  private boolean isLeftOpen(OutputState state) throws IOException {
    var path = folder.path().resolve(state.name());
    return hasFooter(state.content()) && Files.exists(path) && Files.size(path) == state.length();
  }

  private static boolean hasFooter(String content) {
    return content.contains("fields");
  }

  /** What ends a file, by its own header. */
  private byte[] footer(Path path) throws IOException {
    try (var reader = LogReader.open(path)) {
      return new Content.Rows(reader.schema()).footer(clock.instant(), clock.getZone());
    }
  }

  /**
   * Opens the files that a call's outputs go to.
   *
   * @throws OutputFailedException if one cannot be opened
   */
  public void prepare(StagedOutputs staged) throws OutputFailedException {
    for (var entry : staged.opened().entrySet()) {
      var key = entry.getKey();
      try {
        endLastDay(key);
        giveUpMoved();
        target(key, entry.getValue().content());
      } catch (IOException e) {
        throw new OutputFailedException(
            "The output " + key.name() + " could not be written: " + e.getMessage(), e);
      }
    }
  }

  /** Files that somebody has moved away or removed are not written to any more. */
  private void giveUpMoved() throws IOException {
    for (var file : List.copyOf(open.values())) {
      if (!file.isInPlace()) {
        LOG.error(
            "{} was moved, removed or cut by somebody while Longline wrote to it; what comes next goes to a file that is begun anew.",
            file.path());
        open.remove(file.name());
        file.close();
      }
    }
  }

  /** Ends the files of a day that is over; a failure of that is not the call's. */
  private void endLastDay(OutputKey key) {
    var today = LocalDate.now(clock);
    var before = key.isDaily() ? days.put(key, today) : null;
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

  /**
   * The file with this content: the first of {@code NAME.log}, {@code NAME-2.log} … that has it, or
   * that nobody has.
   */
  private OutputFile target(OutputKey key, Content content) throws IOException {
    var stem = key.isDaily() ? key.name() + "/" + LocalDate.now(clock) : key.name();
    var description = (key.isDaily() ? DAILY : "") + content.description();
    for (int number = 1; ; number++) {
      var name = stem + (number == 1 ? "" : "-" + number) + ".log";
      var state = known.get(name);
      if (state != null ? state.content().equals(description) : !isTaken(name)) {
        return file(name, description);
      }
    }
  }

  /** Whether there is something in a file; a host that was killed may have left an empty one. */
  private boolean isTaken(String name) throws IOException {
    var path = folder.path().resolve(name);
    return Files.exists(path) && !(Files.isRegularFile(path) && Files.size(path) == 0);
  }

  private OutputFile file(String name, String content) throws IOException {
    var found = open.get(name);
    if (found != null) {
      return found;
    }
    var state = known.get(name);
    long length = state == null ? 0 : state.length();
    var path = folder.path().resolve(name);
    long actual = Files.exists(path) ? Files.size(path) : 0;
    if (actual < length) {
      LOG.error(
          "{} is shorter than when Longline wrote it ({} of {} bytes): somebody else changed or removed it. It is gone on with as it is.",
          path,
          actual,
          length);
      length = actual;
    }
    var file = OutputFile.open(folder.path(), name, content, length);
    file.takeOffEnd();
    open.put(name, file);
    known.put(name, new OutputState(name, content, length));
    return file;
  }

  /**
   * Counts the commit, first in its transaction.
   *
   * @throws SQLException if the one before was committed after all
   */
  public void begin(Session session) throws SQLException {
    ledger.count(session, commits);
  }

  /**
   * Writes what calls wrote to the journal, on the disk; before the transaction, which others may
   * wait for. All were prepared.
   *
   * @throws UncheckedIOException if the journal cannot be written
   */
  public void stage(List<StagedOutputs> calls) {
    try {
      var plan = plan(calls);
      var appended = new ArrayList<Append>();
      journal.rewind();
      long number = appends;
      for (var each : plan) {
        long start = journal.position();
        long checksum = journal.append(each.part());
        appended.add(
            new Append(
                ++number,
                each.file().name(),
                each.position(),
                each.part().length(),
                start,
                checksum));
      }
      if (!appended.isEmpty()) {
        journal.force();
      }
      planned = plan;
      rows = appended;
      staged = List.copyOf(calls);
    } catch (IOException e) {
      throw new UncheckedIOException("The journal of the outputs cannot be written", e);
    }
  }

  /**
   * Records where in the files goes what was staged, in the transaction that records the calls'
   * outcomes.
   *
   * @param calls those that count, most often all that were staged
   * @throws UncheckedIOException if the journal cannot be written
   */
  public void record(Session session, List<StagedOutputs> calls) throws SQLException {
    if (!calls.equals(staged)) {
      stage(calls);
    }
    var states = new LinkedHashMap<String, OutputState>();
    planned.forEach(each -> states.put(each.file().name(), each.after()));
    ledger.record(session, rows, List.copyOf(states.values()));
  }

  private List<Planned> plan(List<StagedOutputs> calls) throws IOException {
    var plan = new ArrayList<Planned>();
    var ends = new HashMap<String, Long>();
    for (var call : calls) {
      for (var entry : call.opened().entrySet()) {
        var content = entry.getValue().content();
        var file = target(entry.getKey(), content);
        // What was committed and could not be written yet counts too.
        long length = known.get(file.name()) == null ? 0 : known.get(file.name()).length();
        long position = ends.getOrDefault(file.name(), length);
        var header = position == 0 ? content.header(clock.instant(), clock.getZone()) : NOTHING;
        var part = new Part(header, entry.getValue().staging());
        if (part.length() > 0) {
          plan.add(new Planned(file, position, part));
          ends.put(file.name(), position + part.length());
        }
      }
    }
    return plan;
  }

  /**
   * Whether the last transaction was committed, when its end was not heard of.
   *
   * @throws LedgerException if that cannot be found out now
   */
  public boolean wasCommitted() throws LedgerException {
    return ledger.commits() > commits;
  }

  /** Notes that the last transaction was committed. To be called before {@link #write}. */
  public void committed() {
    commits++;
    appends += planned.size();
    journal.keep();
    for (var each : planned) {
      known.put(each.file().name(), each.after());
    }
  }

  /**
   * Writes what was committed to the files. It can be called again after it failed.
   *
   * @throws IOException if a file cannot be written
   */
  public void write() throws IOException {
    var left = new ArrayList<>(planned);
    try {
      while (!left.isEmpty()) {
        var next = left.get(0);
        next.file().write(next.position(), next.part());
        left.remove(0);
      }
    } finally {
      planned = left;
    }
    count();
    if (journal.position() > MAX_JOURNAL_BYTES) {
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

  /** How many bytes of rows and lines went to each file so far. Thread-safe. */
  public Map<Path, Long> written() {
    synchronized (written) {
      return new TreeMap<>(written);
    }
  }

  /** Brings the files to the disk and empties the journal. */
  private void checkpoint() throws IOException {
    for (var file : open.values()) {
      file.force();
    }
    ledger.checkpoint();
    journal.clear();
    appends = 0;
  }

  private void end(String name) throws IOException {
    var file = open.remove(name);
    if (file == null) {
      return;
    }
    try (file) {
      boolean isEnded = file.length() > 0 && hasFooter(file.content());
      file.end(isEnded ? footer(file.path()) : NOTHING);
      file.force();
    }
    if (file.length() == 0) {
      // It was opened for a call that did not count in the end.
      Files.deleteIfExists(file.path());
    }
  }

  /**
   * Ends all files.
   *
   * @throws IOException if one cannot be ended, or there is something left to be written; the
   *     others are ended all the same, and the next start does the rest
   */
  @Override
  public void close() throws IOException {
    if (!planned.isEmpty()) {
      for (var file : open.values()) {
        file.close();
      }
      journal.close();
      throw new IOException(
          "Rows that are committed could not be written; the next start with this output folder does it.");
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
    journal.close();
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
