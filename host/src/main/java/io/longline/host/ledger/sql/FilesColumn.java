package io.longline.host.ledger.sql;

import io.longline.host.ledger.FileStamp;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of a batch as text: a line for each, of size, time of change and name; what would break
 * a line is escaped.
 */
final class FilesColumn {

  private static final Pattern LINE_END = Pattern.compile("\n");

  private FilesColumn() {}

  static String format(List<FileStamp> files) {
    var text = new StringBuilder();
    for (var file : files) {
      text.append(file.size()).append(' ').append(file.modifiedMillis()).append(' ');
      text.append(escaped(file.name())).append('\n');
    }
    return text.toString();
  }

  private static String escaped(String name) {
    return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D").replace("\0", "%00");
  }

  /**
   * The files.
   *
   * @throws IllegalArgumentException if the text is damaged
   */
  static List<FileStamp> parse(String text) {
    var files = new ArrayList<FileStamp>();
    LINE_END.splitAsStream(text).forEach(line -> files.add(file(line)));
    if (files.isEmpty()) {
      throw new IllegalArgumentException("There are no files.");
    }
    return files;
  }

  /** The files of those lines that are not damaged. */
  static List<FileStamp> parseWhatIsLeft(@Nullable String text) {
    var files = new ArrayList<FileStamp>();
    if (text != null) {
      for (var line : LINE_END.split(text, 0)) {
        try {
          files.add(file(line));
        } catch (IllegalArgumentException e) {
          // Damaged: the file is not known any more.
        }
      }
    }
    return files;
  }

  private static FileStamp file(String line) {
    var parts = line.split(" ", 3);
    if (parts.length < 3) {
      throw new IllegalArgumentException("The line \"" + line + "\" is not one of a file.");
    }
    return new FileStamp(unescaped(parts[2]), Long.parseLong(parts[0]), Long.parseLong(parts[1]));
  }

  private static String unescaped(String name) {
    return name.replace("%0A", "\n").replace("%0D", "\r").replace("%00", "\0").replace("%25", "%");
  }
}
