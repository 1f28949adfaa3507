package io.longline.api.internal;

import java.time.LocalDate;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name of an output, checked: no name leads out of the output folder. Immutable.
 *
 * @param text folders and a last part, separated by {@code /}
 */
public record OutputName(String text) {

  private static final int MAX_LENGTH = 200;

  /** The last year that is written with four digits, as the names of files are. */
  private static final int LAST_YEAR = 9999;

  /** The number of characters of a line; as UTF-8 and with its line feed it still fits an array. */
  private static final int MAX_LINE = 32 * 1024 * 1024;

  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it is invalid
   */
  public OutputName {
    Objects.requireNonNull(text, "The name of an output is null.");
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "The name of an output has %d characters, and may have %d: %s…"
              .formatted(text.length(), MAX_LENGTH, text.substring(0, MAX_LENGTH)));
    }
    boolean isGood = !text.isEmpty();
    for (var part : text.split("/", -1)) {
      isGood &= PART.matcher(part).matches();
    }
    if (!isGood) {
      throw new IllegalArgumentException(
          "\"%s\" is not a valid name for an output: use letters, digits, '.', '_', '-', and '/' between folders; no part may start with '.'."
              .formatted(text));
    }
    int last = text.lastIndexOf('/');
    if (last >= 0) {
      for (var folder : text.substring(0, last).split("/", -1)) {
        checkFolder(text, folder);
      }
    }
  }

  /**
   * This name as that of a folder, for an output with a file for each day.
   *
   * @throws IllegalArgumentException if another output may have a file of that name
   */
  public OutputName asFolder() {
    checkFolder(text, text.substring(text.lastIndexOf('/') + 1));
    return this;
  }

  /**
   * The name of this output's file for a window, {@code NAME/WINDOW}.
   *
   * @param window the name of the window
   * @throws IllegalArgumentException if it is invalid then, since it is too long or another output
   *     may have a file of this name
   */
  public OutputName ofWindow(String window) {
    return new OutputName(text + "/" + window);
  }

  /** The exception for {@code daily()} and {@code day()} in a call for a window. */
  public IllegalStateException dailyInWindow() {
    return new IllegalStateException(
        "The output %s is that of a window: it has a file for each window, and none for each day. Leave daily() and day() out of close()."
            .formatted(text));
  }

  /**
   * Checks the day of a file of this output.
   *
   * @throws IllegalArgumentException if its name would not be {@code YYYY-MM-DD}
   */
  public void checkDay(LocalDate day) {
    if (day.getYear() < 1 || day.getYear() > LAST_YEAR) {
      throw new IllegalArgumentException(
          "The output %s cannot have a file of the day %s: the year must be from 1 to %d."
              .formatted(text, day, LAST_YEAR));
    }
  }

  /** Output {@code a} is the file {@code a.log}, so that no folder may have such a name. */
  private static void checkFolder(String text, String part) {
    if (part.endsWith(".log")) {
      throw new IllegalArgumentException(
          "\"%s\" is not a valid name for an output: \"%s\" would be a folder, and the name of a folder must not end with .log."
              .formatted(text, part));
    }
  }

  /**
   * Checks a line that is to be written to the output.
   *
   * @throws IllegalArgumentException if it is more than one line, or too long
   */
  public void checkLine(String line) {
    if (line.length() > MAX_LINE) {
      throw new IllegalArgumentException(
          "A line for the output %s has %d characters, and may have %d."
              .formatted(text, line.length(), MAX_LINE));
    }
    if (line.indexOf('\n') >= 0) {
      throw new IllegalArgumentException(
          "A line for the output " + text + " has a line feed in it: write one line at a time.");
    }
  }

  /** The exception for a call that has opened the output in another form. */
  public IllegalStateException otherForm() {
    return new IllegalStateException(
        "The output %s was opened by this call in another form: an output has lines, or rows of one schema."
            .formatted(text));
  }
}
