package io.longline.host.work;

import io.longline.api.LogDirectory;
import io.longline.api.RecordSink;
import io.longline.host.plugins.InstalledHook;
import io.longline.zeek.LogFile;
import io.longline.zeek.LogReader;
import io.longline.zeek.RecordBlock;
import io.longline.zeek.RecordPart;
import io.longline.zeek.ZeekFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Reads the logs of a batch once for several hooks: each file is opened once, only the fields that
 * somebody asked for are looked for, and each hook sees its own. A hook that fails is out of it,
 * and the others go on. Confined to one thread, but for the threads it borrows: if all hooks take
 * the records of a very large file in any order, several threads read it, and each hands its
 * records to one hook at a time.
 */
final class SharedScan implements OpenAssignment.Scan {

  /** So many records are handed to one hook, and then to the next. */
  private static final int BLOCK_ROWS = 256;

  /** Between threads that wait for each other more, since to wake a thread costs something. */
  private static final int SHARED_BLOCK_ROWS = 2_048;

  /** Segments for each thread, so that one that is done early has something to do. */
  private static final int SEGMENTS_PER_THREAD = 4;

  /** How long to wait for another thread that is handing rows to a hook. */
  private static final long LEAVE_MILLIS = 1_000;

  private final ScanPlan plan;
  private final OpenAssignment active;
  private final SpareThreads spare;
  private final long segmentBytes;
  private final List<Taker> takers = new ArrayList<>();

  /** A hook that takes part, with its call and its sink. */
  private final class Taker {
    final OpenCall call;
    final RecordSink sink;
    final ClassLoader loader;

    private final ReentrantLock lock = new ReentrantLock();

    /** Whether it has failed, and gets no more. */
    boolean isOut;

    boolean isClosed;

    Taker(OpenCall call, RecordSink sink) {
      this.call = call;
      this.sink = sink;
      this.loader = call.call().hook().classLoader();
    }

    InstalledHook hook() {
      return call.call().hook();
    }

    /**
     * Takes rows, unless it is out; other threads wait meanwhile.
     *
     * @param isBad which rows are counted as bad lines: a row is one once, whoever finds it so
     * @return whether it wants more
     */
    boolean take(RecordBlock block, RecordPart part, LogReader reader, boolean[] isBad) {
      awaitTurn();
      try {
        return !isOut && takeAlone(block, part, reader, isBad);
      } finally {
        lock.unlock();
      }
    }

    /** Only an interrupt of the watchdog ends the waiting; any other was for somebody else. */
    private void awaitTurn() {
      for (; ; ) {
        try {
          lock.lockInterruptibly();
          return;
        } catch (InterruptedException e) {
          if (active.isGivenUp()) {
            throw new GivenUpError();
          }
        }
      }
    }

    private boolean takeAlone(
        RecordBlock block, RecordPart part, LogReader reader, boolean[] isBad) {
      call.begin();
      try {
        int count = block.size();
        for (int i = 0; i < count && !isOut; i++) {
          try {
            sink.accept(part.of(block, i));
          } catch (ZeekFormatException e) {
            if (!isBad[i]) {
              isBad[i] = true;
              reader.countBad(e);
            }
          } catch (Throwable thrown) {
            isOut = true;
            call.fail(thrown);
          }
        }
      } finally {
        call.end(Thread.currentThread());
      }
      isOut |= call.hasFailed();
      return !isOut;
    }

