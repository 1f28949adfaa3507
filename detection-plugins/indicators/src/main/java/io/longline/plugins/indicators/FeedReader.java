package io.longline.plugins.indicators;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a feed into an index; recognises its format by what is in it. Confined to one thread.
 *
 * <p>A line {@code #fields} with tabs makes it a file of Zeek's framework. A table has a header,
 * among whose names is one for indicators, as the first line or the last comment before it.
 * Anything else is a list with an indicator at the start of each line.
 */
final class FeedReader {

  /** How many indicators all feeds may have together. */
  static final int MOST = 20_000_000;

  private final FeedEntry feed;
  private final String name;
  private final IndicatorIndex.Builder index;
  private final FeedProblems problems;

  /** What reads the lines of the feed, once it is known. */
  private @Nullable FeedFormat format;

  private String lastComment = "";

  /** What reads the lines of one format. Confined to one thread. */
  sealed interface FeedFormat permits ZeekFormat, TableFormat, ListFormat {

    /**
     * Reads a line that is no comment.
     *
     * @param number of the line, from 1
     */
    void read(String line, long number);
  }

  FeedReader(FeedEntry feed, IndicatorIndex.Builder index, Consumer<String> problems) {
    this.feed = feed;
    this.name = String.valueOf(feed.path().getFileName());
    this.index = index;
    this.problems = new FeedProblems(feed.path(), problems);
  }

  /** Reads the file; what cannot be used is reported. */
  void read() {
    try (var lines = new FeedLines(feed.path())) {
      for (var line = lines.next(); line != null; line = lines.next()) {
        if (index.size() >= MOST) {
          problems.addFile(
              "It is left out from line %,d on: %,d indicators are the most there may be."
                  .formatted(lines.number(), MOST));
          break;
        }
        read(line, lines.number());
      }
    } catch (IOException e) {
      problems.addFile("It cannot be read to its end: " + e);
    }
    problems.complete();
  }

  private void read(String line, long number) {
    if (line.startsWith(ZeekFormat.HEADER)) {
      format = ZeekFormat.of(line, feed, this);
      if (format == null) {
        problems.add(number, "No columns indicator and indicator_type", line);
      }
    } else if (line.startsWith("#") || line.startsWith(";")) {
      lastComment = line;
    } else if (!line.isBlank()) {
      var known = format;
      if (known == null) {
        known = guessed(line);
        format = known;
        if (known instanceof TableFormat table && table.isHeader(line)) {
          return;
        }
      }
      known.read(line, number);
    }
  }

  private FeedFormat guessed(String line) {
    var table = TableFormat.of(lastComment, line, feed, this);
    if (table == null && feed.column() != null) {
      problems.addFile(
          "It has no column %s; its lines are read as a list.".formatted(feed.column()));
    }
    return table == null ? new ListFormat(feed, this) : table;
  }

  /** Whether domains of a format stand for the names under them. */
  boolean isSuffix(boolean byFormat) {
    return switch (feed.domains()) {
      case BY_FORMAT -> byFormat;
      case EXACT -> false;
      case SUFFIX -> true;
    };
  }

  /** The source of indicators that do not name one. */
  String source() {
    var source = feed.source();
    return source == null ? name : source;
  }

  void add(Indicator indicator, Origin origin) {
    index.add(indicator, origin, name);
  }

  /** Reports a line that cannot be used. */
  void reject(long number, String why, String line) {
    problems.add(number, why, line);
  }
}
