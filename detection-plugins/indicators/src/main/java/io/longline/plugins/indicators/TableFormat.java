package io.longline.plugins.indicators;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a table with commas, semicolons, tabs or vertical bars between the cells, which may
 * be quoted; one column has the indicators. Confined to one thread.
 */
final class TableFormat implements FeedReader.FeedFormat {

  private static final String SEPARATORS = ",;\t|";

  /** Names of columns with indicators, the most telling first. */
  private static final List<String> NAMES =
      List.of(
          "indicator",
          "ioc_value",
          "ioc",
          "dst_ip",
          "ip",
          "ip_address",
          "ipaddress",
          "ipv4",
          "url",
          "domain",
          "domain_name",
          "fqdn",
          "hostname",
          "host",
          "sha256_hash",
          "sha256",
          "sha1_hash",
          "sha1",
          "md5_hash",
          "md5",
          "ja3_md5");

  private final FeedReader feed;
  private final @Nullable IndicatorType type;
  private final char separator;
  private final int column;
  private final String header;
  private final Origin origin;
  private final boolean isSuffix;

  private TableFormat(String header, char separator, int column, FeedEntry entry, FeedReader feed) {
    this.feed = feed;
    this.type = entry.type();
    this.separator = separator;
    this.column = column;
    this.header = header;
    this.origin = Origin.of(feed.source());
    this.isSuffix = feed.isSuffix(true);
  }

  /**
   * The format of a table, told by its header.
   *
   * @param comment the last comment before the first line
   * @param first the first line
   * @return null if it is none
   */
  static @Nullable TableFormat of(String comment, String first, FeedEntry entry, FeedReader feed) {
    var wanted = entry.column();
    if (wanted != null && wanted.matches("[1-9][0-9]{0,3}")) {
      return new TableFormat("", separator(first), Integer.parseInt(wanted) - 1, entry, feed);
    }
    for (var header : List.of(comment.replaceFirst("^[#; ]+", ""), first)) {
      char separator = separator(header);
      var names = cells(header, separator).stream().map(TableFormat::bare).toList();
      int column = wanted == null ? known(names) : names.indexOf(bare(wanted));
      if (column >= 0 && (names.size() > 1 || wanted != null)) {
        return new TableFormat(header, separator, column, entry, feed);
      }
    }
    return null;
  }

  private static String bare(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private static int known(List<String> names) {
    return NAMES.stream().mapToInt(names::indexOf).filter(at -> at >= 0).findFirst().orElse(-1);
  }

  /** The separator that a line has most of. */
  private static char separator(String line) {
    char most = SEPARATORS.charAt(0);
    long count = 0;
    for (int i = 0; i < SEPARATORS.length(); i++) {
      char separator = SEPARATORS.charAt(i);
      long found = line.chars().filter(c -> c == separator).count();
      if (found > count) {
        most = separator;
        count = found;
      }
    }
    return most;
  }

  /** Whether a line is the one that names the columns. */
  boolean isHeader(String line) {
    return line.equals(header);
  }

  @Override
  public void read(String line, long number) {
    var cells = cells(line, separator);
    var text = column < cells.size() ? cells.get(column).strip() : "";
    var found = indicator(text);
    if (found != null) {
      feed.add(found, origin);
    } else if (number > 1 || !header.isEmpty()) {
      feed.reject(number, "No indicator in column " + (column + 1), line);
    }
  }

  private @Nullable Indicator indicator(String text) {
    return type == null
        ? Indicator.guessed(text, isSuffix)
        : Indicator.listed(type, text, isSuffix);
  }

  /** The cells of a line; a quote within a quoted cell is written twice. */
  static List<String> cells(String line, char separator) {
    var cells = new ArrayList<String>();
    var cell = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && isQuoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"' && (isQuoted || cell.toString().isBlank())) {
        isQuoted = !isQuoted;
      } else if (c == separator && !isQuoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
