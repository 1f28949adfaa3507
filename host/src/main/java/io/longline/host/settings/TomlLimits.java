package io.longline.host.settings;

import org.jspecify.annotations.Nullable;

/**
 * Looks at a text before the parser of TOML does, which follows any depth by recursion, and takes
 * much time and memory for what no settings file has. Confined to one thread.
 */
final class TomlLimits {

  /** The largest file, in bytes. */
  static final int MAX_BYTES = 256 << 10;

  private static final int MAX_DEPTH = 20;
  private static final int MAX_LINE = 16_384;

  /** The longest number or name that is not in quotes. */
  private static final int MAX_WORD = 1_000;

  private final String text;
  private int at;
  private int line = 1;
  private int lineStart;
  private int depth;
  private int dots;
  private int word;

  private TomlLimits(String text) {
    this.text = text;
  }

  /**
   * A place that is beyond a limit.
   *
   * @param line its number, from 1
   * @param sentence what is wrong there
   */
  record Excess(int line, String sentence) {}

  /** The first place that is beyond a limit; null if none is. */
  static @Nullable Excess find(String text) {
    return new TomlLimits(text).find();
  }

  private @Nullable Excess find() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"' || c == '\'') {
        skipString(c);
      } else if (c == '#') {
        skipTo("\n");
      } else {
        take(c);
        at++;
      }
      var wrong = wrong();
      if (wrong != null) {
        return new Excess(line, wrong);
      }
    }
    return null;
  }

  private void take(char c) {
    word = Character.isWhitespace(c) ? 0 : word + 1;
    switch (c) {
      case '[', '{' -> {
        depth++;
        dots = 0;
      }
      case ']', '}' -> depth = Math.max(0, depth - 1);
      case '=', ',' -> {
        dots = 0;
        word = 0;
      }
      case '.' -> dots++;
      case '\n' -> {
        line++;
        lineStart = at;
        dots = 0;
      }
      default -> {}
    }
  }

  private @Nullable String wrong() {
    if (depth > MAX_DEPTH || dots > MAX_DEPTH) {
      return "Values and names may be nested at most %d deep.".formatted(MAX_DEPTH);
    }
    if (word > MAX_WORD) {
      return "A number or name may have at most %d characters.".formatted(MAX_WORD);
    }
    if (at - lineStart > MAX_LINE) {
      return "A line may have at most %d characters.".formatted(MAX_LINE);
    }
    return null;
  }

  /** Goes behind a string; one that is not closed ends where the line does, or the text. */
  private void skipString(char quote) {
    var three = String.valueOf(quote).repeat(3);
    boolean isLong = text.startsWith(three, at);
    var end = isLong ? three : String.valueOf(quote);
    at += end.length();
    while (at < text.length() && !text.startsWith(end, at) && at - lineStart <= MAX_LINE) {
      char c = text.charAt(at);
      if (c == '\n') {
        if (!isLong) {
          return;
        }
        take(c);
      }
      at += c == '\\' && quote == '"' ? 2 : 1;
    }
    at = Math.min(text.length(), at + end.length());
  }

  private void skipTo(String end) {
    int found = text.indexOf(end, at);
    at = found < 0 ? text.length() : found;
  }
}
