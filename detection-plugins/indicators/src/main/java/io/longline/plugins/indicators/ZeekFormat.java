package io.longline.plugins.indicators;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file for Zeek's intelligence framework. Confined to one thread.
 *
 * @see <a href="https://docs.zeek.org/en/master/frameworks/intel.html">Its format</a>
 */
final class ZeekFormat implements FeedReader.FeedFormat {

  /** What its header begins with. */
  static final String HEADER = "#fields\t";

  private static final String UNSET = "-";
  private static final Set<String> TRUE = Set.of("T", "1");
  private static final String EMPTY = "(empty)";

  private final FeedReader feed;
  private final FeedEntry entry;
  private final List<String> names;
  private final int indicator;
  private final int type;
  private final int source;
  private final int description;
  private final int notice;
  private final int noticeWhere;
  private final int whitelist;

  /** The cells of a line. */
  private final List<String> cells = new ArrayList<>();

  private ZeekFormat(List<String> names, FeedEntry entry, FeedReader feed) {
    this.feed = feed;
    this.entry = entry;
    this.names = names;
    this.indicator = names.indexOf("indicator");
    this.type = names.indexOf("indicator_type");
    this.source = names.indexOf("meta.source");
    this.description = names.indexOf("meta.desc");
    this.notice = names.indexOf("meta.do_notice");
    this.noticeWhere = names.indexOf("meta.if_in");
    this.whitelist = names.indexOf("meta.whitelist");
  }

  /** The format that a header describes; null if it has not the columns that Zeek requires. */
  static @Nullable ZeekFormat of(String header, FeedEntry entry, FeedReader feed) {
    var names = new ArrayList<String>();
    split(header.substring(HEADER.length()), names);
    var format = new ZeekFormat(List.copyOf(names), entry, feed);
    return format.indicator < 0 || format.type < 0 ? null : format;
  }

  private static void split(String line, List<String> cells) {
    cells.clear();
    int from = 0;
    for (int tab = line.indexOf('\t'); tab >= 0; tab = line.indexOf('\t', from)) {
      cells.add(line.substring(from, tab));
      from = tab + 1;
    }
    cells.add(line.substring(from));
  }

  @Override
  public void read(String line, long number) {
    split(line, cells);
    if (cells.size() < names.size()) {
      feed.reject(number, "%d columns in place of %d".formatted(cells.size(), names.size()), line);
      return;
    }
    var known = IndicatorType.ofZeek(cells.get(type));
    if (known == null) {
      feed.reject(number, "An unknown type of indicators", line);
      return;
    }
    var found = Indicator.ofType(known, cell(indicator), feed.isSuffix(false));
    if (found == null) {
      feed.reject(number, "No indicator of the type " + known.zeekName(), line);
    } else {
      feed.add(found, origin());
    }
  }

  private Origin origin() {
    var named = entry.source() == null ? text(source) : entry.source();
    return new Origin(
        named.isEmpty() ? feed.source() : named,
        text(description),
        isTrue(notice),
        text(noticeWhere),
        isTrue(whitelist));
  }

  /** What Zeek's reader takes as true, in Ascii.cc of its threading formatters. */
  private boolean isTrue(int column) {
    return column >= 0 && TRUE.contains(cells.get(column).strip());
  }

  /** A text of the file, which is UTF-8. */
  private String text(int column) {
    var cell = cell(column);
    for (int i = 0; i < cell.length(); i++) {
      if (cell.charAt(i) > 0x7F) {
        return new String(cell.getBytes(ISO_8859_1), UTF_8);
      }
    }
    return cell;
  }

  /** A cell, its escapes undone; empty if it is unset, or there is no such column. */
  private String cell(int column) {
    var cell = column < 0 ? UNSET : cells.get(column);
    if (cell.equals(UNSET) || cell.equals(EMPTY)) {
      return "";
    }
    return cell.indexOf("\\x") < 0 ? cell : unescaped(cell);
  }

  /** Undoes {@code \x09} and the like. */
  private static String unescaped(String cell) {
    var bytes = new ByteArrayOutputStream(cell.length());
    for (int i = 0; i < cell.length(); i++) {
      int value = cell.startsWith("\\x", i) && i + 4 <= cell.length() ? hex(cell, i + 2) : -1;
      bytes.write(value < 0 ? cell.charAt(i) : value);
      i += value < 0 ? 0 : 3;
    }
    return bytes.toString(ISO_8859_1);
  }

  private static int hex(String text, int at) {
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
