package io.longline.plugins.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds texts of which one is in everything that a regular expression matches, by looking at what
 * is plain in it. It is cautious: what it does not know, it takes as anything. Confined to one
 * thread.
 */
final class RegexLiterals {

  private static final int DEEPEST = 50;
  private static final Pattern COUNT = Pattern.compile("\\{[0-9]+(,[0-9]*)?}");

  private final String regex;
  private int at;
  private int depth;

  /** Whether there is something that it does not know. */
  private boolean isUnknown;

  private RegexLiterals(String regex) {
    this.regex = regex;
  }

  /**
   * Literals of which one is in each match.
   *
   * @param regex a valid regular expression
   * @return empty if there are none that are certain
   */
  static List<Literal> of(String regex) {
    var parser = new RegexLiterals(regex);
    var literals = parser.alternatives();
    return parser.isUnknown || parser.at < regex.length()
        ? List.of()
        : literals.stream().map(Literal::anywhere).toList();
  }

  /** The texts of alternatives, up to the end of the group. */
  private List<String> alternatives() {
    var all = new ArrayList<String>();
    boolean isCertain = true;
    do {
      var best = sequence();
      isCertain &= !best.isEmpty();
      all.addAll(best);
    } while (take('|'));
    return isCertain ? all : List.of();
  }

  private boolean take(char c) {
    if (at < regex.length() && regex.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  /** The best texts of what stands one after the other. */
  private List<String> sequence() {
    List<String> best = List.of();
    var run = new StringBuilder();
    while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
      int before = run.length();
      List<String> atom = atom(run);
      boolean isPlain = run.length() > before;
      int end = at;
      if (isOptional()) {
        run.setLength(before);
        atom = List.of();
      }
      if (!isPlain || at > end) {
        best = better(best, run.length() == 0 ? List.of() : List.of(run.toString()));
        best = better(best, atom);
        run.setLength(0);
      }
    }
    return better(best, run.length() == 0 ? List.of() : List.of(run.toString()));
  }

  /** The set whose shortest text is the longest, or else the smaller set. */
  private static List<String> better(List<String> one, List<String> other) {
    int more = shortest(other) - shortest(one);
    return more > 0 || (more == 0 && other.size() < one.size()) ? other : one;
  }

  private static int shortest(List<String> texts) {
    return texts.stream().mapToInt(String::length).min().orElse(0);
  }

  /** Goes past one element; a plain character is added to the run. */
  private List<String> atom(StringBuilder run) {
    char c = regex.charAt(at++);
    switch (c) {
      case '(' -> {
        return group();
      }
      case '[' -> skipClass();
      case '\\' -> escape(run);
      case '.', '^', '$', '*', '+', '?', '{', '}', ']' -> {
        // Anything.
      }
      default -> add(c, run);
    }
    return List.of();
  }

  private static void add(char c, StringBuilder run) {
    if (c >= ' ' && c <= '~') {
      run.append(c);
    }
  }

  /** Whether a quantifier follows that makes the element optional; goes past any quantifier. */
  private boolean isOptional() {
    boolean isOptional = false;
    while (at < regex.length() && "*?+{".indexOf(regex.charAt(at)) >= 0) {
      char c = regex.charAt(at);
      int end = c == '{' ? endOfCount() : at + 1;
      if (end < 0) {
        break;
      }
      isOptional |= c != '+';
      at = end;
    }
    return isOptional;
  }

  /** The end of a count such as <code>{2,3}</code>; -1 if the brace stands for itself. */
  private int endOfCount() {
    var count = COUNT.matcher(regex).region(at, regex.length());
    return count.lookingAt() ? count.end() : -1;
  }

  private void escape(StringBuilder run) {
    if (at == regex.length()) {
      return;
    }
    char c = regex.charAt(at++);
    if (c < 0x80 && !Character.isLetterOrDigit(c)) {
      add(c, run);
    } else if ("xpPQ".indexOf(c) >= 0 || Character.isDigit(c)) {
      isUnknown = true;
    }
  }

  private void skipClass() {
    take('^');
    for (int from = at; at < regex.length(); at++) {
      char c = regex.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '[' && at + 1 < regex.length() && regex.charAt(at + 1) == ':') {
        // After a hyphen the bracket may be the end of a range.
        isUnknown |= at > from + 1 && regex.charAt(at - 1) == '-';
        at = Math.max(at, regex.indexOf(":]", at) + 1);
      } else if (c == ']' && at > from) {
        at++;
        return;
      }
    }
    isUnknown = true;
  }

  /** A group that is captured or not, or flags. */
  private List<String> group() {
    if (take('?') && !take(':')) {
      while (at < regex.length() && "imsU-".indexOf(regex.charAt(at)) >= 0) {
        at++;
      }
      isUnknown |= !take(')');
      return List.of();
    }
    isUnknown |= ++depth > DEEPEST;
    var inner = isUnknown ? List.<String>of() : alternatives();
    depth--;
    isUnknown |= !take(')');
    return inner;
  }
}
