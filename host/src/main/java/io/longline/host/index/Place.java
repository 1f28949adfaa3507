package io.longline.host.index;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where the files of an index are: a folder, or an address. Immutable. */
sealed interface Place permits FolderPlace, WebPlace {

  Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  /**
   * A place as people write it.
   *
   * @throws IndexException if it cannot be used
   */
  static Place of(String location) throws IndexException {
    var folder =
        location.endsWith("/" + PluginIndex.FILE)
            ? location.substring(0, location.length() - PluginIndex.FILE.length())
            : location;
    if (!SCHEME.matcher(folder).matches()) {
      return new FolderPlace(Path.of(folder).toAbsolutePath().normalize());
    }
    try {
      var uri = URI.create(folder.endsWith("/") ? folder : folder + "/");
      return "file".equals(uri.getScheme())
          ? new FolderPlace(Path.of(uri).normalize())
          : new WebPlace(WebPlace.checked(uri));
    } catch (IllegalArgumentException e) {
      throw new IndexException(location + " is neither a folder nor an address.", e);
    }
  }

  /**
   * Reads a file.
   *
   * @param file its path, relative to the place
   * @param limit the most bytes that it may have
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws IOException if it cannot be read, or has more
   */
  void read(String file, long limit, OutputStream out) throws IOException;

  /** The place as people write it. */
  String text();

  /** Whether an index here may name another place for its jars. */
  boolean allows(Place mirror);
}
