package io.longline.host.files;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * What is at a path is not the program's own: a symbolic link, something of another user, or
 * another file than the one that was there. It was not touched.
 */
public final class ForeignFileException extends FileSystemException {

  private static final long serialVersionUID = 1;

  private final boolean isFolder;

  /**
   * Something that is not ours.
   *
   * @param path where it is
   * @param what what it is, to follow the path: "is a symbolic link"
   * @param isFolder whether a folder was expected there
   */
  public ForeignFileException(Path path, String what, boolean isFolder) {
    super(path.toString(), null, what);
    this.isFolder = isFolder;
  }

  /** Where it is. */
  public Path path() {
    return Path.of(getFile());
  }

  /** Whether a folder was expected there. */
  public boolean isFolder() {
    return isFolder;
  }

  @Override
  public String getMessage() {
    return getFile() + " " + getReason();
  }

  /** The message alone, which is for people. */
  @Override
  public String toString() {
    return getMessage();
  }
}
