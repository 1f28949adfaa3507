package io.longline.plugins.indicators;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a list, each with an indicator at its start: an address, subnet, {@code
 * address:port}, name, URL, e-mail address or hash. What follows it on the line does not matter;
 * but of {@code 0.0.0.0 example.org}, as in lists for resolvers, the name counts. Confined to one
 * thread.
 */
final class ListFormat implements FeedReader.FeedFormat {

  private static final Set<String> SINKS = Set.of("0.0.0.0", "127.0.0.1", "::", "::1");

  /** Types whose texts may have spaces in them. */
  private static final Set<IndicatorType> WHOLE_LINES =
      Set.of(IndicatorType.SOFTWARE, IndicatorType.USER_NAME, IndicatorType.FILE_NAME);

  private final FeedEntry entry;
  private final FeedReader feed;
  private final Origin origin;
  private final boolean isSuffix;

  ListFormat(FeedEntry entry, FeedReader feed) {
    this.entry = entry;
    this.feed = feed;
    this.origin = Origin.of(feed.source());
    this.isSuffix = feed.isSuffix(true);
  }

  @Override
  public void read(String line, long number) {
    var indicator = indicator(line.strip());
    if (indicator == null) {
      feed.reject(number, "No indicator", line);
    } else {
      feed.add(indicator, origin);
    }
  }

  private @Nullable Indicator indicator(String line) {
    var type = entry.type();
    if (type != null && WHOLE_LINES.contains(type)) {
      return Indicator.ofType(type, line, isSuffix);
    }
    var token = token(line, 0);
    if (SINKS.contains(token)) {
      int next = token.length();
      while (next < line.length() && Character.isWhitespace(line.charAt(next))) {
        next++;
      }
      var name = token(line, next);
      token = Indicator.isName(name) ? name : token;
    }
    return type == null
        ? Indicator.guessed(token, isSuffix)
        : Indicator.listed(type, token, isSuffix);
  }

  /** What stands at a place of a line: up to a space, or, unless it is a URL, a separator. */
  private static String token(String line, int from) {
    int start = from < line.length() && line.charAt(from) == '"' ? from + 1 : from;
    var token = line.substring(Math.min(start, line.length()), end(line, start, false));
    return token.contains("://") ? line.substring(start, end(line, start, true)) : token;
  }

  private static int end(String line, int start, boolean isUrl) {
    int end = Math.min(start, line.length());
    while (end < line.length() && !isEnd(line.charAt(end), isUrl)) {
      end++;
    }
    return end;
  }

  private static boolean isEnd(char c, boolean isUrl) {
    return c <= ' ' || c == '"' || (!isUrl && ",;|#".indexOf(c) >= 0);
  }
}
