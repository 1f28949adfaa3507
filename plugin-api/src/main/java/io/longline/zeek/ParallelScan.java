package io.longline.zeek;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Scans one large log by several threads: the file is cut at line ends into segments, each segment
 * is read into an accumulator of its own, and these are combined in the order of the file.
 * Immutable.
 *
 * <pre>{@code
 * var total = ParallelScan.of(path).fields("resp_bytes").threads(4)
 *     .scan(() -> new long[1], (sum, record) -> sum[0] += record.integer(0, 0),
 *         (one, other) -> new long[] {one[0] + other[0]})
 *     .value();
 * }</pre>
 *
 * <p>Each segment of a TSV log is read with the header at the top of the file. Where a header in
 * mid-file turns out to have changed the schema, the segments behind it are read again with the
 * right one, and what was accumulated of them is thrown away: so an accumulator must have no effect
 * on anything else. Compressed and small files are read by one thread. {@link LogRecord#line()}
 * counts from the start of the segment; lines in the report count from the start of the file.
 */
public final class ParallelScan {

  /** A segment is at least so long. */
  private static final long MIN_SEGMENT_BYTES = 4L * 1024 * 1024;

  /** So that a thread that is done early has something to do. */
  private static final int SEGMENTS_PER_THREAD = 4;

  private final Path file;
  private final @Nullable List<String> fields;
  private final int threads;
  private final long minSegmentBytes;

  private ParallelScan(
      Path file, @Nullable List<String> fields, int threads, long minSegmentBytes) {
    this.file = file;
    this.fields = fields;
    this.threads = threads;
    this.minSegmentBytes = minSegmentBytes;
  }

  /** A scan of a file, by as many threads as there are processors. */
  public static ParallelScan of(Path file) {
    return new ParallelScan(
        file, null, Runtime.getRuntime().availableProcessors(), MIN_SEGMENT_BYTES);
  }

  /** The same of these fields only, which are the columns of the records in this order. */
  public ParallelScan fields(String... names) {
    return new ParallelScan(file, List.of(names), threads, minSegmentBytes);
  }

  /**
   * The same by so many threads.
   *
   * @throws IllegalArgumentException if it is less than one
   */
  public ParallelScan threads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + ".");
    }
    return new ParallelScan(file, fields, threads, minSegmentBytes);
  }

  /** The same with other segments, for tests. */
  ParallelScan minSegmentBytes(long bytes) {
    return new ParallelScan(file, fields, threads, bytes);
  }

  /** Takes a row into an accumulator. */
  @FunctionalInterface
  public interface Accumulation<A> {
    /** Takes a row; the record is valid during the call only. */
    void accept(A accumulator, LogRecord record);
  }

  /**
   * What came of a scan.
   *
   * @param value all accumulators, combined in the order of the file
   * @param report what was found in the file
   */
  public record Result<A>(A value, ReadReport report) {}

  /**
   * Scans the file.
   *
   * @param newAccumulator makes an empty accumulator; called by several threads
   * @param accumulation takes a row; a {@link ZeekFormatException} makes the row a bad line
   * @param combine adds the second accumulator to the first
   * @throws IOException if the file cannot be read, or the thread is interrupted
   */
  public <A> Result<A> scan(
      Supplier<A> newAccumulator, Accumulation<A> accumulation, BinaryOperator<A> combine)
      throws IOException {
    try (var channel = FileChannel.open(file)) {
      var first = firstSchema();
      var ranges = ranges(channel, first != null);
      var executor = Executors.newFixedThreadPool(Math.min(threads, ranges.size()));
      try {
        var segments = new ArrayList<Segment<A>>();
        for (var range : ranges) {
          segments.add(new Segment<>(channel, range, first, newAccumulator, accumulation));
        }
        readAll(executor, segments);
        readAgainWhereTheSchemaChanged(segments);
        return combined(segments, combine);
      } finally {
        executor.shutdownNow();
      }
    }
  }

  /**
   * The schema at the top of a plain file; null if it is compressed, or has none and is no JSON
   * either.
   */
  private @Nullable LogSchema firstSchema() throws IOException {
    try (var reader = LogReader.open(file)) {
      boolean isPlain = !Inflation.isCompressed(file);
      return isPlain && !reader.schema().fields().isEmpty() ? reader.schema() : null;
    }
  }

  /** Where segments start and end: each at the start of a line. */
  private List<long[]> ranges(FileChannel channel, boolean canSplit) throws IOException {
    long size = channel.size();
    long count = Math.min(size / minSegmentBytes, (long) threads * SEGMENTS_PER_THREAD);
    if (!canSplit || threads == 1 || count < 2) {
      return List.of(new long[] {0, size});
    }
    var ranges = new ArrayList<long[]>();
    long start = 0;
    for (int i = 1; i <= count && start < size; i++) {
      long end = i == count ? size : lineStart(channel, Math.max(start, size / count * i));
      if (end > start) {
        ranges.add(new long[] {start, end});
        start = end;
      }
    }
    return ranges;
  }

  /** Behind the first line feed at or behind this place. */
  private static long lineStart(FileChannel channel, long from) throws IOException {
    var piece = ByteBuffer.allocate(64 * 1024);
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

  private static <A> void readAll(ExecutorService executor, List<Segment<A>> segments)
      throws IOException {
    var futures = new ArrayList<Future<?>>();
    segments.forEach(segment -> futures.add(executor.submit(segment)));
    for (var future : futures) {
      try {
        future.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("The scan was interrupted.");
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException failure) {
          throw failure;
        }
        throw new IllegalStateException("The accumulation failed.", e.getCause());
      }
    }
  }

  private static <A> void readAgainWhereTheSchemaChanged(List<Segment<A>> segments)
      throws IOException {
    for (int i = 1; i < segments.size(); i++) {
      var before = segments.get(i - 1).endSchema();
      var segment = segments.get(i);
      if (!segment.startsWith(before)) {
        segment.readWith(before);
      }
    }
  }

  private <A> Result<A> combined(List<Segment<A>> segments, BinaryOperator<A> combine) {
    var value = segments.get(0).accumulator();
    long rows = 0;
    long badLines = 0;
    long longRows = 0;
    long blankLines = 0;
    long lines = 0;
    var problems = new ArrayList<ReadReport.Problem>();
    ReadReport last = null;
    for (int i = 0; i < segments.size(); i++) {
      var segment = segments.get(i);
      value = i == 0 ? value : combine.apply(value, segment.accumulator());
      var report = segment.report();
      rows += report.rows();
      badLines += report.badLines();
      longRows += report.longRows();
      blankLines += report.blankLines();
      for (var problem : report.problems()) {
        if (problems.size() < ReadReport.MAX_PROBLEMS) {
          problems.add(
              new ReadReport.Problem(problem.line() + lines, problem.column(), problem.reason()));
        }
      }
      lines += segment.lines();
      last = report;
    }
    var end = Objects.requireNonNull(last);
    return new Result<>(
        value,
        new ReadReport(
            file.toString(),
            rows,
            badLines,
            longRows,
            blankLines,
            problems,
            end.damage(),
            end.closed()));
  }

  /** A part of the file, read by one thread. */
  private final class Segment<A> implements Callable<@Nullable Void> {

    private final FileChannel channel;
    private final long[] range;
    private @Nullable LogSchema startSchema;
    private final Supplier<A> newAccumulator;
    private final Accumulation<A> accumulation;
    private @Nullable A accumulator;
    private @Nullable ReadReport report;
    private @Nullable LogSchema endSchema;
    private long lines;

    Segment(
        FileChannel channel,
        long[] range,
        @Nullable LogSchema startSchema,
        Supplier<A> newAccumulator,
        Accumulation<A> accumulation) {
      this.channel = channel;
      this.range = range;
      this.startSchema = startSchema;
      this.newAccumulator = newAccumulator;
      this.accumulation = accumulation;
    }

    @Override
    public @Nullable Void call() throws IOException {
      readWith(startSchema);
      return null;
    }

    void readWith(@Nullable LogSchema schema) throws IOException {
      startSchema = schema;
      var target = newAccumulator.get();
      var builder =
          LogReader.builder(file.toString(), new RangeStream(channel, range[0], range[1]));
      if (fields != null) {
        builder.fields(fields);
      }
      if (range[0] > 0 && schema != null) {
        builder.continuing(schema);
      }
      try (var reader = builder.open()) {
        reader.forEach(record -> accumulation.accept(target, record));
        report = reader.report();
        endSchema = reader.schema();
        lines = reader.lines();
      }
      accumulator = target;
    }

    /** Whether the segment was read as one that follows this schema. */
    boolean startsWith(LogSchema schema) {
      return startSchema == null
          || schema.format() instanceof JsonFormat
          || (schema.format().equals(startSchema.format())
              && schema.fields().equals(startSchema.fields()));
    }

    A accumulator() {
      return Objects.requireNonNull(accumulator);
    }

    ReadReport report() {
      return Objects.requireNonNull(report);
    }

    LogSchema endSchema() {
      return Objects.requireNonNull(endSchema);
    }

    long lines() {
      return lines;
    }
  }

  /** A range of a file, read by position, so that several can be read at once. */
  private static final class RangeStream extends InputStream {

    private final FileChannel channel;
    private final long end;
    private long position;

    RangeStream(FileChannel channel, long start, long end) {
      this.channel = channel;
      this.position = start;
      this.end = end;
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
