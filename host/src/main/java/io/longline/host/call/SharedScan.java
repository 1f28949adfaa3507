package io.longline.host.call;

import io.longline.api.LogDirectory;
import io.longline.api.ObservedLogs;
import io.longline.api.RecordSink;
import io.longline.zeek.HostAccess;
import io.longline.zeek.LogFile;
import io.longline.zeek.LogReader;
import io.longline.zeek.ReadReport;
import io.longline.zeek.RecordPart;
import io.longline.zeek.WantedField;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Reads the logs of a batch once for several hooks: each file is opened once, only the fields that
 * some hook asked for are looked for, and each hook sees its own. A hook that fails leaves the
 * scan, and the others continue. Confined to one thread, except for the threads it borrows: if all
 * hooks take the records of a very large file in any order, several threads read it, and each hands
 * its records to one hook at a time.
 */
final class SharedScan implements OpenAssignment.Scan {

  /** The number of records that are handed to one hook before the next. */
  private static final int BLOCK_ROWS = 256;

  /** A larger number for threads that wait for each other, since waking a thread is expensive. */
  private static final int SHARED_BLOCK_ROWS = 2_048;

  /** Segments for each thread, so that a thread that finishes early has more to do. */
  private static final int SEGMENTS_PER_THREAD = 4;

  /** The number of threads that read a file. */
  private enum Threads {
    ONE,
    SEVERAL
  }

  private final ScanPlan plan;
  private final OpenAssignment active;
  private final SpareThreads spare;
  private final long segmentBytes;
  private final CallReports reports;
  private final Consumer<ReadReport> damaged;
  private final List<Taker> takers = new ArrayList<>();

  /** The columns of a file changed while it was read in segments. */
  private static final class ColumnsChangedException extends Exception {
    private static final long serialVersionUID = 1;
  }

  /**
   * Creates a scan.
   *
   * @param active knows whether the thread was given up
   * @param spare lends threads for very large files
   * @param segmentBytes the smallest part that one of several threads reads at a time; {@link
   *     Long#MAX_VALUE} for one thread only
   * @param reports takes the fields that logs do not have
   * @param damaged takes reports of bad lines beside those of the readers
   */
  SharedScan(
      ScanPlan plan,
      OpenAssignment active,
      SpareThreads spare,
      long segmentBytes,
      CallReports reports,
      Consumer<ReadReport> damaged) {
    this.plan = plan;
    this.active = active;
    this.spare = spare;
    this.segmentBytes = segmentBytes;
    this.reports = reports;
    this.damaged = damaged;
  }

  /** Lets a hook take part. */
  void add(OpenCall call, RecordSink sink) {
    takers.add(new Taker(active, call, sink));
  }

  /**
   * Reads everything, finishes and closes the sinks.
   *
   * @return false if a file could not be read in segments: everything must be done again, without
   */
  boolean run(LogDirectory logs) {
    try {
      readAll(logs);
      takers.forEach(this::reportMissing);
      return true;
    } catch (ColumnsChangedException e) {
      return false;
    } finally {
      if (!active.isGivenUp()) {
        takers.forEach(Taker::close);
      }
    }
  }

  /** The paths of the logs that had rows for a call. */
  Set<String> logsWithRows(OpenCall call) {
    return takers.stream()
        .filter(taker -> taker.call() == call)
        .findFirst()
        .map(Taker::logsWithRows)
        .orElse(Set.of());
  }

  private void reportMissing(Taker taker) {
    taker.forEachMissing((path, field) -> reports.remarked(taker.call().missingField(path, field)));
  }

  @Override
  public List<OpenCall> abandon(OpenCall hung) {
    var hanging = new ArrayList<OpenCall>();
    for (var taker : takers) {
      if (taker.call() == hung) {
        continue;
      }
      if (!taker.leave() || !taker.closeElsewhere()) {
        hanging.add(taker.call());
      }
    }
    return hanging;
  }

