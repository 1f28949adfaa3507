package io.longline.host.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file as it was when it was looked at. Immutable.
 *
 * @param name within its folder
 * @param size in bytes
 * @param modifiedMillis when it was changed last, in milliseconds since 1970 by the file system's
 *     clock; compared with itself only
 */
public record FileStamp(String name, long size, long modifiedMillis) {

  /**
   * Looks at a file.
   *
   * @throws IOException if it cannot be looked at
   */
  public static FileStamp of(Path file) throws IOException {
    return of(file, Files.readAttributes(file, BasicFileAttributes.class));
  }

  /** The same with attributes that were read before. */
  public static FileStamp of(Path file, BasicFileAttributes attributes) {
    return new FileStamp(
        file.getFileName().toString(), attributes.size(), attributes.lastModifiedTime().toMillis());
  }

  /** Several as text: a line for each, of size, time and name; what would break a line escaped. */
  static String format(List<FileStamp> files) {
    var text = new StringBuilder();
    for (var file : files) {
      var name =
          file.name
              .replace("%", "%25")
              .replace("\n", "%0A")
              .replace("\r", "%0D")
              .replace("\0", "%00");
      text.append(file.size).append(' ').append(file.modifiedMillis).append(' ').append(name);
      text.append('\n');
    }
    return text.toString();
  }

  /** The reverse. */
  static List<FileStamp> parse(String text) {
    var files = new ArrayList<FileStamp>();
    Pattern.compile("\n")
        .splitAsStream(text)
        .forEach(
            line -> {
              var parts = line.split(" ", 3);
              var name =
                  parts[2]
                      .replace("%0A", "\n")
                      .replace("%0D", "\r")
                      .replace("%00", "\0")
                      .replace("%25", "%");
              files.add(new FileStamp(name, Long.parseLong(parts[0]), Long.parseLong(parts[1])));
            });
    return files;
  }
}
