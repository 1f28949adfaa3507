package io.longline.host.work;

import io.longline.api.LogDirectory;
import io.longline.api.RecordSink;
import io.longline.host.plugins.InstalledHook;
import io.longline.zeek.LogFile;
import io.longline.zeek.LogReader;
import io.longline.zeek.RecordPart;
import io.longline.zeek.ZeekFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Reads the logs of a batch once for several hooks: each file is opened once, only the fields that
 * somebody asked for are looked for, and each hook sees its own. A hook that fails is out of it,
 * and the others go on. Confined to one thread.
 */
final class SharedScan {

  /** The time that a sink takes is measured at the first records, then at every so many. */
  private static final int SAMPLE = 64;

  private final ScanPlan plan;
  private final LongSupplier nanoTime;
  private final List<Taker> takers = new ArrayList<>();

  /** A hook that takes part, with its call and its sink. */
  private static final class Taker {
    final OpenCall call;
    final RecordSink sink;
    final ClassLoader loader;

    Taker(OpenCall call, RecordSink sink) {
      this.call = call;
      this.sink = sink;
      this.loader = call.subject().hook().classLoader();
    }

    InstalledHook hook() {
      return call.subject().hook();
    }
  }

  SharedScan(ScanPlan plan, LongSupplier nanoTime) {
    this.plan = plan;
    this.nanoTime = nanoTime;
  }

  /** Lets a hook take part. */
  void add(OpenCall call, RecordSink sink) {
    takers.add(new Taker(call, sink));
  }

  /** Reads everything, finishes and closes the sinks. */
  void run(LogDirectory logs) {
    try {
      readAll(logs);
    } finally {
      takers.forEach(SharedScan::close);
    }
  }

  private void readAll(LogDirectory logs) {
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
          read(file, path, readers);
        }
      }
    }
    for (var taker : takers) {
      taker.call.make(context -> taker.sink.finish());
      // What comes after this is too late.
      taker.call.complete();
    }
  }

  private void read(LogFile file, String path, List<Taker> readers) {
    var union = ScanPlan.union(readers.stream().map(Taker::hook).toList(), path);
    try (var reader = file.open(union.toArray(String[]::new))) {
      hand(reader, path, readers);
    } catch (Throwable thrown) {
      // Whatever it is, a log that is too much for the memory say, nobody has the whole log.
      readers.forEach(taker -> taker.call.fail(thrown));
    }
  }

  private void hand(LogReader reader, String path, List<Taker> readers) throws IOException {
    var all = readers.toArray(Taker[]::new);
    var parts = new RecordPart[all.length];
    for (int i = 0; i < all.length; i++) {
      parts[i] = reader.part(Objects.requireNonNull(ScanPlan.fields(all[i].hook(), path)));
    }
    var isOut = new boolean[all.length];
    int left = all.length;
    var nanos = new long[all.length];
    var thread = Thread.currentThread();
    var loaderBefore = thread.getContextClassLoader();
    var loader = loaderBefore;
    long number = 0;
    try {
      for (var row = reader.next(); row != null && left > 0; row = reader.next()) {
        // The first ones each for itself, since they take longest.
        boolean isMeasured = number < SAMPLE || number % SAMPLE == 0;
        int weight = number < SAMPLE ? 1 : SAMPLE;
        number++;
        boolean isBad = false;
        for (int i = 0; i < all.length; i++) {
          if (isOut[i]) {
            continue;
          }
          var taker = all[i];
          if (loader != taker.loader) {
            loader = taker.loader;
            thread.setContextClassLoader(loader);
          }
          long start = isMeasured ? nanoTime.getAsLong() : 0;
          try {
            taker.sink.accept(parts[i].of(row));
          } catch (ZeekFormatException e) {
            isBad = countOnce(reader, isBad, e);
          } catch (Throwable thrown) {
            taker.call.fail(thrown);
            Thread.interrupted();
            isOut[i] = true;
            left--;
          }
          if (isMeasured) {
            nanos[i] += (nanoTime.getAsLong() - start) * weight;
          }
        }
      }
    } finally {
      thread.setContextClassLoader(loaderBefore);
      Thread.interrupted();
      for (int i = 0; i < all.length; i++) {
        all[i].call.took(nanos[i]);
      }
    }
  }

  /** A line is a bad one once, whoever finds it so. */
  private static boolean countOnce(LogReader reader, boolean isCounted, ZeekFormatException e) {
    if (!isCounted) {
      reader.countBad(e);
    }
    return true;
  }

  /** In any case; what goes wrong now changes nothing about the outcome. */
  private static void close(Taker taker) {
    var thread = Thread.currentThread();
    var loader = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(taker.hook().classLoader());
      taker.sink.close();
    } catch (Throwable thrown) {
      taker.call.closeFailed(thrown);
    } finally {
      thread.setContextClassLoader(loader);
      Thread.interrupted();
    }
  }
}
