package io.longline.api;

import java.io.IOException;

/**
 * An output of lines of text. Confined to the hook's call.
 *
 * @since 0.1.0
 */
public interface LineOutput {

  /**
   * Writes a line; the line feed is added.
   *
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if the text contains a line feed, or has more than 32 Mi
   *     characters
   */
  void line(String text) throws IOException;
}
