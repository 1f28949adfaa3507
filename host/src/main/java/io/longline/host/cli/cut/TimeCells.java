package io.longline.host.cli.cut;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Writes the time cells of a TSV log in readable form, in whole seconds as zeek-cut does. Confined
 * to one thread.
 */
final class TimeCells {

  private final StrftimeFormat format;
  private long cachedSecond = -1;
  private byte[] cached = {};

  TimeCells(StrftimeFormat format) {
    this.format = format;
  }

  /**
   * Writes a cell. It is a time if its whole seconds are followed by a point; anything else, and
   * times before 1970 or out of range, are written as they stand.
   *
   * @return false if it was written as it stands
   */
  boolean append(byte[] bytes, int from, int to, CutBuffer out) {
    long second = wholeSeconds(bytes, from, to);
    if (second != cachedSecond || second < 0) {
      var text = second < 0 ? null : format.format(second);
      if (text == null) {
        out.append(bytes, from, to);
        return false;
      }
      cached = text.getBytes(UTF_8);
      cachedSecond = second;
    }
    out.append(cached, 0, cached.length);
    return true;
  }

  /** The seconds before the point; negative if there is no such number. */
  private static long wholeSeconds(byte[] bytes, int from, int to) {
    int at = from;
    boolean isNegative = at < to && bytes[at] == '-';
    if (isNegative) {
      at++;
    }
    long seconds = 0;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      if (seconds > Long.MAX_VALUE / 10 - 1) {
        return -1;
      }
      seconds = seconds * 10 + (bytes[at++] - '0');
    }
    return at < to && bytes[at] == '.' && !(isNegative && seconds > 0) ? seconds : -1;
  }
}
