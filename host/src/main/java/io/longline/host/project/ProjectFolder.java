package io.longline.host.project;

import io.longline.host.files.FileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;

/**
 * The folder that a project is written to. Confined to one thread.
 *
 * @param path the folder, absolute
 */
public record ProjectFolder(Path path) {

  /**
   * A folder that a project can be written to: it does not exist, or is empty.
   *
   * @throws ProjectException if it is something else
   * @throws IOException if it cannot be read
   */
  public static ProjectFolder at(Path path) throws ProjectException, IOException {
    var folder = path.toAbsolutePath().normalize();
    if (Files.isDirectory(folder)) {
      try (var entries = Files.newDirectoryStream(folder)) {
        if (entries.iterator().hasNext()) {
          throw new ProjectException(
              "The folder %s exists and is not empty. Choose another name, name another place with --into, or remove it."
                  .formatted(folder));
        }
      }
    } else if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new ProjectException(
          "%s exists and is not a folder. Choose another name, or name another place with --into."
              .formatted(folder));
    }
    return new ProjectFolder(folder);
  }

  /**
   * Writes files.
   *
   * @param files their contents, by their path in the folder
   * @throws IOException if that fails; some of them may have been written
   */
  public void write(Map<String, String> files) throws IOException {
    for (var file : files.entrySet()) {
      var target = path.resolve(file.getKey());
      FileAccess.ALL.makeFolders(Objects.requireNonNull(target.getParent()));
      Files.writeString(
          FileAccess.ALL.makeFile(target),
          file.getValue(),
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);
    }
  }
}
