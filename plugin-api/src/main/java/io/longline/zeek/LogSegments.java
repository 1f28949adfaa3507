package io.longline.zeek;

import static java.util.stream.Collectors.toSet;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One log, cut at line ends into segments that can be read at the same time; {@link ParallelScan}
 * is for everybody. Thread-safe; a reader of a segment is confined to one thread at a time.
 *
 * <p>A segment of a TSV log is read with the header at the top of the file. Whether that was right
 * is known when all segments have been read: see {@link #isContinuous}. A compressed or small log
 * is a single segment. {@link LogRecord#line()} counts from the start of the segment.
 */
@Internal
public final class LogSegments implements Closeable {

  private static final int PIECE_BYTES = 64 * 1024;

  private final FileChannel channel;
  private final Path file;
  private final @Nullable String onlyPath;
  private final Consumer<ReadReport> onClose;
  private final @Nullable LogSchema top;
  private final List<Range> ranges;
  private @Nullable ReadReport whole;

  /** Bytes of the file, from the start of a line to the start of another. */
  private record Range(long start, long end) {}

  private LogSegments(
      FileChannel channel,
      Path file,
      @Nullable String onlyPath,
      Consumer<ReadReport> onClose,
      @Nullable LogSchema top,
      List<Range> ranges) {
    this.channel = channel;
    this.file = file;
    this.onlyPath = onlyPath;
    this.onClose = onClose;
    this.top = top;
    this.ranges = List.copyOf(ranges);
  }

  /**
   * Cuts a log.
   *
   * @param onlyPath the path of the log that is wanted from a stream of many; null for all
   * @param onClose receives the report on the whole log when the segments are closed, if {@link
   *     #report} was called
   * @param minBytes the least length of a segment
   * @param most the largest number of segments
   */
  static LogSegments of(
      Path file, @Nullable String onlyPath, Consumer<ReadReport> onClose, long minBytes, int most)
      throws IOException {
    RegularFile.check(file);
    var channel = FileChannel.open(file);
    try {
      var top = top(file);
      long count = top == null ? 1 : Math.min(channel.size() / minBytes, most);
      return new LogSegments(
          channel, file, onlyPath, onClose, top, ranges(channel, Math.max(1, count)));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * The schema at the top of a plain file; null if it is compressed, or is neither TSV with a
   * header nor JSON.
   */
  private static @Nullable LogSchema top(Path file) throws IOException {
    if (Inflation.isCompressed(file)) {
      return null;
    }
    try (var reader = LogReader.open(file)) {
      return reader.schema().fields().isEmpty() ? null : reader.schema();
    }
  }

  private static List<Range> ranges(FileChannel channel, long count) throws IOException {
    long size = channel.size();
    var ranges = new ArrayList<Range>();
    long start = 0;
    for (int i = 1; i < count && start < size; i++) {
      long end = lineStart(channel, Math.max(start, size / count * i));
      if (end > start) {
        ranges.add(new Range(start, end));
        start = end;
      }
    }
    if (start < size || ranges.isEmpty()) {
      ranges.add(new Range(start, size));
    }
    return ranges;
  }

  /** The index after the first line feed at or after this place. */
  private static long lineStart(FileChannel channel, long from) throws IOException {
    var piece = ByteBuffer.allocate(PIECE_BYTES);
    for (long at = from; ; ) {
      piece.clear();
      int count = channel.read(piece, at);
      if (count < 0) {
        return channel.size();
      }
      for (int i = 0; i < count; i++) {
        if (piece.get(i) == '\n') {
          return at + i + 1;
        }
      }
      at += count;
    }
  }

  /** The number of segments; 1 or more. */
  public int size() {
    return ranges.size();
  }

  /**
   * Opens a segment.
   *
   * @param index from 0
   * @param fields the fields to read, which are the columns of the records in this order; none for
   *     all
   * @throws IOException if it cannot be read
   */
  public LogReader open(int index, List<WantedField> fields) throws IOException {
    return open(index, top, fields);
  }

  /** Opens a segment that follows rows of this schema; it does not matter for the first. */
  LogReader open(int index, @Nullable LogSchema before, List<WantedField> fields)
      throws IOException {
    var range = ranges.get(index);
    var builder = LogReader.builder(file.toString(), new RangeStream(channel, range));
    if (!fields.isEmpty()) {
      builder.wanted(fields);
    }
    if (onlyPath != null) {
      builder.path(onlyPath);
    }
    if (index > 0 && before != null) {
      builder.continuing(before);
    }
    return builder.open();
  }

  /**
   * Whether each segment was read with the right columns: false if a header in mid-file changed
   * them in an earlier segment.
   *
   * @param readers one of each segment, in order, read to the end
   */
  public boolean isContinuous(List<LogReader> readers) {
    for (int i = 1; i < readers.size(); i++) {
      if (top == null || !follows(top, readers.get(i - 1).schema())) {
        return false;
      }
    }
    return true;
  }

  /** Whether rows that follow one schema can be read with the other. */
  static boolean follows(LogSchema assumed, LogSchema before) {
    return before.format() instanceof JsonFormat
        || (before.format().equals(assumed.format()) && before.fields().equals(assumed.fields()));
  }

  @Nullable LogSchema top() {
    return top;
  }

  /**
   * Combines the reports on the segments into that of one reader of the whole file.
   *
   * @param readers one of each segment, in order, read to the end
   */
  public ReadReport report(List<LogReader> readers) {
    long rows = 0;
    long badLines = 0;
    long longRows = 0;
    long blankLines = 0;
    long rejectedRows = 0;
    long lines = 0;
    var problems = new ArrayList<ReadReport.Problem>();
    for (var reader : readers) {
      var report = reader.report();
      rows += report.rows();
      badLines += report.badLines();
      longRows += report.longRows();
      blankLines += report.blankLines();
      rejectedRows += report.rejectedRows();
      for (var problem : report.problems()) {
        if (problems.size() < ReadReport.MAX_PROBLEMS) {
          problems.add(
              new ReadReport.Problem(problem.line() + lines, problem.column(), problem.reason()));
        }
      }
      lines += reader.lines();
    }
    var end = readers.get(readers.size() - 1).report();
    var report =
        new ReadReport(
            file.toString(),
            rows,
            badLines,
            longRows,
            blankLines,
            problems,
            end.damage(),
            end.closed(),
            rejectedRows,
            missing(readers));
    whole = report;
    return report;
  }

  /** The fields that every segment lacks, since a JSON log may have a key in one alone. */
  private static List<ReadReport.MissingField> missing(List<LogReader> readers) {
    var missing = new ArrayList<>(readers.get(0).report().missingFields());
    for (var reader : readers) {
      var names = reader.report().missingFields().stream().map(ReadReport.MissingField::name);
      var lacking = names.collect(toSet());
      missing.removeIf(field -> !lacking.contains(field.name()));
    }
    return missing;
  }

  /**
   * Closes the file, and passes on the report if there is one.
   *
   * @throws IOException if that fails
   */
  @Override
  public void close() throws IOException {
    channel.close();
    var report = whole;
    whole = null;
    if (report != null) {
      onClose.accept(report);
    }
  }

  /** A range of a file, read by position, so that several can be read at once. */
  private static final class RangeStream extends InputStream {

    private final FileChannel channel;
    private final long end;
    private long position;

    RangeStream(FileChannel channel, Range range) {
      this.channel = channel;
      this.position = range.start();
      this.end = range.end();
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (position >= end) {
        return -1;
      }
      int count =
          channel.read(
              ByteBuffer.wrap(bytes, offset, (int) Math.min(length, end - position)), position);
      if (count > 0) {
        position += count;
      }
      return count;
    }
  }
}