    /**
     * Takes it out of the scan when no other thread is about it.
     *
     * @return false if one still is after a while
     */
    boolean leave() {
      try {
        if (!lock.tryLock(LEAVE_MILLIS, TimeUnit.MILLISECONDS)) {
          return false;
        }
        isOut = true;
        lock.unlock();
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  /** Tells that the columns of a file changed while it was read in segments. */
  private static final class ColumnsChangedException extends Exception {
    private static final long serialVersionUID = 1;
  }

  /**
   * A scan.
   *
   * @param active tells whether the thread was given up
   * @param spare lends threads for very large files
   * @param segmentBytes what one of several threads reads at a time is at least so long
   */
  SharedScan(ScanPlan plan, OpenAssignment active, SpareThreads spare, long segmentBytes) {
    this.plan = plan;
    this.active = active;
    this.spare = spare;
    this.segmentBytes = segmentBytes;
  }

  /** Lets a hook take part. */
  void add(OpenCall call, RecordSink sink) {
    takers.add(new Taker(call, sink));
  }

  /**
   * Reads everything, finishes and closes the sinks.
   *
   * @param inSegments whether very large files may be read by several threads
   * @return false if that went wrong: everything is to be done anew, without
   */
  boolean run(LogDirectory logs, boolean inSegments) {
    try {
      readAll(logs, inSegments);
      return true;
    } catch (ColumnsChangedException e) {
      return false;
    } finally {
      if (!active.isGivenUp()) {
        takers.forEach(SharedScan::close);
      }
    }
  }

  @Override
  public List<OpenCall> abandon(OpenCall hung) {
    var hanging = new ArrayList<OpenCall>();
    for (var taker : takers) {
      if (taker.call == hung) {
        continue;
      }
      if (taker.leave()) {
        closeLater(taker);
      } else {
        hanging.add(taker.call);
      }
    }
    return hanging;
  }

  /** Closes a sink whose call is made anew, on a thread that nobody waits for. */
  private static void closeLater(Taker taker) {
    if (taker.isClosed) {
      return;
    }
    taker.isClosed = true;
    var thread =
        new Thread(
            () -> {
              try {
                taker.sink.close();
              } catch (Throwable thrown) {
                taker.call.closeFailed(thrown);
              }
            },
            "sink-closer");
    thread.setContextClassLoader(taker.loader);
    thread.setDaemon(true);
    thread.start();
  }

  private void readAll(LogDirectory logs, boolean inSegments) throws ColumnsChangedException {
    for (var path : plan.order()) {
      var files = logs.logs(path);
      var interested =
          takers.stream().filter(taker -> ScanPlan.fields(taker.hook(), path) != null).toList();
      if (!files.isEmpty()) {
        interested.forEach(taker -> taker.call.make(context -> taker.sink.begin(path)));
      }
      for (var file : files) {
        var readers = interested.stream().filter(taker -> !taker.call.hasFailed()).toList();
        if (!readers.isEmpty()) {
          read(file, path, readers, inSegments);
        }
      }
    }
    for (var taker : takers) {
      taker.call.make(context -> taker.sink.finish());
      // What comes after this is too late.
      taker.call.complete();
    }
  }

  private void read(LogFile file, String path, List<Taker> readers, boolean inSegments)
      throws ColumnsChangedException {
    var hooks = readers.stream().map(Taker::hook).toList();
    var union = ScanPlan.union(hooks, path).toArray(String[]::new);
    try {
      if (inSegments
          && spare.available() > 0
          && Files.size(file.file()) >= 2 * segmentBytes
          && hooks.stream().allMatch(hook -> ScanPlan.isInAnyOrder(hook, path))) {
        readInSegments(file, path, union, readers);
        return;
      }
      try (var reader = file.open(union)) {
        hand(reader, path, readers, false);
      }
    } catch (ColumnsChangedException | GivenUpError e) {
      throw e;
    } catch (Throwable thrown) {
      // Whatever it is, a log that is too much for the memory say, nobody has the whole log.
      readers.forEach(taker -> taker.call.fail(thrown));
    }
  }

  /** Has several threads read a file, each a segment at a time. */
  private void readInSegments(LogFile file, String path, String[] fields, List<Taker> readers)
      throws Throwable {
    int most = SEGMENTS_PER_THREAD * (1 + spare.available());
    try (var segments = file.segments(segmentBytes, most)) {
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
                hand(reader, path, readers, true);
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
   * Hands each record to those who are not out, a block of them to one and then to the next.
   *
   * @param isShared whether other threads do the same with other records; then all is read, so that
   *     it shows whether the columns change
   */
  private void hand(LogReader reader, String path, List<Taker> readers, boolean isShared)
      throws IOException {
    var parts = new ArrayList<RecordPart>();
    for (var taker : readers) {
      parts.add(reader.part(Objects.requireNonNull(ScanPlan.fields(taker.hook(), path))));
    }
    int most = isShared ? SHARED_BLOCK_ROWS : BLOCK_ROWS;
    var block = reader.block(most);
    var isBad = new boolean[most];
    var thread = Thread.currentThread();
    var loaderBefore = thread.getContextClassLoader();
    try {
      for (boolean isWanted = true; (isWanted || isShared) && block.next(); ) {
        isWanted = false;
        Arrays.fill(isBad, false);
        for (int i = 0; i < parts.size(); i++) {
          var taker = readers.get(i);
          thread.setContextClassLoader(taker.loader);
          isWanted |= taker.take(block, parts.get(i), reader, isBad);
        }
      }
    } finally {
      thread.setContextClassLoader(loaderBefore);
    }
  }

  /**
   * In any case; what is thrown now changes nothing about the outcome. It counts as time of the
   * call, so that one that hangs here is found.
   */
  private static void close(Taker taker) {
    if (taker.isClosed) {
      return;
    }
    taker.isClosed = true;
    var thread = Thread.currentThread();
    var loader = thread.getContextClassLoader();
    taker.call.begin();
    try {
      thread.setContextClassLoader(taker.hook().classLoader());
      taker.sink.close();
    } catch (Throwable thrown) {
      taker.call.closeFailed(thrown);
    } finally {
      thread.setContextClassLoader(loader);
      taker.call.end(thread);
    }
  }
}
