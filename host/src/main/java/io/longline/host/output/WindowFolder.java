package io.longline.host.output;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.longline.host.files.FileAccess;
import io.longline.host.files.OpenFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The folder of parts and of what windows write: the output folder, or one that several hosts
 * share. Immutable.
 *
 * <pre>
 * FOLDER/NAME/WINDOW.log               the output NAME of a window
 * FOLDER/.longline/parts/*.parts       parts
 * FOLDER/.longline/windows/BATCH-TOKEN what a call for a window has written, until it is committed
 * FOLDER/.longline/windows-id          the folder's own id
 * </pre>
 */
public final class WindowFolder {

  private static final String PARTS = "parts";
  private static final String WINDOWS = "windows";
  private static final String ID = "windows-id";
  private static final int MAX_ID_BYTES = 100;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+[.]parts");

  private final Path root;
  private final FileAccess access;
  private final String id;

  private WindowFolder(Path root, FileAccess access, String id) {
    this.root = root;
    this.access = access;
    this.id = id;
  }

  /**
   * Opens a folder, making it if it is not there.
   *
   * @param access who may read what windows write
   * @throws IOException if it cannot be written, or what is in it is not ours
   */
  public static WindowFolder open(Path folder, FileAccess access) throws IOException {
    var root = folder.toAbsolutePath().normalize();
    try (var open = OpenFolder.open(access.makeFolders(root));
        var own = open.makeFolder(OutputFolder.OWN_FOLDER, FileAccess.OWNER)) {
      own.makeFolder(PARTS, FileAccess.OWNER).close();
      own.makeFolder(WINDOWS, FileAccess.OWNER).close();
      return new WindowFolder(root, access, id(own));
    }
  }

  private static String id(OpenFolder own) throws IOException {
    var found = own.attributes(ID);
    if (found == null) {
      var id = UUID.randomUUID().toString();
      own.replace(ID, id.getBytes(US_ASCII), FileAccess.OWNER);
      return id;
    }
    own.check(ID, found);
    var file = own.path().resolve(ID);
    if (found.size() > MAX_ID_BYTES) {
      throw new IOException(file + " is damaged: it should have one id. Put a copy in its place.");
    }
    return Files.readString(file, US_ASCII).strip();
  }

  /** The folder's own id, by which the ledger knows it. */
  public String id() {
    return id;
  }

  /** The folder, absolute. */
  public Path path() {
    return root;
  }

  /** Who may read what windows write. */
  FileAccess access() {
    return access;
  }

  /**
   * A file of parts in such a folder.
   *
   * @throws IllegalArgumentException if it cannot have this name
   */
  public static Path parts(Path folder, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("\"" + name + "\" is not the name of a file of parts.");
    }
    return folder.resolve(OutputFolder.OWN_FOLDER).resolve(PARTS).resolve(name);
  }

  OpenFolder openRoot() throws IOException {
    return OpenFolder.open(root);
  }

  OpenFolder openParts() throws IOException {
    return openOwn(PARTS);
  }

  OpenFolder openWindows() throws IOException {
    return openOwn(WINDOWS);
  }

  private OpenFolder openOwn(String name) throws IOException {
    try (var open = openRoot();
        var own = open.makeFolder(OutputFolder.OWN_FOLDER, FileAccess.OWNER)) {
      return own.makeFolder(name, FileAccess.OWNER);
    }
  }
}
