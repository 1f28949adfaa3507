package io.longline.host.app;

import io.longline.host.concurrent.HostLoops;
import io.longline.host.configuration.WatchSettings;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.intake.DirectoryFinder;
import io.longline.host.intake.LogComparison;
import io.longline.host.intake.LogListing;
import io.longline.host.intake.LogProbe;
import io.longline.host.intake.NamedLogs;
import io.longline.host.intake.Pruner;
import io.longline.host.intake.WatchThread;
import io.longline.host.intake.WatchedRoot;
import io.longline.host.intake.Watcher;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerException;
import io.longline.host.output.DescriptorShortage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes log directories into the ledger, both those submitted by path and those found by watching,
 * and knows which of the submitted ones are not done. Thread-safe.
 */
final class Intake {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /** How long to wait before a ledger that failed is used again. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Ledger ledger;
  private final BatchLedger.Mode mode;
  private final LogProbe probe;
  private final EventSink events;
  private final Supplier<RunningPlugins> plugins;
  private final Runnable onAccepted;
  private final HostLoops loops;
  private final DescriptorShortage shortage = new DescriptorShortage();

  /** The directories that were submitted by path and have not ended. */
  private final Set<Path> unfinished = ConcurrentHashMap.newKeySet();

  /** The directories that were submitted by path. */
  private final Set<Path> named = ConcurrentHashMap.newKeySet();

  /** The directories of which logs were submitted by their files. */
  private final Set<Path> namedByFile = ConcurrentHashMap.newKeySet();

  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable WatchThread watching;
  private volatile boolean hasEndedWatching;

  /**
   * Creates the intake of a host.
   *
   * @param mode how to treat directories that the ledger knows
   * @param probe knows logs
   * @param plugins the plugins that run
   * @param onAccepted runs when there is something new in the ledger
   * @param loops starts the thread that watches
   */
  Intake(
      Ledger ledger,
      BatchLedger.Mode mode,
      LogProbe probe,
      EventSink events,
      Supplier<RunningPlugins> plugins,
      Runnable onAccepted,
      HostLoops loops) {
    this.ledger = ledger;
    this.mode = mode;
    this.probe = probe;
    this.events = events;
    this.plugins = plugins;
    this.onAccepted = onAccepted;
    this.loops = loops;
  }

  /** Starts watching folders. To be called once. */
  void watch(WatchSettings watch) {
    var watcher =
        new Watcher(
            watch.roots(),
            watch.rotatedQuiet(),
            probe.until(this::isEnded),
            ledger,
            this::accept,
            events,
            System::nanoTime);
    var keep = watch.keep();
    watching =
        new WatchThread(
            watcher,
            watch.roots().stream().map(WatchedRoot::path).toList(),
            watch.interval(),
            keep == null ? null : new Pruner(ledger.pruning(), keep, System::nanoTime),
            loops);
  }

  private boolean isEnded() {
    return isStopped() || hasEndedWatching;
  }

  /** Stops watching; a look that is under way ends at the next file. */
  void endWatching() {
    var thread = watching;
    if (thread != null) {
      hasEndedWatching = true;
      thread.close();
    }
  }

  /** Records that the batch of a directory has ended. */
  void ended(Path directory) {
    unfinished.remove(directory);
  }

  /** Takes the log directories that a path names. */
  Submission submit(String path) {
    return submission(
        (sink, accepted) -> {
          try {
            new DirectoryFinder(
                    probe,
                    sink,
                    directory -> {
                      if (submitDirectory(directory, sink)) {
                        accepted.incrementAndGet();
                      }
                    })
                .find(path);
          } catch (RuntimeException e) {
            LOG.error("Searching {} failed.", path, e);
            reject(path, "Searching it failed, some directories may be left out: " + e, sink);
          }
        });
  }

  /** Takes logs by their files; those of one folder are a batch. */
  Submission submitFiles(Collection<Path> files) {
    return submission(
        (sink, accepted) ->
            new NamedLogs(sink)
                .byDirectory(files)
                .forEach(
                    (directory, logs) -> {
                      if (submitLogs(directory, logs, sink)) {
                        accepted.incrementAndGet();
                      }
                    }));
  }

  /** Collects what a submission reports. */
  private Submission submission(BiConsumer<EventSink, AtomicInteger> work) {
    var rejected = new ArrayList<HostEvent.PathRejected>();
    var directories = new AtomicInteger();
    work.accept(
        event -> {
          if (event instanceof HostEvent.PathRejected one) {
            rejected.add(one);
          }
          events.accept(event);
        },
        directories);
    return new Submission(directories.get(), rejected);
  }

