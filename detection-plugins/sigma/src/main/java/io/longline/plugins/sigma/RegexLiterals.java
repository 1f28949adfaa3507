package io.longline.plugins.sigma;

import java.util.Optional;

/**
 * Finds a text that is in everything that a regular expression matches, by looking at what is plain
 * in it: no groups, classes or alternatives. Confined to one thread.
 */
final class RegexLiterals {

  private static final String META = ".[]{}()*+?^$|";

  private final String regex;
  private final StringBuilder run = new StringBuilder();
  private String best = "";
  private int at;

  private RegexLiterals(String regex) {
    this.regex = regex;
  }

  /**
   * A literal that is in each match.
   *
   * @param regex a valid regular expression
   */
  static Optional<Literal> of(String regex) {
    return new RegexLiterals(regex).find();
  }

  private Optional<Literal> find() {
    while (at < regex.length()) {
      char c = regex.charAt(at);
      switch (c) {
        case '|' -> {
          return Optional.empty();
        }
        case '(' -> skipGroup();
        case '[' -> skipClass();
        case '\\' -> escape();
        case '*', '?', '{' -> quantifier(c);
        case '+' -> endRun(1);
        case '.', '^', '$', ')', ']', '}' -> endRun(1);
        default -> add(c);
      }
    }
    endRun(0);
    return best.isEmpty() ? Optional.empty() : Optional.of(Literal.anywhere(best));
  }

  private void add(char c) {
    at++;
    if (c < ' ' || c > '~') {
      endRun(0);
    } else {
      run.append(c);
    }
  }

  private void endRun(int skipped) {
    if (run.length() > best.length()) {
      best = run.toString();
    }
    run.setLength(0);
    at += skipped;
  }

  /** What is before it may be missing. */
  private void quantifier(char c) {
    run.setLength(Math.max(0, run.length() - 1));
    endRun(1);
    while (c == '{' && at < regex.length() && regex.charAt(at - 1) != '}') {
      at++;
    }
  }

  private void escape() {
    at++;
    if (at == regex.length()) {
      return;
    }
    char c = regex.charAt(at);
    if (META.indexOf(c) >= 0 || (c < 0x80 && !Character.isLetterOrDigit(c))) {
      add(c);
    } else if (c == 'x' || c == 'p' || c == 'P' || c == 'Q' || Character.isDigit(c)) {
      // Longer escapes: what follows is not looked at.
      endRun(0);
      at = regex.length();
    } else {
      endRun(1);
    }
  }

  private void skipClass() {
    endRun(1);
    if (at < regex.length() && regex.charAt(at) == '^') {
      at++;
    }
    for (int from = at; at < regex.length(); at++) {
      char c = regex.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '[' && at + 1 < regex.length() && regex.charAt(at + 1) == ':') {
        at = Math.max(at, regex.indexOf(":]", at));
      } else if (c == ']' && at > from) {
        at++;
        return;
      }
    }
  }

  /** A group may be optional, or have alternatives. */
  private void skipGroup() {
    endRun(1);
    for (int depth = 1; at < regex.length() && depth > 0; ) {
      char c = regex.charAt(at);
      if (c == '[') {
        skipClass();
        continue;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      at += c == '\\' ? 2 : 1;
    }
    at = Math.min(at, regex.length());
  }
}