  private void readAll(LogDirectory logs) throws ColumnsChangedException {
    for (var path : plan.order()) {
      var files = ObservedLogs.find(logs, path);
      var interested =
          takers.stream().filter(taker -> ScanPlan.fields(taker.hook(), path) != null).toList();
      if (!files.isEmpty()) {
        interested.forEach(taker -> taker.begin(path));
      }
      for (var file : files) {
        var readers = interested.stream().filter(taker -> !taker.call().hasFailed()).toList();
        if (!readers.isEmpty()) {
          read(file, path, readers);
        }
      }
    }
    for (var taker : takers) {
      taker.finish(damaged);
    }
  }

  private void read(LogFile file, String path, List<Taker> readers) throws ColumnsChangedException {
    var hooks = readers.stream().map(Taker::hook).toList();
    var union = ScanPlan.union(hooks, path);
    try {
      if (spare.available() > 0
          && Files.size(file.file()) / 2 >= segmentBytes
          && hooks.stream().allMatch(hook -> ScanPlan.isInAnyOrder(hook, path))) {
        readInSegments(file, path, union, readers);
        return;
      }
      try (var reader = HostAccess.open(file, union)) {
        hand(reader, path, readers, Threads.ONE);
      }
    } catch (ColumnsChangedException | GivenUpError e) {
      throw e;
    } catch (Throwable thrown) {
      // Whatever the cause, such as a log too large for memory, no hook has the whole log.
      readers.forEach(taker -> taker.call().fail(thrown));
    }
  }

  /** Has several threads read a file, each a segment at a time. */
  private void readInSegments(
      LogFile file, String path, List<WantedField> fields, List<Taker> readers) throws Throwable {
    int most = SEGMENTS_PER_THREAD * (1 + spare.available());
    try (var segments = HostAccess.segments(file, segmentBytes, most)) {
      var next = new AtomicInteger();
      var read = new AtomicReferenceArray<LogReader>(segments.size());
      var failure = new AtomicReference<Throwable>();
      var caller = Thread.currentThread();
      spare.share(
          active,
          () -> {
            while (failure.get() == null
                && !active.isGivenUp()
                && (Thread.currentThread() == caller || !spare.isWantedBack())) {
              int index = next.getAndIncrement();
              if (index >= segments.size()) {
                return;
              }
              try (var reader = segments.open(index, fields)) {
                hand(reader, path, readers, Threads.SEVERAL);
                read.set(index, reader);
              } catch (Throwable thrown) {
                failure.compareAndSet(null, thrown);
              }
            }
          });
      if (failure.get() != null) {
        throw failure.get();
      }
      var all = IntStream.range(0, segments.size()).mapToObj(read::get).toList();
      if (!segments.isContinuous(all)) {
        throw new ColumnsChangedException();
      }
      segments.report(all);
    }
  }

  /**
   * Hands each record to the hooks still in the scan, one block of records to each hook in turn.
   *
   * @param threads whether other threads do this with other records; everything is read then, to
   *     find out whether the columns change
   */
  private void hand(LogReader reader, String path, List<Taker> readers, Threads threads)
      throws IOException {
    var parts = new ArrayList<RecordPart>();
    for (var taker : readers) {
      var fields = Objects.requireNonNull(ScanPlan.fields(taker.hook(), path));
      parts.add(HostAccess.part(reader, fields));
    }
    boolean isShared = threads == Threads.SEVERAL;
    int most = isShared ? SHARED_BLOCK_ROWS : BLOCK_ROWS;
    var block = HostAccess.block(reader, most);
    var bad = new BadLines(reader, most);
    var thread = Thread.currentThread();
    var loaderBefore = thread.getContextClassLoader();
    try {
      for (boolean isWanted = true; (isWanted || isShared) && block.next(); ) {
        isWanted = false;
        bad.beginBlock();
        for (int i = 0; i < parts.size(); i++) {
          var taker = readers.get(i);
          thread.setContextClassLoader(taker.loader());
          isWanted |= taker.take(block, parts.get(i), bad);
        }
      }
      for (int i = 0; i < parts.size(); i++) {
        readers.get(i).endOf(path, HostAccess.missing(reader, parts.get(i)), bad);
      }
    } finally {
      thread.setContextClassLoader(loaderBefore);
    }
  }
}