  private boolean submitLogs(Path directory, List<FileStamp> logs, EventSink sink) {
    if (isStopped()) {
      sink.accept(new HostEvent.BatchAbandoned(directory));
      return false;
    }
    try {
      boolean isTaken = acceptUntilRecorded(directory, logs);
      namedByFile.add(directory);
      return isTaken;
    } catch (IOException e) {
      reject(directory.toString(), "It cannot be read: " + e, sink);
      return false;
    }
  }

  void reject(String path, String reason) {
    reject(path, reason, events);
  }

  private static void reject(String path, String reason, EventSink sink) {
    sink.accept(new HostEvent.PathRejected(path, reason));
  }

  /** Returns whether the ledger has it. */
  private boolean submitDirectory(Path directory, EventSink sink) {
    if (isStopped()) {
      sink.accept(new HostEvent.BatchAbandoned(directory));
      return false;
    }
    try {
      var real = directory.toRealPath();
      if (!named.add(real)) {
        sink.accept(new HostEvent.BatchNamedAgain(directory));
        return true;
      }
      return acceptUntilRecorded(real, listed(real));
    } catch (InterruptedIOException e) {
      sink.accept(new HostEvent.BatchAbandoned(directory));
      return false;
    } catch (IOException e) {
      reject(directory.toString(), "It cannot be read: " + e, sink);
      return false;
    }
  }

  /** Tries again as long as this process has no descriptor to read the directory with. */
  private List<FileStamp> listed(Path directory) throws IOException {
    for (; ; ) {
      try {
        return LogListing.of(directory, probe);
      } catch (IOException e) {
        if (!shortage.look(e) || isStoppedAfterPause()) {
          throw e;
        }
      }
    }
  }

  /** Retries a ledger that cannot be written until it can be, or this is stopped. */
  private boolean acceptUntilRecorded(Path directory, List<FileStamp> logs) throws IOException {
    for (boolean isFirst = true; ; isFirst = false) {
      try {
        unfinished.add(directory);
        accept(directory, logs);
        return true;
      } catch (LedgerException e) {
        if (isFirst) {
          LOG.error("{} cannot be taken yet: {} Trying again.", directory, e.getMessage());
        }
      }
      if (isStoppedAfterPause()) {
        events.accept(new HostEvent.BatchAbandoned(directory));
        return false;
      }
    }
  }

  /** An interrupt ends the pause: a program that embeds the host gave it to its own thread. */
  private boolean isStoppedAfterPause() {
    try {
      return stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /**
   * Takes some logs of a directory, unless the ledger knows them.
   *
   * @param directory absolute, without symbolic links
   * @throws IOException if they are not recorded
   */
  private void accept(Path directory, List<FileStamp> logs) throws IOException {
    var batches = ledger.batches();
    var comparison = new LogComparison(directory, batches.recordedLogs(directory), this::isEnded);
    var acceptance = batches.acceptFound(directory, comparison.of(logs), mode);
    if (!acceptance.changed().isEmpty()) {
      events.accept(new HostEvent.FilesChanged(directory, acceptance.changed()));
    }
    for (var log : comparison.different()) {
      if (!acceptance.changed().contains(log.file().getFileName().toString())
          && !plugins.get().mayRead(log)) {
        events.accept(new HostEvent.LogUnread(log.file(), log.logPath()));
      }
    }
    acceptance
        .recognized()
        .forEach(
            log ->
                events.accept(
                    new HostEvent.LogRecognized(
                        directory.resolve(log.name()),
                        log.other(),
                        log.isDoubtful(),
                        log.sentence())));
    if (acceptance.kind() == BatchLedger.Kind.KNOWN) {
      ended(directory);
      // A folder may be named besides logs in it, which may be done by now.
      events.accept(
          namedByFile.contains(directory)
              ? new HostEvent.BatchNamedAgain(directory)
              : new HostEvent.BatchKnown(directory, acceptance.dead()));
    } else {
      events.accept(new HostEvent.BatchAccepted(directory));
      if (!plugins.get().hasOwedHook()) {
        ended(directory);
        events.accept(new HostEvent.BatchFinished(directory, true));
      }
      onAccepted.run();
    }
  }

  /** Stops taking directories; those already taken stay in the ledger. */
  void stop() {
    stopped.countDown();
  }

  boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Reports the directories that are left. */
  void reportLeft() {
    unfinished.forEach(directory -> events.accept(new HostEvent.BatchAbandoned(directory)));
  }
}
