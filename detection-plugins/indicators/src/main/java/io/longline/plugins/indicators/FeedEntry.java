package io.longline.plugins.indicators;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A feed as the settings name it. Immutable.
 *
 * @param path a file, or a folder of files
 * @param column the name or number of the column with the indicators; null to find out
 * @param type the type of all indicators; null to find out
 * @param domains which names a domain stands for
 * @param source the name of the source; null for what the file says, or its name
 */
record FeedEntry(
    Path path,
    @Nullable String column,
    @Nullable IndicatorType type,
    DomainMatching domains,
    @Nullable String source) {

  /**
   * Reads {@code /feeds/urls.csv column=url type=url domains=exact source=NAME}.
   *
   * @throws IllegalArgumentException if an option has a value that it cannot have
   */
  static FeedEntry parse(String text, DomainMatching domains) {
    var entry = new FeedEntry(Path.of(""), null, null, domains, null);
    var rest = text.strip();
    while (true) {
      int space = rest.lastIndexOf(' ');
      var last = rest.substring(space + 1);
      var next = space < 0 ? null : entry.withOption(last, text);
      if (next == null) {
        return entry.withPath(rest);
      }
      entry = next;
      rest = rest.substring(0, space).strip();
    }
  }

  private FeedEntry withPath(String text) {
    try {
      return new FeedEntry(Path.of(text), column, type, domains, source);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("feeds: \"" + text + "\" is no path.", e);
    }
  }

  /** The entry with an option; null if the text is none, but belongs to the path. */
  private @Nullable FeedEntry withOption(String option, String feed) {
    int equal = option.indexOf('=');
    var value = option.substring(equal + 1);
    return switch (equal < 0 ? "" : option.substring(0, equal)) {
      case "column" -> new FeedEntry(path, value, type, domains, source);
      case "source" -> new FeedEntry(path, column, type, domains, value);
      case "type" -> new FeedEntry(path, column, type(value, feed), domains, source);
      case "domains" -> new FeedEntry(path, column, type, domains(value, feed), source);
      default -> null;
    };
  }

  private static IndicatorType type(String value, String feed) {
    var type = IndicatorType.ofSetting(value);
    if (type == null) {
      throw new IllegalArgumentException(
          "feeds: \"%s\" has the type %s, which does not exist. Use addr, subnet, url, software, email, domain, user-name, cert-hash, pubkey-hash, file-hash, file-name, ja3, ja4 or addr-port."
              .formatted(feed, value));
    }
    return type;
  }

  private static DomainMatching domains(String value, String feed) {
    return switch (value) {
      case "exact" -> DomainMatching.EXACT;
      case "suffix" -> DomainMatching.SUFFIX;
      default ->
          throw new IllegalArgumentException(
              "feeds: \"%s\" has domains=%s; use exact or suffix.".formatted(feed, value));
    };
  }

  /** The same options for a file of the folder. */
  FeedEntry of(Path file) {
    return new FeedEntry(file, column, type, domains, source);
  }
}
