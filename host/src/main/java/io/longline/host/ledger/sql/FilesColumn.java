package io.longline.host.ledger.sql;

import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.LogContent;
import io.longline.host.ledger.RecordedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The logs of a batch as text: a line for each, of size, time of change and name; behind the time
 * and a slash stands what is known of the content. What would break a line is escaped. Stateless.
 */
final class FilesColumn {

  private static final Pattern LINE_END = Pattern.compile("\n");
  private static final Pattern PART_END = Pattern.compile("[.]");

  private FilesColumn() {}

  static String format(List<RecordedLog> logs) {
    var text = new StringBuilder();
    for (var log : logs) {
      var file = log.file();
      text.append(file.size()).append(' ').append(file.modifiedMillis());
      text.append(content(log.content())).append(' ');
      text.append(escaped(file.name())).append('\n');
    }
    return text.toString();
  }

  private static String content(LogContent content) {
    return switch (content.extent()) {
      case NOTHING -> "";
      case NO_ROWS -> "/n";
      case HEAD -> "/h" + number(content.head());
      case LAST_MEMBER -> "/m" + numbers(content);
      case WHOLE -> "/w" + numbers(content);
    };
  }

  private static String numbers(LogContent content) {
    return number(content.head())
        + "."
        + number(content.checksum())
        + "."
        + number(content.length());
  }

  private static String number(long value) {
    return Long.toUnsignedString(value, Character.MAX_RADIX);
  }

  private static String escaped(String name) {
    return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D").replace("\0", "%00");
  }

  /**
   * The logs.
   *
   * @throws IllegalArgumentException if the text is damaged
   */
  static List<RecordedLog> parse(String text) {
    var logs = LINE_END.splitAsStream(text).map(FilesColumn::log).toList();
    if (logs.isEmpty()) {
      throw new IllegalArgumentException("There are no files.");
    }
    return logs;
  }

  /** The logs of those lines that are not damaged. */
  static List<RecordedLog> parseWhatIsLeft(@Nullable String text) {
    var logs = new ArrayList<RecordedLog>();
    if (text != null) {
      for (var line : LINE_END.split(text, 0)) {
        try {
          logs.add(log(line));
        } catch (IllegalArgumentException e) {
          // Damaged: the file is not known any more.
        }
      }
    }
    return logs;
  }

  private static RecordedLog log(String line) {
    var parts = line.split(" ", 3);
    if (parts.length < 3) {
      throw new IllegalArgumentException("The line \"" + line + "\" is not one of a file.");
    }
    int slash = parts[1].indexOf('/');
    var time = slash < 0 ? parts[1] : parts[1].substring(0, slash);
    var file = new FileStamp(unescaped(parts[2]), Long.parseLong(parts[0]), Long.parseLong(time));
    return new RecordedLog(
        file, slash < 0 ? LogContent.UNKNOWN : content(parts[1].substring(slash + 1)));
  }

  /** What is damaged is not known. */
  private static LogContent content(String text) {
    if (text.equals("n")) {
      return LogContent.NO_ROWS;
    }
    var numbers = PART_END.split(text, -1);
    if (text.startsWith("h") && numbers.length == 1) {
      return new LogContent(LogContent.Extent.HEAD, 0, value(text.substring(1)), 0);
    }
    if (numbers.length != 3 || !text.startsWith("m") && !text.startsWith("w")) {
      return LogContent.UNKNOWN;
    }
    var extent = text.startsWith("m") ? LogContent.Extent.LAST_MEMBER : LogContent.Extent.WHOLE;
    return new LogContent(
        extent, value(numbers[2]), value(numbers[0].substring(1)), value(numbers[1]));
  }

  private static long value(String text) {
    return Long.parseUnsignedLong(text, Character.MAX_RADIX);
  }

  private static String unescaped(String name) {
    return name.replace("%0A", "\n").replace("%0D", "\r").replace("%00", "\0").replace("%25", "%");
  }
}
