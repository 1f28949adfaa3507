package io.longline.host.ledger.sql;

import io.longline.host.ledger.FileStamp;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

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

  static List<FileStamp> parse(String text) {
    var files = new ArrayList<FileStamp>();
    LINE_END
        .splitAsStream(text)
        .forEach(
            line -> {
              var parts = line.split(" ", 3);
              files.add(
                  new FileStamp(
                      unescaped(parts[2]), Long.parseLong(parts[0]), Long.parseLong(parts[1])));
            });
    return files;
  }

  private static String unescaped(String name) {
    return name.replace("%0A", "\n").replace("%0D", "\r").replace("%00", "\0").replace("%25", "%");
  }
}
