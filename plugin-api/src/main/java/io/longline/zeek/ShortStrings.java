package io.longline.zeek;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/**
 * A cache of strings of up to eight plain characters, for the next cell with the same text:
 * protocols, services and states recur in nearly every row. Bounded: a text replaces another with
 * the same hash. Confined to one thread.
 */
final class ShortStrings {

  /** Enough for the values that recur in one log. */
  private static final int SLOT_BITS = 9;

  private final long[] words = new long[1 << SLOT_BITS];
  private final @Nullable String[] strings = new String[1 << SLOT_BITS];

  /**
   * The string of one to eight ASCII characters that stand at {@code start}.
   *
   * @param word these characters as {@link ByteWindow#word} reads them, the last one highest
   */
  String get(long word, byte[] bytes, int start, int length) {
    int slot = (int) (word * 0x9E3779B97F4A7C15L >>> Long.SIZE - SLOT_BITS);
    var found = strings[slot];
    if (found == null || words[slot] != word || found.length() != length) {
      found = new String(bytes, start, length, ISO_8859_1);
      words[slot] = word;
      strings[slot] = found;
    }
    return found;
  }
}
