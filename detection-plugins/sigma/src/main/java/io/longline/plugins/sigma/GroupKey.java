package io.longline.plugins.sigma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The correlation and the group that a hit counts for, as the key of facts. Immutable.
 *
 * @param correlation the id of the correlation
 * @param values the values of the fields by which it groups
 */
record GroupKey(String correlation, List<String> values) {

  private static final char SEPARATOR = '\0';
  private static final int MAX_VALUE = 500;
  private static final int MAX_TEXT = 30_000;

  GroupKey {
    values = List.copyOf(values);
  }

  /** The key that a text is. */
  static GroupKey parse(String text) {
    var parts = Arrays.asList(text.split(String.valueOf(SEPARATOR), -1));
    return new GroupKey(parts.get(0), parts.subList(1, parts.size()));
  }

  /** A value in the form in which it is part of a key: bounded, in small letters. */
  static String value(String text) {
    var value = text.replace(SEPARATOR, ' ').toLowerCase(Locale.ROOT);
    return value.length() <= MAX_VALUE
        ? value
        : value.substring(0, MAX_VALUE) + "… " + Long.toHexString(hash(value));
  }

  /** A number that hardly any other text has: FNV-1a over its characters, mixed. */
  static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    return hash ^ (hash >>> 33);
  }

  /** The text of the key; at most 32 KiB of UTF-8 as long as there are not too many values. */
  String text() {
    var parts = new ArrayList<String>();
    parts.add(correlation.replace(SEPARATOR, ' '));
    parts.addAll(values);
    var text = String.join(String.valueOf(SEPARATOR), parts);
    return text.length() <= MAX_TEXT / 3 ? text : parts.get(0) + SEPARATOR + hash(text);
  }
}
