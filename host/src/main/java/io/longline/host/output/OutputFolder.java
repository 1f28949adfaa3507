package io.longline.host.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The folder that outputs are written to. It belongs to one ledger, and to one host at a time.
 * Thread-safe.
 *
 * <p>The host's own things are in the folder {@link #OWN_FOLDER}: the lock, the staged output of
 * calls, the journal of committed output, and the record of the ledger that the folder belongs to.
 */
public final class OutputFolder implements AutoCloseable {

  /** The host's own folder in the output folder. */
  public static final String OWN_FOLDER = ".longline";

  /** The file that records whose folder it is. */
  private static final String OWNER = "owner";

  private final Path root;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final Owner before;

  /**
   * The owner of a folder.
   *
   * @param ledger the ledger's id; empty if it does not belong to a ledger yet
   * @param folder the folder's own id
   * @param host the id of the last host; empty if no host has had it
   */
  private record Owner(String ledger, String folder, String host) {}

  private OutputFolder(Path root, FileChannel lockFile, FileLock lock, Owner before) {
    this.root = root;
    this.lockFile = lockFile;
    this.lock = lock;
    this.before = before;
  }

  /**
   * Takes possession of a folder, making it if it is not there.
   *
   * @param isToBeEmpty whether it must have no outputs, not even of its own ledger
   * @throws OutputRefusedException if another host has it, it has files that are not outputs of
   *     Longline, or it cannot be written
   */
  public static OutputFolder open(Path folder, boolean isToBeEmpty) throws OutputRefusedException {
    var root = folder.toAbsolutePath().normalize();
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new OutputRefusedException(
          "The output folder " + root + " is a file. Name another in the setting output.");
    }
    try {
      boolean isOwned = Files.exists(root.resolve(OWN_FOLDER).resolve(OWNER));
      if (hasOutputs(root) && (isToBeEmpty || !isOwned)) {
        throw new OutputRefusedException(
            "The output folder "
                + root
                + (isOwned
                    ? " has outputs of an earlier run, and without a ledger Longline cannot know what is in them."
                    : " is not empty, and not Longline's.")
                + " Name another in the setting output.");
      }
      return take(root);
    } catch (IOException e) {
      throw new OutputRefusedException(
          "The output folder "
              + root
              + " cannot be written: "
              + e
              + ". Name another in the setting output.",
          e);
    }
  }

  private static OutputFolder take(Path root) throws IOException, OutputRefusedException {
    var own = Files.createDirectories(root.resolve(OWN_FOLDER));
    var lockFile =
        FileChannel.open(own.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      var lock = tryLock(lockFile);
      if (lock == null) {
        throw new OutputRefusedException(
            "Another host is writing to the output folder "
                + root
                + ". Wait for it, or name another in the setting output.");
      }
      var outputFolder = new OutputFolder(root, lockFile, lock, owner(own));
      outputFolder.emptyStaging();
      return outputFolder;
    } catch (IOException | OutputRefusedException e) {
      lockFile.close();
      throw e;
    }
  }

  private static Owner owner(Path own) throws IOException {
    var file = own.resolve(OWNER);
    if (!Files.exists(file)) {
      return new Owner("", UUID.randomUUID().toString(), "");
    }
    var lines = Files.readAllLines(file);
    if (lines.size() < 3) {
      throw new IOException(file + " is damaged: it should have three lines");
    }
    return new Owner(lines.get(0), lines.get(1), lines.get(2));
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * Records the new owner of the folder.
   *
   * @param ledger the ledger's id
   * @param host the id of this start of the host
   * @throws OutputRefusedException if it belongs to another ledger
   */
  public void belongTo(String ledger, String host) throws OutputRefusedException {
    if (!before.ledger.isEmpty() && !before.ledger.equals(ledger)) {
      throw new OutputRefusedException(
          "The output folder "
              + root
              + " belongs to another ledger. Name that ledger in the setting state or the setting ledger, or another folder in the setting output.");
    }
    var file = own().resolve(OWNER);
    var fresh = own().resolve("owner.new");
    try {
      Files.write(fresh, List.of(ledger, before.folder, host), UTF_8);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new OutputRefusedException("The output folder " + root + " cannot be written: " + e, e);
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

  /** The folder's own id, by which the ledger knows it. */
  public String id() {
    return before.folder;
  }

  /** The id of the previous host; empty if no host has had the folder. */
  public String lastHost() {
    return before.host;
  }

  /** The default place of the ledger. */
  public static Path stateIn(Path output) {
    return output.resolve(OWN_FOLDER);
  }

  private Path own() {
    return root.resolve(OWN_FOLDER);
  }

  Path staging() {
    return own().resolve("staging");
  }

  Path journal() {
    return own().resolve("journal");
  }

  /** The folder, absolute. */
  public Path path() {
    return root;
  }

  /** Begins to collect the output of one call of a hook. */
  public StagedOutputs begin() {
    return StagedOutputs.in(staging());
  }

  /** Gives the folder up. */
  @Override
  public void close() throws IOException {
    if (lock.isValid()) {
      lock.release();
    }
    lockFile.close();
  }
}
