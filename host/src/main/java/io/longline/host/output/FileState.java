package io.longline.host.output;

/**
 * The state of a file of the output folder after a commit. Immutable.
 *
 * @param name relative to the folder
 * @param content the {@linkplain Content#description() description} of its content, with {@code
 *     daily} before it if there is a file for each day
 * @param length in bytes, without the line that ends the file
 */
public record FileState(String name, String content, long length) {

  private static final String DAILY = "daily ";

  /** The value for {@link #content}. */
  static String content(Content content, boolean isDaily) {
    return (isDaily ? DAILY : "") + content.description();
  }

  /** The header of a file, apart from the time in it; empty if its content has none. */
  static String header(String content) {
    return Content.hasFooter(content)
        ? content.startsWith(DAILY) ? content.substring(DAILY.length()) : content
        : "";
  }

  /** Whether there is a file for each day. */
  boolean isDaily() {
    return content.startsWith(DAILY);
  }
}
