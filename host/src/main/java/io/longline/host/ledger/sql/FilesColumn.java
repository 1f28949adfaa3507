package io.longline.host.ledger.sql;

import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.LogContent;
import io.longline.host.ledger.RecordedLog;
import java.util.List;
import java.util.regex.Pattern;

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

  static List<RecordedLog> parse(String text) {
    return LINE_END.splitAsStream(text).filter(line -> !line.isEmpty()).map(FilesColumn::log).toList();
  }

  private static RecordedLog log(String line) {
    var parts = line.split(" ", 3);
    int slash = parts[1].indexOf('/');
    var time = slash < 0 ? parts[1] : parts[1].substring(0, slash);
    var file = new FileStamp(unescaped(parts[2]), Long.parseLong(parts[0]), Long.parseLong(time));
    return new RecordedLog(
        file, slash < 0 ? LogContent.UNKNOWN : content(parts[1].substring(slash + 1)));
  }

  private static LogContent content(String text) {
    var numbers = PART_END.split(text.substring(1));
    return switch (text.charAt(0)) {
      case 'n' -> LogContent.NO_ROWS;
      case 'h' -> new LogContent(LogContent.Extent.HEAD, 0, value(numbers[0]), 0);
      case 'm' -> content(LogContent.Extent.LAST_MEMBER, numbers);
      case 'w' -> content(LogContent.Extent.WHOLE, numbers);
      default -> LogContent.UNKNOWN;
    };
  }

  private static LogContent content(LogContent.Extent extent, String[] numbers) {
    return new LogContent(extent, value(numbers[2]), value(numbers[0]), value(numbers[1]));
  }

  private static long value(String text) {
    return Long.parseUnsignedLong(text, Character.MAX_RADIX);
  }

  private static String unescaped(String name) {
    return name.replace("%0A", "\n").replace("%0D", "\r").replace("%00", "\0").replace("%25", "%");
  }
}
