package io.longline.host.intake;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths as text, as the ledger keeps them. A file system has bytes; those that are no text in the
 * character set of this process do not come back from text as the same path. Thread-safe.
 */
final class PathText {

  private static final Pattern PERCENT = Pattern.compile("%([0-9A-F]{2})");

  /** What Java puts in the place of bytes that are no text. */
  private static final char REPLACEMENT = '\ufffd';

  private PathText() {}

  /** Whether the text of a path names the path. */
  static boolean isFaithful(Path path) {
    try {
      return Path.of(path.toString()).equals(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** A path for people: bytes that are not ASCII as {@code \xE9}. */
  static String bytes(Path path) {
    var raw = path.toUri().getRawPath();
    return PERCENT
        .matcher(raw.length() > 1 && raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw)
        .replaceAll(
            found -> {
              int value = Integer.parseInt(found.group(1), 16);
              return value < 0x20 || value > 0x7e
                  ? "\\\\x" + found.group(1)
                  : Matcher.quoteReplacement(String.valueOf((char) value));
            });
  }

  /** Why a path whose text does not name it is refused, as a sentence. */
  static String whyRefused() {
    return "Its name is not text in " + charset();
  }

  /** Why a path that a user named is not there, as a sentence. */
  static String whyNotThere(String path) {
    return path.indexOf(REPLACEMENT) < 0
        ? "There is no such file or folder."
        : "There is no such file or folder, or its name is not text in " + charset();
  }

  private static String charset() {
    var charset = String.valueOf(System.getProperty("sun.jnu.encoding"));
    return charset
        + ", so the ledger cannot keep it. Rename it"
        + (charset.equals("UTF-8") ? "." : ", or use a locale with UTF-8.");
  }
}
