package io.longline.host.app;

import io.longline.host.app.HostRefusedException.Reason;
import io.longline.host.concurrent.HostLoops;
import io.longline.host.concurrent.HostThread;
import io.longline.host.concurrent.Uninterruptibly;
import io.longline.host.configuration.HostSettings;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerGoneException;
import io.longline.host.output.PartFiles;
import io.longline.host.output.WindowFiles;
import io.longline.host.output.WindowFolder;
import io.longline.host.output.WindowOutputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder for parts and for the outputs of windows, and what is done in it beside the calls:
 * what killed hosts have left is finished or removed, and windows are closed that get no facts. On
 * a thread of its own.
 */
final class WindowStorage implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WindowStorage.class);

  /** How long one pass may take, before this loop counts as stuck. */
  private static final Duration PASS_LIMIT = Duration.ofMinutes(15);

  /** What is wrong if {@link #lacksFolder}, and hooks have windows. */
  private static final String NO_FOLDER =
      "Some hooks have windows, whose parts must lie in a folder that all hosts of this ledger share. Name it in the setting windows, or leave these hooks out.";

  private static final long LOOK_MILLIS = 1_000;
  private static final long CLEAN_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final @Nullable WindowFolder folder;
  private final WindowFiles files;
  private final Ledger ledger;
  private final HostLedger host;
  private final @Nullable Duration idle;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean isComplaining;

  private WindowStorage(
      @Nullable WindowFolder folder,
      WindowFiles files,
      Ledger ledger,
      HostLedger host,
      @Nullable Duration idle) {
    this.folder = folder;
    this.files = files;
    this.ledger = ledger;
    this.host = host;
    this.idle = idle;
  }

  /**
   * Opens the folder, and finishes what a killed host has left in it.
   *
   * @param hasWindows whether any hook has windows
   * @throws HostRefusedException if hooks have windows, and the folder is not the one for them
   * @throws IOException if it cannot be used
   */
  static WindowStorage open(
      HostSettings settings, Ledger ledger, HostLedger host, boolean hasWindows)
      throws HostRefusedException, IOException {
    var idle = settings.closing().idle();
    if (lacksFolder(settings)) {
      if (hasWindows) {
        throw new HostRefusedException(Reason.REFUSED, NO_FOLDER);
      }
      return new WindowStorage(null, WindowFiles.none(), ledger, host, idle);
    }
    var folder =
        WindowFolder.open(settings.folders().ofWindows(), settings.folders().outputAccess());
    var problem = hasWindows ? problem(folder, ledger) : null;
    if (problem != null) {
      throw new HostRefusedException(Reason.REFUSED, problem);
    }
    boolean isDurable = !ledger.location().isInMemory();
    var files =
        new WindowFiles(
            new PartFiles(folder, host.host().id(), isDurable),
            new WindowOutputs(folder, isDurable));
    var storage = new WindowStorage(folder, files, ledger, host, idle);
    storage.clean();
    return storage;
  }

  /**
   * Why no hook can have windows here: there is no folder for parts, or the ledger knows another.
   *
   * @return null if hooks can have windows; the ledger knows this folder then
   * @throws IOException if the ledger cannot be used
   */
  @Nullable String problem() throws IOException {
    return folder == null ? NO_FOLDER : problem(folder, ledger);
  }

  /** Whether hooks cannot have windows, since hosts on other machines would not see their parts. */
  private static boolean lacksFolder(HostSettings settings) {
    return settings.folders().windows() == null && settings.queue().ledger().isPostgres();
  }

  private static @Nullable String problem(WindowFolder folder, Ledger ledger) throws IOException {
    var other = ledger.windows().registerFolder(folder.id(), folder.path().toString());
    return other == null
        ? null
        : "The parts of windows in this ledger are in another folder than %s: it was %s when it was first used. Name that in the setting windows."
            .formatted(folder.path(), other);
  }

  /** The files of parts and windows. */
  WindowFiles files() {
    return files;
  }

  /** The bytes of the outputs of windows. */
  Map<Path, Long> written() {
    var outputs = files.outputs();
    return outputs == null ? Map.of() : outputs.written();
  }

  /** Starts the thread. */
  void start(HostLoops loops) {
    if (folder != null) {
      loops.start("windows", PASS_LIMIT, this::look, () -> closed.getCount() == 0);
    }
  }

  private void look() {
    long cleaned = System.nanoTime();
    while (!Uninterruptibly.pause(closed, LOOK_MILLIS)) {
      HostThread.pass();
      try {
        closeIdle();
        if (System.nanoTime() - cleaned > CLEAN_NANOS) {
          cleaned = System.nanoTime();
          clean();
        }
        isComplaining = false;
      } catch (LedgerGoneException e) {
        throw new UncheckedIOException(e);
      } catch (IOException | UncheckedIOException e) {
        complain(e);
      }
    }
  }

  private void complain(Exception e) {
    if (!isComplaining) {
      LOG.warn("Windows cannot be looked after: {} Trying again.", e.getMessage());
      isComplaining = true;
    }
  }

  private void closeIdle() throws IOException {
    if (idle != null && host.closeWindows(idle.toMillis()) > 0) {
      LOG.info("No facts came for a while: windows are closed.");
    }
  }

  private void clean() throws IOException {
    var outputs = files.outputs();
    if (folder != null && outputs != null) {
      outputs.recover(ledger.windows());
      var alive = ledger.windows().hostsAlive();
      PartFiles.sweep(folder, ledger.windows(), id -> alive.contains(id));
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    if (folder == null) {
      return;
    }
    if (ledger.location().isInMemory()) {
      PartFiles.sweep(folder, names -> Set.of(), id -> false);
    } else {
      var alive = ledger.windows().hostsAlive();
      PartFiles.sweep(
          folder, ledger.windows(), id -> alive.contains(id) && !id.equals(host.host().id()));
    }
  }
}
