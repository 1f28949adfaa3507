package io.longline.host.output;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.host.files.FileAccess;
import io.longline.host.files.ForeignFileException;
import io.longline.host.files.OpenFiles;
import io.longline.host.files.OpenFolder;
import io.longline.host.files.PositionedFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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

  /** The folder for output of calls that have not ended. */
  private static final String STAGING = "staging";

  /** The file that records whose folder it is. */
  private static final String OWNER = "owner";

  /** Many times what three ids take. */
  private static final int MAX_OWNER_BYTES = 4_096;

  /**
   * How many outputs are open at the same time, whatever hooks write; the others are opened again
   * when they are written to.
   */
  static final int MAX_OPEN = 64;

  private final OpenFiles openFiles = new OpenFiles(MAX_OPEN);
  private final Path root;
  private final FileAccess access;
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

  private OutputFolder(
      Path root, FileAccess access, FileChannel lockFile, FileLock lock, Owner before) {
    this.root = root;
    this.access = access;
    this.lockFile = lockFile;
    this.lock = lock;
    this.before = before;
  }

  /** Takes possession of a folder whose outputs the group may read. */
  public static OutputFolder open(Path folder, boolean isToBeEmpty) throws OutputRefusedException {
    return open(folder, isToBeEmpty, FileAccess.GROUP);
  }

  /**
   * Takes possession of a folder, making it if it is not there.
   *
   * @param isToBeEmpty whether it must have no outputs, not even of its own ledger
   * @param access who may read the outputs
   * @throws OutputRefusedException if another host has it, it has files that are not outputs of
   *     Longline, or it cannot be written
   */
  public static OutputFolder open(Path folder, boolean isToBeEmpty, FileAccess access)
      throws OutputRefusedException {
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
                    : " is not empty, and not Longline's. If its folder .longline was lost, move the outputs elsewhere: Longline cannot know what is in them.")
                + " Name another in the setting output.");
      }
      return take(root, access);
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

  private static OutputFolder take(Path root, FileAccess access)
      throws IOException, OutputRefusedException {
    try (var folder = OpenFolder.open(access.makeFolders(root))) {
      folder.reduce(access);
      try (var own = folder.makeFolder(OWN_FOLDER, FileAccess.OWNER)) {
        return take(root, access, own);
      }
    }
  }

  private static OutputFolder take(Path root, FileAccess access, OpenFolder own)
      throws IOException, OutputRefusedException {
    var lockFile = own.file("lock", FileAccess.OWNER);
    try {
      var lock = tryLock(lockFile);
      if (lock == null) {
        throw new OutputRefusedException(
            "Another host is writing to the output folder "
                + root
                + ". Wait for it, or name another in the setting output.");
      }
      var outputFolder = new OutputFolder(root, access, lockFile, lock, owner(own));
      emptyStaging(own);
      return outputFolder;
    } catch (IOException | OutputRefusedException e) {
      lockFile.close();
      throw e;
    }
  }

  private static Owner owner(OpenFolder own) throws IOException {
    var found = own.attributes(OWNER);
    if (found == null) {
      return new Owner("", UUID.randomUUID().toString(), "");
    }
    own.check(OWNER, found);
    var file = own.path().resolve(OWNER);
    var lines =
        found.size() > MAX_OWNER_BYTES ? List.<String>of() : Files.readAllLines(file, ISO_8859_1);
    if (lines.size() < 3) {
      throw new IOException(
          file
              + " is damaged: it should have three lines. Put a copy of it in its place, or move the outputs elsewhere with the folder .longline");
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
   * Checks that the folder may belong to a ledger.
   *
   * @param ledger the ledger's id
   * @throws OutputRefusedException if it belongs to another
   */
  public void checkLedger(String ledger) throws OutputRefusedException {
    if (!before.ledger.isEmpty() && !before.ledger.equals(ledger)) {
      throw new OutputRefusedException(
          "The output folder "
              + root
              + " belongs to another ledger. Name that ledger in the setting state or the setting ledger, or another folder in the setting output. If that ledger is lost, move the outputs elsewhere with the folder .longline; everything is processed again then.");
    }
  }

  /**
   * Records the new owner of the folder. Only when the ledger has recorded that this host takes
   * over from {@link #lastHost()}: a crash in between leaves the last host's id, so that the next
   * start takes over from it.
   *
   * @param ledger the ledger's id
   * @param host the id of this start of the host
   * @throws OutputRefusedException if it belongs to another ledger
   */
  public void belongTo(String ledger, String host) throws OutputRefusedException {
    checkLedger(ledger);
    var lines = String.join("\n", ledger, before.folder, host) + "\n";
    try (var folder = OpenFolder.open(root);
        var own = folder.makeFolder(OWN_FOLDER, FileAccess.OWNER)) {
      own.replace(OWNER, lines.getBytes(UTF_8), FileAccess.OWNER);
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

  private static void emptyStaging(OpenFolder own) throws IOException {
    try (var staging = own.makeFolder(STAGING, FileAccess.OWNER)) {
      for (var name : staging.names()) {
        if (name.endsWith(".staged")) {
          staging.deleteFile(name);
        }
      }
    }
  }

  /**
   * A file that is open.
   *
   * @param file the file
   * @param key distinguishes it from another of the same name; null if nothing does
   */
  record Opened(PositionedFile file, @Nullable Object key) {}

  /**
   * Opens or makes a file for output, with the folders above it.
   *
   * @param name relative to this folder
   * @throws ForeignFileException if what is there, or a folder on the way, is not ours
   */
  Opened open(String name) throws IOException {
    try (var parent = parent(name)) {
      var channel = parent.file(last(name), access);
      var found = parent.attributes(last(name));
      var key = found == null ? null : found.fileKey();
      return new Opened(new PositionedFile(channel, () -> openAgain(name, key), openFiles), key);
    }
  }

  private FileChannel openAgain(String name, @Nullable Object key) throws IOException {
    try (var parent = parent(name)) {
      return parent.file(last(name), access, key);
    }
  }

  private OpenFolder parent(String name) throws IOException {
    try (var folder = OpenFolder.open(access.makeFolders(root))) {
      return folder.makeParent(name, access);
    }
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** Deletes a file for output. */
  void delete(String name) throws IOException {
    try (var parent = parent(name)) {
      if (parent.attributes(last(name)) != null) {
        parent.deleteFile(last(name));
      }
    }
  }

  /** The attributes of a file, or of what is in its place; null if there is nothing. */
  @Nullable BasicFileAttributes attributes(String name) throws IOException {
    try {
      return Files.readAttributes(
          root.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (AccessDeniedException e) {
      throw e;
    } catch (FileSystemException e) {
      // There is nothing, or a folder on the way is none.
      return null;
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
    return own().resolve(STAGING);
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
