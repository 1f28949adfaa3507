package io.longline.host.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The folder that outputs are written to. It belongs to one host at a time. Thread-safe.
 *
 * <p>What a call of a hook writes is staged, and appended to the outputs when the call succeeds. In
 * this version a crash in the middle of appending can leave a part of one call's rows behind.
 */
public final class OutputFolder implements AutoCloseable {

  /** The host's own folder in the output folder. */
  public static final String OWN_FOLDER = ".longline";

  private final Path root;
  private final Clock clock;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final Map<OutputKey, OpenOutput> outputs = new TreeMap<>();
  private final Map<Path, Long> written = new TreeMap<>();

  /** The files that are open, so that no two outputs share one. */
  private final Set<Path> claimed = ConcurrentHashMap.newKeySet();

  /** An output as hooks name it. */
  record OutputKey(String name, boolean isDaily) implements Comparable<OutputKey> {
    @Override
    public int compareTo(OutputKey other) {
      int byName = name.compareTo(other.name);
      return byName != 0 ? byName : Boolean.compare(isDaily, other.isDaily);
    }
  }

  private OutputFolder(Path root, Clock clock, FileChannel lockFile, FileLock lock) {
    this.root = root;
    this.clock = clock;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Takes possession of a folder, making it if it is not there.
   *
   * @param isAppending whether outputs that are there may be gone on with
   * @param clock decides the day of daily outputs, in its zone
   * @throws OutputRefusedException if it is not empty, another host has it, or it cannot be written
   */
  public static OutputFolder open(Path folder, boolean isAppending, Clock clock)
      throws OutputRefusedException {
    var root = folder.toAbsolutePath().normalize();
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new OutputRefusedException(
          "The output folder " + root + " is a file. Name another with --output.");
    }
    try {
      if (!isAppending && hasOutputs(root)) {
        throw new OutputRefusedException(
            "The output folder "
                + root
                + " is not empty. Name another with --output, or add to it with --append.");
      }
      return take(root, clock);
    } catch (IOException e) {
      throw new OutputRefusedException(
          "The output folder "
              + root
              + " cannot be written: "
              + e
              + ". Name another with --output.",
          e);
    }
  }

