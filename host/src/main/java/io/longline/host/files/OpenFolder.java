package io.longline.host.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is open: what is done in it is done in this very folder, whatever somebody puts at
 * its path meanwhile. Confined to one thread.
 *
 * <p>Names are those of single files. A symbolic link is never followed at the last place of a
 * path. A folder that is one is followed if only trusted users could have made it. What belongs to
 * a user who is not trusted is not used: see {@link Owners}.
 */
public final class OpenFolder implements Closeable {

  /** How often something may change between a look and its opening. */
  private static final int MAX_TRIES = 100;

  private static final Set<PosixFilePermission> WRITABLE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private final Path path;
  private final SecureDirectoryStream<Path> stream;
  private final Owners owners;

  private OpenFolder(Path path, SecureDirectoryStream<Path> stream, Owners owners) {
    this.path = path;
    this.stream = stream;
    this.owners = owners;
  }

  /**
   * Opens a folder that a person has named, so that links on the way to it are followed. Its owner
   * is trusted.
   *
   * @throws IOException if there is none, or it cannot be opened
   */
  public static OpenFolder open(Path folder) throws IOException {
    var real = folder.toRealPath();
    var stream = secure(real);
    try {
      return new OpenFolder(real, stream, Owners.in(attributes(stream).owner()));
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  /** Opens a real path; what was exchanged for a link in the meantime is not opened. */
  private static SecureDirectoryStream<Path> secure(Path real) throws IOException {
    var parent = real.getParent();
    var name = real.getFileName();
    if (parent == null || name == null) {
      return stream(real);
    }
    try (var above = stream(parent)) {
      return above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    } catch (AccessDeniedException e) {
      // One may pass through the folder above and not list it.
      return stream(real);
    }
  }

  @SuppressWarnings("StreamResourceLeak") // Whoever asks for it closes it.
  private static SecureDirectoryStream<Path> stream(Path path) throws IOException {
    var stream = Files.newDirectoryStream(path);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    throw new IOException(
        path + " is on a system where files cannot be opened relative to a folder");
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** The attributes of the folder itself. */
  public PosixFileAttributes attributes() throws IOException {
    return attributes(stream);
  }

  private static PosixFileAttributes attributes(SecureDirectoryStream<Path> stream)
      throws IOException {
    return stream.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
  }

  /** The attributes of something in it, of a link itself; null if there is nothing. */
  public @Nullable PosixFileAttributes attributes(String name) throws IOException {
    try {
      return view(name).readAttributes();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private PosixFileAttributeView view(String name) {
    return stream.getFileAttributeView(
        Path.of(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether the folder belongs to the user who runs the program, and nobody else may write. */
  public boolean isOnlyOurs() throws IOException {
    var attributes = attributes();
    return isOurs(attributes) && !isWritableForOthers(attributes);
  }

  /** Whether something belongs to the user who runs the program. */
  public static boolean isOurs(PosixFileAttributes attributes) throws IOException {
    return attributes.owner().equals(Owners.me());
  }

  private static boolean isWritableForOthers(PosixFileAttributes attributes) {
    return WRITABLE.stream().anyMatch(attributes.permissions()::contains);
  }

  /** The names of what is in it. */
  public List<String> names() throws IOException {
    var names = new ArrayList<String>();
    try (var entries = stream.newDirectoryStream(Path.of("."), LinkOption.NOFOLLOW_LINKS)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  /**
   * Opens a file for reading and writing; makes it if there is none. What others may do with a file
   * that exists is reduced to what this access allows.
   *
   * @throws ForeignFileException if what is there is not a file, or not one of a trusted user
   */
  public FileChannel file(String name, FileAccess access) throws IOException {
    return file(name, access, null);
  }

  /**
   * Opens a file as {@link #file(String, FileAccess)} does, but no other than that of this key.
   *
   * @param key the {@linkplain PosixFileAttributes#fileKey() key} of the file; null for any
   */
  public FileChannel file(String name, FileAccess access, @Nullable Object key) throws IOException {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      try {
        var before = attributes(name);
        if (before == null && key == null) {
          return made(name, access);
        }
        if (before == null || key != null && !key.equals(before.fileKey())) {
          throw foreign(name, "is not the file that was there");
        }
        check(name, before);
        var channel = open(name, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (isStill(name, before)) {
          reduce(name, before, access);
          return channel;
        }
        channel.close();
      } catch (FileAlreadyExistsException | NoSuchFileException e) {
        // It has come or gone in this moment.
      }
    }
    throw foreign(name, "is exchanged again and again");
  }

  /** Whether a name still leads to what it led to. */
  private boolean isStill(String name, PosixFileAttributes before) throws IOException {
    var now = attributes(name);
    return now != null && Objects.equals(now.fileKey(), before.fileKey());
  }

  /**
   * Makes sure that something is a file of a trusted user.
   *
   * @throws ForeignFileException if it is not
   */
  public void check(String name, PosixFileAttributes attributes) throws ForeignFileException {
    if (!attributes.isRegularFile()) {
      throw foreign(
          name,
          attributes.isSymbolicLink()
              ? "is a symbolic link"
              : attributes.isDirectory() ? "is a folder" : "is not a file");
    }
    if (!owners.trust(attributes.owner())) {
      throw foreign(name, "belongs to " + attributes.owner().getName());
    }
  }

  private ForeignFileException foreign(String name, String what) {
    return new ForeignFileException(path.resolve(name), what, false);
  }

  /** Makes a file; there must be none. */
  private FileChannel made(String name, FileAccess access) throws IOException {
    var channel =
        open(
            name, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    // Only now: the umask would have counted.
    if (access != FileAccess.OWNER) {
      view(name).setPermissions(access.ofFiles());
    }
    return channel;
  }

  private FileChannel open(String name, OpenOption... options) throws IOException {
    var all = new HashSet<OpenOption>(Set.of(options));
    all.add(LinkOption.NOFOLLOW_LINKS);
    var attributes = new FileAttribute<?>[] {FileAccess.OWNER.newFile()};
    return (FileChannel) stream.newByteChannel(Path.of(name), all, attributes);
  }

  private void reduce(String name, PosixFileAttributes attributes, FileAccess access)
      throws IOException {
    var left = reduced(attributes, access, access.ofFiles());
    if (left != null && isOurs(attributes)) {
      view(name).setPermissions(left);
    }
  }

  /**
   * What is left of the permissions of something that exists: the owner's, and if others may read
   * it, theirs without writing. Null if that changes nothing.
   */
  private static @Nullable Set<PosixFilePermission> reduced(
      PosixFileAttributes attributes, FileAccess access, Set<PosixFilePermission> allowed) {
    var left = EnumSet.noneOf(PosixFilePermission.class);
    left.addAll(attributes.permissions());
    if (access == FileAccess.OWNER) {
      left.retainAll(allowed);
    } else {
      left.remove(PosixFilePermission.OTHERS_WRITE);
    }
    return left.equals(attributes.permissions()) ? null : left;
  }

  /**
   * Opens a folder in it. A link to a folder is followed if only trusted users could have made it.
   *
   * @throws ForeignFileException if what is there is not a folder of a trusted user
   * @throws NoSuchFileException if there is nothing
   */
  public OpenFolder folder(String name) throws IOException {
    var found = attributes(name);
    if (found == null) {
      throw new NoSuchFileException(path.resolve(name).toString());
    }
    if (found.isSymbolicLink()
        && owners.trust(found.owner())
        && !isWritableForOthers(attributes())) {
      return following(name);
    }
    return ownFolder(name);
  }

  /**
   * Opens a folder in it, and never a link.
   *
   * @throws ForeignFileException if what is there is not a folder of a trusted user
   * @throws NoSuchFileException if there is nothing
   */
  public OpenFolder ownFolder(String name) throws IOException {
    var found = attributes(name);
    if (found == null) {
      throw new NoSuchFileException(path.resolve(name).toString());
    }
    if (!found.isDirectory() || !owners.trust(found.owner())) {
      throw foreignFolder(name, found);
    }
    return inner(name);
  }

  private OpenFolder following(String name) throws IOException {
    var target = open(path.resolve(name));
    if (!owners.trust(target.attributes().owner())) {
      target.close();
      throw new ForeignFileException(path.resolve(name), "leads to a folder of another user", true);
    }
    return target;
  }

  private FileSystemException foreignFolder(String name, PosixFileAttributes found) {
    var place = path.resolve(name);
    if (found.isSymbolicLink()) {
      return new ForeignFileException(place, "is a symbolic link", true);
    }
    return found.isDirectory()
        ? new ForeignFileException(place, "belongs to " + found.owner().getName(), true)
        : new NotDirectoryException(place.toString());
  }

  private OpenFolder inner(String name) throws IOException {
    var inner = stream.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS);
    return new OpenFolder(path.resolve(name), inner, owners);
  }

  /**
   * Opens a folder in it; makes it if there is none. What others may do with one that exists is
   * reduced to what this access allows.
   *
   * @throws ForeignFileException if what is there is not a folder of a trusted user
   */
  public OpenFolder makeFolder(String name, FileAccess access) throws IOException {
    boolean isNew = attributes(name) == null;
    if (isNew) {
      try {
        // The JDK has no way to make it relative to this folder; it is opened so.
        Files.createDirectory(path.resolve(name), FileAccess.OWNER.newFolder());
      } catch (FileAlreadyExistsException e) {
        isNew = false;
      }
    }
    var made = folder(name);
    try {
      if (isNew) {
        made.setPermissions(access.ofFolders());
      } else {
        made.reduce(access);
      }
      return made;
    } catch (IOException | RuntimeException e) {
      made.close();
      throw e;
    }
  }

  /**
   * Reduces what others may do with this folder to what this access allows, if it belongs to the
   * user who runs the program.
   */
  public void reduce(FileAccess access) throws IOException {
    var attributes = attributes();
    var left = reduced(attributes, access, access.ofFolders());
    if (left != null && isOurs(attributes)) {
      setPermissions(left);
    }
  }

  private void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
    stream.getFileAttributeView(PosixFileAttributeView.class).setPermissions(permissions);
  }

  /** The owner of the folder. */
  public UserPrincipal owner() throws IOException {
    return attributes().owner();
  }

  /**
   * Replaces the content of a file, so that a reader sees the old or the new one.
   *
   * @throws IOException if that fails; the file is as it was
   */
  public void replace(String name, byte[] content, FileAccess access) throws IOException {
    var fresh = name + ".new";
    if (attributes(fresh) != null) {
      deleteFile(fresh);
    }
    try (var channel = made(fresh, access)) {
      for (var bytes = ByteBuffer.wrap(content); bytes.hasRemaining(); ) {
        channel.write(bytes);
      }
    }
    stream.move(Path.of(fresh), stream, Path.of(name));
  }

  /**
   * Moves a file to another folder, in the place of what is there; readers see the one or other.
   */
  public void move(String name, OpenFolder target, String targetName) throws IOException {
    stream.move(Path.of(name), target.stream, Path.of(targetName));
  }

  /** Deletes a file, or a link, whatever it leads to. */
  public void deleteFile(String name) throws IOException {
    stream.deleteFile(Path.of(name));
  }

  /** Deletes something with everything below, if it is there; links, whatever they lead to. */
  public void deleteTree(String name) throws IOException {
    var found = attributes(name);
    if (found == null) {
      return;
    }
    if (!found.isDirectory()) {
      deleteFile(name);
      return;
    }
    try (var inner = inner(name)) {
      inner.deleteAll();
    }
    deleteFolder(name);
  }

  /** Deletes a folder that is empty. */
  public void deleteFolder(String name) throws IOException {
    stream.deleteDirectory(Path.of(name));
  }

  /** Deletes everything in it. */
  public void deleteAll() throws IOException {
    for (var name : names()) {
      deleteTree(name);
    }
  }

  /**
   * Opens the folder in which a file is, going from folder to folder.
   *
   * @param name of the file, relative to this folder, with slashes between folders
   * @param access for folders that are missing
   */
  public OpenFolder makeParent(String name, FileAccess access) throws IOException {
    int slash = name.indexOf('/');
    if (slash < 0) {
      return again();
    }
    try (var next = makeFolder(name.substring(0, slash), access)) {
      return next.makeParent(name.substring(slash + 1), access);
    }
  }

  private OpenFolder again() throws IOException {
    return new OpenFolder(
        path, stream.newDirectoryStream(Path.of("."), LinkOption.NOFOLLOW_LINKS), owners);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
