package io.longline.zeek;

import java.io.IOException;
import java.io.InterruptedIOException;
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
 * Scans one large log with several threads: the file is cut at line ends into segments, each
 * segment is read into an accumulator of its own, and these are combined in the order of the file.
 * Immutable.
 *
 * <pre>{@code
 * var total = ParallelScan.of(path).fields("resp_bytes").threads(4)
 *     .scan(() -> new long[1], (sum, record) -> sum[0] += record.integer(0, 0),
 *         (one, other) -> new long[] {one[0] + other[0]})
 *     .value();
 * }</pre>
 *
 * <p>Each segment of a TSV log is read with the header at the top of the file. If a header in
 * mid-file turns out to have changed the schema, the segments after it are read again with the
 * right one, and their first accumulators are discarded: so an accumulator must have no side
 * effects. Compressed and small files are read by one thread. {@link LogRecord#line()} counts from
 * the start of the segment; lines in the report count from the start of the file.
 *
 * @since 0.1.0
 */
public final class ParallelScan {

  /** The least length of a segment. */
  private static final long MIN_SEGMENT_BYTES = 4L * 1024 * 1024;

  /** More than one, so that a thread that finishes early has more to do. */
  private static final int SEGMENTS_PER_THREAD = 4;

  private final Source source;
  private final List<String> fields;
  private final int threads;
  private final long minSegmentBytes;

  /** Opens the log in segments. */
  @FunctionalInterface
  private interface Source {
    LogSegments cut(long minSegmentBytes, int most) throws IOException;
  }

  private ParallelScan(Source source, List<String> fields, int threads, long minSegmentBytes) {
    this.source = source;
    this.fields = fields;
    this.threads = threads;
    this.minSegmentBytes = minSegmentBytes;
  }

  private static ParallelScan of(Source source) {
    return new ParallelScan(
        source, List.of(), Runtime.getRuntime().availableProcessors(), MIN_SEGMENT_BYTES);
  }

  /** A scan of a file, with as many threads as there are processors. */
  public static ParallelScan of(Path file) {
    return of((bytes, most) -> LogSegments.of(file, null, report -> {}, bytes, most));
  }

  /**
   * A scan of a log of a batch, with as many threads as there are processors. The host learns from
   * it what it learns from other readers of the log.
   */
  public static ParallelScan of(LogFile log) {
    return of(log::segments);
  }

  /**
   * A copy that reads only these fields, which are the columns of the records in this order; each
   * is required.
   */
  public ParallelScan fields(String... names) {
    return new ParallelScan(source, List.of(names), threads, minSegmentBytes);
  }

  /**
   * A copy with this number of threads.
   *
   * @throws IllegalArgumentException if it is less than one
   */
  public ParallelScan threads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + "; it must be 1 or more.");
    }
    return new ParallelScan(source, fields, threads, minSegmentBytes);
  }

  /** A copy with another least length of a segment, for tests. */
  ParallelScan minSegmentBytes(long bytes) {
    return new ParallelScan(source, fields, threads, bytes);
  }

  /** Takes a row into an accumulator. */
  @FunctionalInterface
  public interface Accumulation<A> {
    /** Takes a row; the record is valid during the call only. */
    void accept(A accumulator, LogRecord record);
  }

  /**
   * The result of a scan.
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
    int most = threads == 1 ? 1 : threads * SEGMENTS_PER_THREAD;
    try (var cut = source.cut(minSegmentBytes, most)) {
      var executor = Executors.newFixedThreadPool(Math.min(threads, cut.size()));
      try {
        var segments = new ArrayList<Segment<A>>();
        for (int i = 0; i < cut.size(); i++) {
          segments.add(new Segment<>(cut, i, newAccumulator, accumulation));
        }
        readAll(executor, segments);
        readAgainWhereTheSchemaChanged(segments);
        return combined(cut, segments, combine);
      } finally {
        executor.shutdownNow();
      }
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

  private static <A> Result<A> combined(
      LogSegments cut, List<Segment<A>> segments, BinaryOperator<A> combine) {
    var value = segments.get(0).accumulator();
    for (var segment : segments.subList(1, segments.size())) {
      value = combine.apply(value, segment.accumulator());
    }
    return new Result<>(value, cut.report(segments.stream().map(Segment::reader).toList()));
  }

  /** A part of the file, read by one thread. */
  private final class Segment<A> implements Callable<@Nullable Void> {

    private final LogSegments cut;
    private final int index;
    private @Nullable LogSchema startSchema;
    private final Supplier<A> newAccumulator;
    private final Accumulation<A> accumulation;
    private @Nullable A accumulator;
    private @Nullable LogReader reader;

    Segment(LogSegments cut, int index, Supplier<A> newAccumulator, Accumulation<A> accumulation) {
      this.cut = cut;
      this.index = index;
      this.startSchema = cut.top();
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
      try (var opened = cut.open(index, schema, WantedField.allRequired(fields))) {
        opened.forEach(record -> accumulation.accept(target, record));
        reader = opened;
      }
      accumulator = target;
    }

    /** Whether the segment was read as one that follows this schema. */
    boolean startsWith(LogSchema schema) {
      return startSchema == null || LogSegments.follows(startSchema, schema);
    }

    A accumulator() {
      return Objects.requireNonNull(accumulator);
    }

    LogReader reader() {
      return Objects.requireNonNull(reader);
    }

    LogSchema endSchema() {
      return reader().schema();
    }
  }
}