  private static OutputFolder take(Path root, Clock clock)
      throws IOException, OutputRefusedException {
    var own = Files.createDirectories(root.resolve(OWN_FOLDER));
    var lockFile =
        FileChannel.open(own.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      var lock = tryLock(lockFile);
      if (lock == null) {
        throw new OutputRefusedException(
            "Another host is writing to the output folder "
                + root
                + ". Wait for it, or name another with --output.");
      }
      var outputFolder = new OutputFolder(root, clock, lockFile, lock);
      outputFolder.emptyStaging();
      return outputFolder;
    } catch (IOException | OutputRefusedException e) {
      lockFile.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static boolean hasOutputs(Path root) throws IOException {
    if (!Files.exists(root)) {
      return false;
    }
    try (var entries = Files.list(root)) {
      return entries.anyMatch(entry -> !entry.getFileName().toString().equals(OWN_FOLDER));
    }
  }

  private void emptyStaging() throws IOException {
    var staging = staging();
    if (!Files.isDirectory(staging)) {
      return;
    }
    try (var files = Files.newDirectoryStream(staging, "*.staged")) {
      for (var file : files) {
        Files.delete(file);
      }
    }
  }

  Path staging() {
    return root.resolve(OWN_FOLDER).resolve("staging");
  }

  /** The folder, absolute. */
  public Path path() {
    return root;
  }

  /** Begins to collect what one call of a hook writes. */
  public StagedOutputs begin() {
    return new StagedOutputs(this);
  }

  /**
   * Appends what a call wrote: to all its outputs, or to none.
   *
   * @throws OutputFailedException if one of them cannot be written
   */
  void append(SortedMap<OutputKey, StagedOutputs.Open> staged) throws OutputFailedException {
    var locked = new ArrayList<OpenOutput>();
    try {
      // In the order of keys, so that two calls with the same outputs do not wait for each other.
      for (var key : staged.keySet()) {
        OpenOutput output;
        synchronized (outputs) {
          output = outputs.computeIfAbsent(key, OpenOutput::new);
        }
        output.lock.lock();
        locked.add(output);
      }
      appendAll(locked, staged);
    } finally {
      locked.forEach(output -> output.lock.unlock());
    }
  }

  private static void appendAll(
      List<OpenOutput> locked, SortedMap<OutputKey, StagedOutputs.Open> staged)
      throws OutputFailedException {
    var appended = new ArrayList<OpenOutput>();
    for (var output : locked) {
      var open = Objects.requireNonNull(staged.get(output.key));
      try {
        appended.add(output);
        output.append(open.content(), open.staging());
      } catch (IOException e) {
        appended.forEach(each -> each.takeBack(e));
        throw new OutputFailedException(
            "The output " + output.key.name() + " could not be written: " + e.getMessage(), e);
      }
    }
  }

  /** How many bytes of rows and lines went to each file so far. */
  public Map<Path, Long> written() {
    synchronized (outputs) {
      for (var output : outputs.values()) {
        output.lock.lock();
        try {
          output.countWritten();
        } finally {
          output.lock.unlock();
        }
      }
    }
    synchronized (written) {
      return new TreeMap<>(written);
    }
  }

  /**
   * Ends all files and gives the folder up.
   *
   * @throws IOException if a file cannot be ended; the others are, all the same
   */
  @Override
  public void close() throws IOException {
    IOException first = null;
    synchronized (outputs) {
      for (var output : outputs.values()) {
        output.lock.lock();
        try {
          output.close();
        } catch (IOException e) {
          if (first == null) {
            first = e;
          } else {
            first.addSuppressed(e);
          }
        } finally {
          output.lock.unlock();
        }
      }
      outputs.clear();
    }
    if (lock.isValid()) {
      lock.release();
    }
    lockFile.close();
    if (first != null) {
      throw first;
    }
  }

  /** The files of an output that are open: of one day, one for each content. */
  private final class OpenOutput {

    private final OutputKey key;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, OutputFile> files = new TreeMap<>();
    private @Nullable LocalDate day;
    private @Nullable OutputFile lastFile;
    private long lengthBefore;

    OpenOutput(OutputKey key) {
      this.key = key;
    }

    void append(Content content, Staging staged) throws IOException {
      lastFile = null;
      var today = LocalDate.now(clock);
      if (key.isDaily() && !today.equals(day)) {
        close();
        day = today;
      }
      var file = file(content);
      lengthBefore = file.length();
      lastFile = file;
      file.append(staged);
    }

    /**
     * Undoes the last append. If even that fails, the file is given up, and opened anew by the next
     * call.
     */
    void takeBack(IOException cause) {
      var file = lastFile;
      if (file == null) {
        return;
      }
      try {
        file.cutBack(lengthBefore);
      } catch (IOException e) {
        cause.addSuppressed(e);
        files.values().remove(file);
        claimed.remove(file.path());
      }
    }

    /**
     * The file with this content: the first of {@code NAME.log}, {@code NAME-2.log} … that fits.
     */
    private OutputFile file(Content content) throws IOException {
      for (var open : files.values()) {
        if (open.holds(content)) {
          return open;
        }
      }
      var stem = key.isDaily() ? key.name() + "/" + day : key.name();
      for (int number = 1; ; number++) {
        var name = stem + (number == 1 ? "" : "-" + number) + ".log";
        var path = root.resolve(name);
        if (!claimed.add(path)) {
          continue;
        }
        OutputFile opened = null;
        try {
          opened = OutputFile.open(path, content, clock).orElse(null);
        } finally {
          if (opened == null) {
            claimed.remove(path);
          }
        }
        if (opened != null) {
          files.put(name, opened);
          return opened;
        }
      }
    }

    void countWritten() {
      synchronized (written) {
        for (var file : files.values()) {
          written.put(file.path(), file.written());
        }
      }
    }

    void close() throws IOException {
      countWritten();
      for (var file : files.values()) {
        claimed.remove(file.path());
        file.close();
      }
      files.clear();
    }
  }
}
