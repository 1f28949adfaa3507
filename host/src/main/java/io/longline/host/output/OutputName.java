package io.longline.host.output;

import java.util.regex.Pattern;

/**
 * The name of an output, checked: no name leads out of the output folder. Immutable.
 *
 * @param text folders and a last part, separated by {@code /}
 */
record OutputName(String text) {

  private static final int MAX_LENGTH = 200;
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

  OutputName {
    boolean isGood = !text.isEmpty() && text.length() <= MAX_LENGTH;
    for (var part : text.split("/", -1)) {
      isGood &= PART.matcher(part).matches();
    }
    if (!isGood) {
      throw new IllegalArgumentException(
          "\"%s\" is not a valid name for an output: use letters, digits, '.', '_', '-', and '/' between folders; no part may start with '.'."
              .formatted(text));
    }
  }
}
